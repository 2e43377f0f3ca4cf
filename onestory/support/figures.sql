-- What a snapshot copies of the work with somebody: cases with their waits, sessions, goals, calls.

-- The wait is that of `rules/waiting.py`: from the decision to the first session attended, the end,
-- or today; a pause that she asked for is part of it, and told apart.
DROP VIEW IF EXISTS support_waits CASCADE;
CREATE VIEW support_waits AS
  SELECT w.*, (
      SELECT coalesce(sum(upper(d) - lower(d)), 0) FROM unnest(
        w.pauses * datemultirange(daterange(w.decided_on, w.stops_on))) d
    )::integer AS paused_days
  FROM (
    SELECT e.case_id, e.decided_on, e.first_session_on, e.service_id, e.sessions_attended,
      e.support_attended, e.first_session_on IS NULL AND e.ended_on IS NULL AS waiting,
      greatest(e.decided_on,
        coalesce(least(e.first_session_on, e.ended_on), figures_day(now()))) AS stops_on,
      h.pauses
    FROM support_episode e LEFT JOIN (
      SELECT episode_id, range_agg(daterange(from_on, until_on)) AS pauses
      FROM support_pause WHERE asked_by = 'survivor' GROUP BY episode_id
    ) h ON h.episode_id = e.id
  ) w;
REVOKE ALL ON support_waits FROM onestory_app, onestory_figures;

DROP VIEW IF EXISTS snapshot_cases;
CREATE VIEW snapshot_cases WITH (security_barrier) AS
  SELECT figures_key(c.id) AS case_key, p.person, p.sex,
    figures_age(p.born_on, p.birth_year, c.opened_on) AS age, p.locality,
    t.code AS team, o.code AS organisation, s.code AS service,
    figures_key(c.referral_id) AS referral, figures_key(c.contact_id) AS contact,
    c.imported_id IS NOT NULL AS imported, nullif(c.referred_by, '') AS referred_by,
    c.opened_on, c.closed_on, nullif(c.category, '') AS category, nullif(c.area, '') AS area,
    nullif(c."group", '') AS survivor_group, c.abuse,
    nullif(c.risk_assessment, '') AS risk_assessment,
    w.decided_on, w.first_session_on, w.stops_on - w.decided_on AS waited_days, w.waiting,
    w.paused_days, w.sessions_attended, w.support_attended,
    coalesce(nullif(e.reason, ''), nullif(c.close_reason, '')) AS ending_reason,
    nullif(e.outcome, '') AS outcome, e.told_survivor
  FROM cases_case c JOIN agencies_team t ON t.id = c.team_id
  JOIN agencies_organisation o ON o.id = t.organisation_id
  LEFT JOIN people_coded p ON p.person_id = c.person_id
  LEFT JOIN support_waits w ON w.case_id = c.id
  LEFT JOIN agencies_service s ON s.id = w.service_id
  LEFT JOIN support_ending e ON e.case_id = c.id;

DROP VIEW IF EXISTS snapshot_sessions;
CREATE VIEW snapshot_sessions WITH (security_barrier) AS
  SELECT figures_key(s.id) AS session, figures_key(s.case_id) AS case_key, p.person, p.sex,
    figures_age(p.born_on, p.birth_year, figures_day(s.starts_at)) AS age, p.locality,
    t.code AS team, figures_day(s.starts_at) AS starts_on,
    figures_minute(s.starts_at) AS starts_at, s.kind, s.own, s.channel, s.minutes, s.state,
    CASE s.state WHEN 'attended' THEN true WHEN 'not-attended' THEN false END AS attended,
    nullif(s.absence, '') AS why_not
  FROM support_session s JOIN people_coded p ON p.person_id = s.person_id
  JOIN agencies_team t ON t.id = s.team_id;

-- A goal that was put in other words is one goal, set on the day of the first.
DROP VIEW IF EXISTS snapshot_goals;
CREATE VIEW snapshot_goals WITH (security_barrier) AS
  SELECT figures_key(g.thread) AS goal, figures_key(g.case_id) AS case_key, p.person, p.sex,
    figures_age(p.born_on, p.birth_year, f.set_on) AS age, p.locality, t.code AS team, f.set_on,
    nullif(g.instrument, '') AS instrument, a.value AS measure_start,
    a.measured_on AS measured_start_on, z.value AS measure_last,
    z.measured_on AS measured_last_on, g.ended_on, nullif(g."end", '') AS ended_how
  FROM support_goal g JOIN people_coded p ON p.person_id = g.person_id
  JOIN agencies_team t ON t.id = g.team_id
  JOIN (
    SELECT thread, figures_day(min(recorded_at)) AS set_on FROM support_goal GROUP BY thread
  ) f ON f.thread = g.thread
  LEFT JOIN (
    SELECT DISTINCT ON (thread) thread, value, "on" AS measured_on FROM support_measure
    WHERE at = 'start' ORDER BY thread, "on", recorded_at, id
  ) a ON a.thread = g.thread
  LEFT JOIN (
    SELECT DISTINCT ON (thread) thread, value, "on" AS measured_on FROM support_measure
    WHERE at <> 'start' ORDER BY thread, "on" DESC, recorded_at DESC, id DESC
  ) z ON z.thread = g.thread
  WHERE g.superseded_at IS NULL;

DROP VIEW IF EXISTS snapshot_calls;
CREATE VIEW snapshot_calls WITH (security_barrier) AS
  SELECT figures_key(c.id) AS call, p.person, p.sex,
    figures_age(p.born_on, p.birth_year, figures_day(c.at)) AS age, p.locality, t.code AS team,
    figures_day(c.at) AS called_on, figures_minute(c.at) AS called_at, c.outcome,
    c.outcome = 'answered' AS answered
  FROM support_call c JOIN people_coded p ON p.person_id = c.person_id
  JOIN agencies_team t ON t.id = c.team_id;

REVOKE ALL ON snapshot_cases, snapshot_sessions, snapshot_goals, snapshot_calls FROM onestory_app;
GRANT SELECT ON snapshot_cases, snapshot_sessions, snapshot_goals, snapshot_calls
  TO onestory_figures;

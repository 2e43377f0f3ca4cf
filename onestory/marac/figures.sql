-- What a snapshot copies of MARAC: meetings, and cases as they were heard for the first time. Neither
-- words, nor the person using abuse: of them only whether they were a child.

-- Three yes-or-nos and one group out of what was answered of herself: the dataset asks for these, and
-- no answer leaves as it was given. What she was not asked, or did not say, stays missing; AND and OR
-- of SQL see to that.
DROP VIEW IF EXISTS marac_equality CASCADE;
CREATE VIEW marac_equality AS
  SELECT person, CASE WHEN ethnicity = 'white-british' THEN 'white-british'
      WHEN ethnicity LIKE 'white-%' THEN 'white-other' WHEN ethnicity LIKE 'mixed-%' THEN 'mixed'
      WHEN ethnicity LIKE 'asian-%' THEN 'asian' WHEN ethnicity LIKE 'black-%' THEN 'black'
      WHEN ethnicity IS NOT NULL THEN 'other' END AS ethnicity_group,
    CASE condition WHEN 'yes' THEN limits IN ('a-lot', 'a-little') WHEN 'no' THEN false END
      AS disabled,
    orientation <> 'straight' OR gender = 'different' AS lgbt
  FROM (
    SELECT one.person,
      (array_agg(a.value #>> '{}' ORDER BY a.recorded_at DESC)
        FILTER (WHERE a.question = 'about.ethnicity'))[1] AS ethnicity,
      (array_agg(a.value #>> '{}' ORDER BY a.recorded_at DESC)
        FILTER (WHERE a.question = 'health.condition'))[1] AS condition,
      (array_agg(a.value #>> '{}' ORDER BY a.recorded_at DESC)
        FILTER (WHERE a.question = 'health.condition-limits'))[1] AS limits,
      (array_agg(a.value #>> '{}' ORDER BY a.recorded_at DESC)
        FILTER (WHERE a.question = 'about.orientation'))[1] AS orientation,
      (array_agg(a.value #>> '{}' ORDER BY a.recorded_at DESC)
        FILTER (WHERE a.question = 'about.gender-same'))[1] AS gender
    FROM assessment_answer a JOIN people_one one ON one.person_id = a.person_id
    WHERE a.superseded_at IS NULL AND one.one_id IN (
        SELECT o.one_id FROM marac_referral r JOIN people_one o ON o.person_id = r.person_id)
      AND a.question IN ('about.ethnicity', 'health.condition', 'health.condition-limits',
        'about.orientation', 'about.gender-same')
    GROUP BY one.person
  ) said;

-- A case counts once, in the meeting in which it was heard first: one that is heard on is no new case.
DROP VIEW IF EXISTS marac_first_heard CASCADE;
CREATE VIEW marac_first_heard AS
  SELECT DISTINCT ON (i.referral_id) i.referral_id, i.meeting_id, m.starts_at
  FROM marac_item i JOIN marac_meeting m ON m.id = i.meeting_id
  WHERE i.heard_at IS NOT NULL ORDER BY i.referral_id, m.starts_at, i.id;
REVOKE ALL ON marac_equality, marac_first_heard FROM onestory_app, onestory_figures;

-- Who referred a repeat that the coordinators brought back themselves is the team that noticed it.
DROP VIEW IF EXISTS snapshot_marac_cases;
CREATE VIEW snapshot_marac_cases WITH (security_barrier) AS
  SELECT figures_key(r.id) AS marac_case, p.person, p.sex,
    figures_age(p.born_on, p.birth_year, figures_day(h.starts_at)) AS age,
    figures_day(h.starts_at) AS heard_on,
    to_char(h.starts_at AT TIME ZONE 'Europe/London', 'YYYY-MM-DD HH24:MI') AS meeting,
    t.code AS team, f.code AS from_team, o.code AS from_organisation,
    o.kind = 'police' AS from_police, r.referred_on,
    r.repeat_of_id IS NOT NULL AS repeat, nullif(r.repeat_rule, '') AS repeat_rule, r.criteria,
    nullif(r.level, '') AS level, e.ethnicity_group, e.disabled, e.lgbt,
    figures_age(b.born_on, b.birth_year, figures_day(h.starts_at)) <= 17 AS harmed_by_child,
    r.children, r.told_at IS NOT NULL AS told, r.agrees,
    coalesce(q.asked, 0) AS agencies_asked, coalesce(q.answered, 0) AS agencies_answered,
    coalesce(a.actions, 0) AS actions, coalesce(a.done, 0) AS actions_done,
    figures_day(r.closed_at) AS closed_on, nullif(r.outcome, '') AS outcome
  FROM marac_first_heard h JOIN marac_referral r ON r.id = h.referral_id
  JOIN people_coded p ON p.person_id = r.person_id
  LEFT JOIN people_coded b ON b.person_id = r.abuser_id
  LEFT JOIN marac_equality e ON e.person = p.person
  LEFT JOIN LATERAL (
    SELECT n.team_id FROM marac_foundrepeat n
    WHERE n.referral_id = r.repeat_of_id AND n.how = 'repeat' AND r.from_team_id = r.to_team_id
      AND n.recorded_at <= r.recorded_at
    ORDER BY n.recorded_at DESC, n.id LIMIT 1
  ) noticed ON true
  JOIN agencies_team t ON t.id = r.to_team_id
  JOIN agencies_team f ON f.id = coalesce(noticed.team_id, r.from_team_id)
  JOIN agencies_organisation o ON o.id = f.organisation_id
  LEFT JOIN (
    SELECT referral_id, count(DISTINCT team_id)::integer AS asked,
      (count(DISTINCT team_id) FILTER (WHERE answered_at IS NOT NULL))::integer AS answered
    FROM marac_research GROUP BY referral_id
  ) q ON q.referral_id = r.id
  LEFT JOIN (
    SELECT referral_id, count(*)::integer AS actions, count(done_at)::integer AS done
    FROM marac_action GROUP BY referral_id
  ) a ON a.referral_id = r.id;

-- A meeting in which a case was heard.
DROP VIEW IF EXISTS snapshot_marac_meetings;
CREATE VIEW snapshot_marac_meetings WITH (security_barrier) AS
  SELECT figures_key(m.id) AS meeting, t.code AS team, figures_day(m.starts_at) AS held_on,
    m.minutes, m.minutes_a_case, n.heard
  FROM marac_meeting m JOIN agencies_team t ON t.id = m.team_id
  JOIN (
    SELECT meeting_id, count(*)::integer AS heard FROM marac_item
    WHERE heard_at IS NOT NULL GROUP BY meeting_id
  ) n ON n.meeting_id = m.id;

REVOKE ALL ON snapshot_marac_cases, snapshot_marac_meetings FROM onestory_app;
GRANT SELECT ON snapshot_marac_cases, snapshot_marac_meetings TO onestory_figures;

-- What a snapshot copies of contacts, referrals and refusals; and people, as often as they came.

DROP VIEW IF EXISTS snapshot_contacts;
CREATE VIEW snapshot_contacts WITH (security_barrier) AS
  SELECT figures_key(c.id) AS contact, p.person, p.sex,
    figures_age(p.born_on, p.birth_year, figures_day(c.received_at)) AS age, p.locality,
    figures_day(c.received_at) AS received_on, figures_minute(c.received_at) AS received_at,
    f.code AS from_team, o.code AS from_organisation, t.code AS to_team,
    c.source, c.channel, c.basis, c.presenting_need AS need,
    c.contributory_needs AS contributory, c.abuse, c.children_in_home, c.danger_now,
    nullif(c.rag, '') AS grade, figures_minute(c.graded_at) AS graded_at,
    c.timescale, figures_minute(c.due_at) AS due_at,
    figures_day(c.decided_at) AS decided_on, figures_minute(c.decided_at) AS decided_at,
    figures_in_time(c.decided_at, c.due_at, NULL) AS in_time,
    nullif(c.outcome, '') AS outcome, nullif(c.outcome_reason, '') AS reason,
    figures_minute(c.acknowledged_at) AS acknowledged_at,
    EXISTS (SELECT 1 FROM cases_referral r WHERE r.contact_id = c.id) AS referred,
    figures_day(c.received_at) - figures_day(lag(c.received_at) OVER (
      PARTITION BY p.one_id ORDER BY c.received_at, c.id)) AS days_since_last
  FROM cases_contact c JOIN people_coded p ON p.person_id = c.person_id
  JOIN agencies_team f ON f.id = c.from_team_id JOIN agencies_team t ON t.id = c.to_team_id
  JOIN agencies_organisation o ON o.id = f.organisation_id;

DROP VIEW IF EXISTS snapshot_contact_needs;
CREATE VIEW snapshot_contact_needs WITH (security_barrier) AS
  SELECT figures_key(c.id) AS contact, p.person, p.sex,
    figures_age(p.born_on, p.birth_year, figures_day(c.received_at)) AS age, p.locality,
    figures_day(c.received_at) AS received_on, f.code AS from_team, t.code AS to_team,
    n.need, n.need = c.presenting_need AS presenting
  FROM cases_contact c JOIN people_coded p ON p.person_id = c.person_id
  JOIN agencies_team f ON f.id = c.from_team_id JOIN agencies_team t ON t.id = c.to_team_id
  CROSS JOIN LATERAL (
    SELECT DISTINCT need FROM unnest(c.presenting_need || c.contributory_needs) need
    WHERE need <> ''
  ) n;

DROP VIEW IF EXISTS snapshot_contact_abuse;
CREATE VIEW snapshot_contact_abuse WITH (security_barrier) AS
  SELECT figures_key(c.id) AS contact, p.person, p.sex,
    figures_age(p.born_on, p.birth_year, figures_day(c.received_at)) AS age, p.locality,
    figures_day(c.received_at) AS received_on, f.code AS from_team, t.code AS to_team, a.abuse
  FROM cases_contact c JOIN people_coded p ON p.person_id = c.person_id
  JOIN agencies_team f ON f.id = c.from_team_id JOIN agencies_team t ON t.id = c.to_team_id
  CROSS JOIN LATERAL (SELECT DISTINCT abuse FROM unnest(c.abuse) abuse) a;

DROP VIEW IF EXISTS snapshot_referrals;
CREATE VIEW snapshot_referrals WITH (security_barrier) AS
  SELECT figures_key(r.id) AS referral, figures_key(r.contact_id) AS contact, p.person, p.sex,
    figures_age(p.born_on, p.birth_year, figures_day(r.sent_at)) AS age, p.locality,
    f.code AS from_team, fo.code AS from_organisation, t.code AS to_team,
    o.code AS to_organisation, s.code AS service, r.needs, r.consent_id IS NOT NULL AS brokered,
    figures_day(r.sent_at) AS sent_on, figures_minute(r.sent_at) AS sent_at,
    figures_minute(r.acknowledge_by) AS acknowledge_by,
    figures_minute(r.acknowledged_at) AS acknowledged_at,
    figures_in_time(coalesce(r.acknowledged_at, r.accepted_at, r.declined_at), r.acknowledge_by,
      r.withdrawn_at) AS acknowledged_in_time,
    figures_minute(r.answer_by) AS answer_by,
    figures_day(coalesce(r.accepted_at, r.declined_at)) AS answered_on,
    figures_minute(coalesce(r.accepted_at, r.declined_at)) AS answered_at,
    figures_in_time(coalesce(r.accepted_at, r.declined_at), r.answer_by, r.withdrawn_at)
      AS answered_in_time,
    CASE WHEN r.withdrawn_at IS NOT NULL THEN 'withdrawn'
      WHEN r.declined_at IS NOT NULL THEN 'declined'
      WHEN r.returned_at IS NOT NULL THEN 'returned'
      WHEN r.ended_on IS NOT NULL THEN 'ended'
      WHEN r.begun_on IS NOT NULL THEN 'begun'
      WHEN r.accepted_at IS NOT NULL THEN 'accepted'
      WHEN r.acknowledged_at IS NOT NULL THEN 'acknowledged' ELSE 'sent' END AS state,
    CASE WHEN r.accepted_at IS NOT NULL THEN true
      WHEN r.declined_at IS NOT NULL THEN false END AS accepted,
    figures_day(r.accepted_at) AS accepted_on, nullif(r.decline_reason, '') AS declined_reason,
    nullif(r.offered_instead, '') AS offered_instead,
    figures_day(r.withdrawn_at) AS withdrawn_on,
    nullif(r.withdraw_reason, '') AS withdrawn_reason,
    figures_day(r.returned_at) AS returned_on, nullif(r.return_reason, '') AS returned_reason,
    r.estimate_days, r.begun_on, r.ended_on,
    greatest(0, r.begun_on - figures_day(r.accepted_at)) AS waited_days
  FROM cases_referral r JOIN people_coded p ON p.person_id = r.person_id
  JOIN agencies_team f ON f.id = r.from_team_id JOIN agencies_team t ON t.id = r.to_team_id
  JOIN agencies_organisation fo ON fo.id = f.organisation_id
  JOIN agencies_organisation o ON o.id = t.organisation_id
  LEFT JOIN agencies_service s ON s.id = r.service_id;

DROP VIEW IF EXISTS snapshot_refusals;
CREATE VIEW snapshot_refusals WITH (security_barrier) AS
  SELECT figures_key(r.id) AS refusal, p.person, p.sex,
    figures_age(p.born_on, p.birth_year, figures_day(r.recorded_at)) AS age, p.locality,
    figures_day(r.recorded_at) AS refused_on, t.code AS team, s.code AS service,
    st.code AS service_team, r.needs
  FROM cases_refusal r JOIN people_coded p ON p.person_id = r.person_id
  JOIN agencies_team t ON t.id = r.team_id JOIN agencies_service s ON s.id = r.service_id
  JOIN agencies_team st ON st.id = s.team_id;

DROP VIEW IF EXISTS snapshot_people;
CREATE VIEW snapshot_people WITH (security_barrier) AS
  SELECT p.person, p.sex, figures_age(p.born_on, p.birth_year, figures_day(now())) AS age,
    p.locality, figures_day(n.known_since) AS known_since, n.contacts, n.cases
  FROM people_coded p JOIN (
    SELECT one.one_id, min(a.added_at) AS known_since, sum(coalesce(c.n, 0))::integer AS contacts,
      sum(coalesce(w.n, 0))::integer AS cases
    FROM people_one one JOIN people_person a ON a.id = one.person_id
    LEFT JOIN (SELECT person_id, count(*) AS n FROM cases_contact GROUP BY person_id) c
      ON c.person_id = one.person_id
    LEFT JOIN (SELECT person_id, count(*) AS n FROM cases_case GROUP BY person_id) w
      ON w.person_id = one.person_id
    GROUP BY one.one_id
  ) n ON n.one_id = p.person_id;

REVOKE ALL ON snapshot_contacts, snapshot_contact_needs, snapshot_contact_abuse,
  snapshot_referrals, snapshot_refusals, snapshot_people FROM onestory_app;
GRANT SELECT ON snapshot_contacts, snapshot_contact_needs, snapshot_contact_abuse,
  snapshot_referrals, snapshot_refusals, snapshot_people TO onestory_figures;

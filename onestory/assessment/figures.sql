-- What a snapshot copies of what was asked. Never what was answered.

DROP VIEW IF EXISTS snapshot_askings;
CREATE VIEW snapshot_askings WITH (security_barrier) AS
  SELECT figures_key(a.id) AS asking, figures_key(a.sitting_id) AS sitting, p.person, p.sex,
    figures_age(p.born_on, p.birth_year, figures_day(a.recorded_at)) AS age, p.locality,
    t.code AS team, figures_day(a.recorded_at) AS asked_on, s.instrument, a.question, a.known,
    a.held, a.outcome
  FROM assessment_asking a JOIN people_coded p ON p.person_id = a.person_id
  JOIN assessment_sitting s ON s.id = a.sitting_id JOIN agencies_team t ON t.id = a.team_id;

DROP VIEW IF EXISTS snapshot_sittings;
CREATE VIEW snapshot_sittings WITH (security_barrier) AS
  SELECT figures_key(s.id) AS sitting, p.person, p.sex,
    figures_age(p.born_on, p.birth_year, figures_day(s.recorded_at)) AS age, p.locality,
    t.code AS team, s.instrument, nullif(s.occasion, '') AS occasion,
    figures_day(s.recorded_at) AS begun_on, figures_day(s.ended_at) AS ended_on,
    coalesce(a.questions, 0) AS questions, coalesce(a.known, 0) AS known,
    coalesce(a.again, 0) AS again
  FROM assessment_sitting s JOIN people_coded p ON p.person_id = s.person_id
  JOIN agencies_team t ON t.id = s.team_id
  LEFT JOIN (
    SELECT sitting_id, count(*) AS questions, count(*) FILTER (WHERE known) AS known,
      count(*) FILTER (WHERE held AND outcome = 'answered') AS again
    FROM assessment_asking GROUP BY sitting_id
  ) a ON a.sitting_id = s.id;

REVOKE ALL ON snapshot_askings, snapshot_sittings FROM onestory_app;
GRANT SELECT ON snapshot_askings, snapshot_sittings TO onestory_figures;

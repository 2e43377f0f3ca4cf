-- What a snapshot copies of danger: what checklists came to, plans, changes. No words, no answers, nothing
-- of the person using abuse, and not where she lives.

DROP VIEW IF EXISTS snapshot_risk_checklists;
CREATE VIEW snapshot_risk_checklists WITH (security_barrier) AS
  SELECT figures_key(r.id) AS checklist, p.person, p.sex,
    figures_age(p.born_on, p.birth_year, figures_day(r.assessed_at)) AS age, t.code AS team,
    figures_day(r.assessed_at) AS assessed_on, r.instrument, r.version,
    r.sitting_id IS NULL AS from_outside,
    CASE WHEN r.sitting_id IS NOT NULL THEN r.yes ELSE r.score END AS yes,
    CASE WHEN r.sitting_id IS NOT NULL THEN r.no END AS no,
    CASE WHEN r.sitting_id IS NOT NULL THEN r.unknown END AS unknown,
    CASE WHEN r.sitting_id IS NOT NULL THEN r.not_asked END AS not_asked,
    nullif(r.computed, '') AS computed, nullif(r.threshold, '') AS rule, r.level,
    r.level <> nullif(r.computed, '') AS above
  FROM risk_riskassessment r JOIN people_coded p ON p.person_id = r.person_id
  JOIN agencies_team t ON t.id = r.team_id;

DROP VIEW IF EXISTS snapshot_safety_plans;
CREATE VIEW snapshot_safety_plans WITH (security_barrier) AS
  SELECT figures_key(s.id) AS plan, p.person, p.sex,
    figures_age(p.born_on, p.birth_year, figures_day(s.recorded_at)) AS age, t.code AS team,
    figures_day(s.recorded_at) AS agreed_on, s.version, s.paper, s.review_on,
    (SELECT figures_day(min(later.recorded_at)) FROM risk_safetyplan later
      JOIN people_one one ON one.person_id = later.person_id
      WHERE one.one_id = p.one_id AND later.recorded_at > s.recorded_at) AS agreed_anew_on
  FROM risk_safetyplan s JOIN people_coded p ON p.person_id = s.person_id
  JOIN agencies_team t ON t.id = s.team_id;

-- The plan that she had when it was written down that something had changed, and when it was agreed anew.
DROP VIEW IF EXISTS snapshot_risk_changes;
CREATE VIEW snapshot_risk_changes WITH (security_barrier) AS
  SELECT figures_key(c.id) AS risk_change, p.person, p.sex,
    figures_age(p.born_on, p.birth_year, c."on") AS age, t.code AS team, c.kind,
    c."on" AS changed_on, figures_day(c.recorded_at) AS written_on,
    plans.had_plan, plans.plan_agreed_on
  FROM risk_riskchange c JOIN people_coded p ON p.person_id = c.person_id
  JOIN agencies_team t ON t.id = c.team_id
  CROSS JOIN LATERAL (
    SELECT coalesce(bool_or(s.recorded_at <= c.recorded_at), false) AS had_plan,
      figures_day(min(s.recorded_at) FILTER (WHERE s.recorded_at > c.recorded_at)) AS plan_agreed_on
    FROM risk_safetyplan s JOIN people_one one ON one.person_id = s.person_id
    WHERE one.one_id = p.one_id
  ) plans;

REVOKE ALL ON snapshot_risk_checklists, snapshot_safety_plans, snapshot_risk_changes FROM onestory_app;
GRANT SELECT ON snapshot_risk_checklists, snapshot_safety_plans, snapshot_risk_changes
  TO onestory_figures;

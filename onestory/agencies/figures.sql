-- What a snapshot copies of the area's teams.
DROP VIEW IF EXISTS snapshot_teams;
CREATE VIEW snapshot_teams WITH (security_barrier) AS
  SELECT t.code AS team, t.name, t.kind, o.code AS organisation, o.name AS organisation_name,
    o.kind AS organisation_kind, t.front_door, t.ended_on
  FROM agencies_team t JOIN agencies_organisation o ON o.id = t.organisation_id;
REVOKE ALL ON snapshot_teams FROM onestory_app;
GRANT SELECT ON snapshot_teams TO onestory_figures;

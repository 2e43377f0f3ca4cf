-- Editions of reports. They hold released figures and their authors' words, and nobody's record; so
-- they belong to a team and to whoever writes its reports, whether or not that person works cases.

-- The teams whose reports the actor writes today: the roles that carry `report.write` in
-- agencies/roles.py.
CREATE OR REPLACE FUNCTION reporting_teams() RETURNS uuid[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  me uuid := actor();
  today date := actor_today();
BEGIN
  RETURN ARRAY(
    SELECT m.team_id FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id
    WHERE m.user_id = me AND u.is_active AND m.role IN ('manager', 'analyst', 'secretary')
      AND m.starts_on <= today AND (m.ends_on IS NULL OR m.ends_on >= today)
  );
END $$;

-- Does the actor write this edition, and is it frozen? Functions where the policies of two tables would
-- otherwise ask each other in a circle. They see what the actor sees.
CREATE OR REPLACE FUNCTION reporting_writes(edition uuid) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM reporting_edition e
    WHERE e.id = edition AND e.team_id = ANY (reporting_teams()));
END $$;
CREATE OR REPLACE FUNCTION reporting_is_frozen(edition uuid) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM reporting_frozen f WHERE f.edition_id = edition);
END $$;

-- That something is published, or was and is not any more, is no secret: the public page tells it.
CALL access_close('reporting_publication');
CREATE POLICY no_secret ON reporting_publication FOR SELECT TO onestory_app USING (true);
CREATE POLICY its_writers_publish ON reporting_publication FOR INSERT TO onestory_app
  WITH CHECK (by_id = (SELECT actor()) AND withdrawn_at IS NULL
    AND reporting_writes(edition_id) AND reporting_is_frozen(edition_id));
CREATE POLICY its_writers_withdraw ON reporting_publication FOR UPDATE TO onestory_app
  USING (withdrawn_at IS NULL AND reporting_writes(edition_id))
  WITH CHECK (withdrawn_by_id = (SELECT actor()));
GRANT SELECT, INSERT, UPDATE (withdrawn_at, withdrawn_by_id, withdrawn_why)
  ON reporting_publication TO onestory_app;

-- An edition is for those who write that team's reports; while it is published, for everybody.
CALL access_close('reporting_edition');
CREATE POLICY its_writers_or_published ON reporting_edition FOR SELECT TO onestory_app USING (
  team_id = ANY ((SELECT reporting_teams())::uuid[])
  OR EXISTS (SELECT 1 FROM reporting_publication p
    WHERE p.edition_id = reporting_edition.id AND p.withdrawn_at IS NULL));
CREATE POLICY its_writers_begin ON reporting_edition FOR INSERT TO onestory_app
  WITH CHECK (made_by_id = (SELECT actor()) AND team_id = ANY ((SELECT reporting_teams())::uuid[]));
-- It goes to another version, or is discarded, and only until it is frozen.
CREATE POLICY its_writers_move ON reporting_edition FOR UPDATE TO onestory_app
  USING (team_id = ANY ((SELECT reporting_teams())::uuid[]) AND NOT reporting_is_frozen(id)
    AND discarded_at IS NULL)
  WITH CHECK (team_id = ANY ((SELECT reporting_teams())::uuid[])
    AND (discarded_at IS NULL OR (discarded_by_id = (SELECT actor()) AND replaces_id IS NULL)));
GRANT SELECT, INSERT, UPDATE (version, replaces_id, discarded_at, discarded_by_id)
  ON reporting_edition TO onestory_app;

-- Frozen once and for all: there is no right to change or delete it.
CALL access_close('reporting_frozen');
CREATE POLICY with_its_edition ON reporting_frozen FOR SELECT TO onestory_app USING (
  EXISTS (SELECT 1 FROM reporting_edition e WHERE e.id = reporting_frozen.edition_id));
CREATE POLICY its_writers_freeze ON reporting_frozen FOR INSERT TO onestory_app
  WITH CHECK (by_id = (SELECT actor()) AND EXISTS (SELECT 1 FROM reporting_edition e
    WHERE e.id = reporting_frozen.edition_id AND e.discarded_at IS NULL AND e.team_id = ANY ((SELECT reporting_teams())::uuid[])));
GRANT SELECT, INSERT ON reporting_frozen TO onestory_app;

-- What is moved and typed on the way is for its writers alone, and rests once it is frozen.
CALL access_close('reporting_move');
CREATE POLICY its_writers ON reporting_move FOR SELECT TO onestory_app USING (
  EXISTS (SELECT 1 FROM reporting_edition e
    WHERE e.id = reporting_move.edition_id AND e.team_id = ANY ((SELECT reporting_teams())::uuid[])));
CREATE POLICY until_frozen ON reporting_move FOR INSERT TO onestory_app WITH CHECK (
  by_id = (SELECT actor()) AND EXISTS (SELECT 1 FROM reporting_edition e
    WHERE e.id = reporting_move.edition_id AND e.team_id = ANY ((SELECT reporting_teams())::uuid[]))
  AND NOT EXISTS (
    SELECT 1 FROM reporting_frozen f WHERE f.edition_id = reporting_move.edition_id));
GRANT SELECT, INSERT ON reporting_move TO onestory_app;

CALL access_close('reporting_passage');
CREATE POLICY its_writers ON reporting_passage FOR SELECT TO onestory_app USING (
  EXISTS (SELECT 1 FROM reporting_edition e
    WHERE e.id = reporting_passage.edition_id AND e.team_id = ANY ((SELECT reporting_teams())::uuid[])));
CREATE POLICY until_frozen ON reporting_passage FOR INSERT TO onestory_app WITH CHECK (
  written_by_id = (SELECT actor()) AND EXISTS (SELECT 1 FROM reporting_edition e
    WHERE e.id = reporting_passage.edition_id AND e.team_id = ANY ((SELECT reporting_teams())::uuid[]))
  AND NOT EXISTS (
    SELECT 1 FROM reporting_frozen f WHERE f.edition_id = reporting_passage.edition_id));
CREATE POLICY changed_until_frozen ON reporting_passage FOR UPDATE TO onestory_app
  USING (EXISTS (SELECT 1 FROM reporting_edition e
    WHERE e.id = reporting_passage.edition_id AND e.team_id = ANY ((SELECT reporting_teams())::uuid[]))
  AND NOT EXISTS (
    SELECT 1 FROM reporting_frozen f WHERE f.edition_id = reporting_passage.edition_id))
  WITH CHECK (written_by_id = (SELECT actor()));
GRANT SELECT, INSERT, UPDATE (words, version, tab, heard, written_at, written_by_id, kept_from_id)
  ON reporting_passage TO onestory_app;

CALL access_close('reporting_entry');
CREATE POLICY its_writers ON reporting_entry FOR SELECT TO onestory_app USING (
  EXISTS (SELECT 1 FROM reporting_edition e
    WHERE e.id = reporting_entry.edition_id AND e.team_id = ANY ((SELECT reporting_teams())::uuid[])));
CREATE POLICY until_frozen ON reporting_entry FOR INSERT TO onestory_app WITH CHECK (
  entered_by_id = (SELECT actor()) AND EXISTS (SELECT 1 FROM reporting_edition e
    WHERE e.id = reporting_entry.edition_id AND e.team_id = ANY ((SELECT reporting_teams())::uuid[]))
  AND NOT EXISTS (
    SELECT 1 FROM reporting_frozen f WHERE f.edition_id = reporting_entry.edition_id));
CREATE POLICY changed_until_frozen ON reporting_entry FOR UPDATE TO onestory_app
  USING (EXISTS (SELECT 1 FROM reporting_edition e
    WHERE e.id = reporting_entry.edition_id AND e.team_id = ANY ((SELECT reporting_teams())::uuid[]))
  AND NOT EXISTS (
    SELECT 1 FROM reporting_frozen f WHERE f.edition_id = reporting_entry.edition_id))
  WITH CHECK (entered_by_id = (SELECT actor()));
GRANT SELECT, INSERT, UPDATE (value, source, entered_at, entered_by_id)
  ON reporting_entry TO onestory_app;

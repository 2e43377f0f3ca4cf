-- Therapy notes, and who asks for them.

-- The teams in which the actor is a therapist today: the roles that carry `therapy.work` in
-- agencies/roles.py. Holding the envelope is not enough for the notes: colleagues of the same team,
-- its manager, and whoever opens a record in an emergency, do not read what was said in therapy.
CREATE OR REPLACE FUNCTION therapy_teams() RETURNS uuid[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  me uuid := actor();
  today date := actor_today();
BEGIN
  RETURN ARRAY(
    SELECT m.team_id FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id
    WHERE m.user_id = me AND u.is_active AND m.works_cases AND m.role = 'therapist'
      AND m.starts_on <= today AND (m.ends_on IS NULL OR m.ends_on >= today)
  );
END $$;

CALL access_protect('therapy_therapynote');
CREATE POLICY therapists_alone ON therapy_therapynote AS RESTRICTIVE FOR ALL TO onestory_app
  USING (team_id = ANY ((SELECT therapy_teams())::uuid[]))
  WITH CHECK (team_id = ANY ((SELECT therapy_teams())::uuid[]));
-- A note stays as it was written.
REVOKE UPDATE ON therapy_therapynote FROM onestory_app;

CALL access_protect('therapy_proceedings');
CREATE POLICY therapists_alone ON therapy_proceedings AS RESTRICTIVE FOR ALL TO onestory_app
  USING (team_id = ANY ((SELECT therapy_teams())::uuid[]))
  WITH CHECK (team_id = ANY ((SELECT therapy_teams())::uuid[]));
REVOKE UPDATE ON therapy_proceedings FROM onestory_app;
GRANT UPDATE (superseded_at, superseded_by_id) ON therapy_proceedings TO onestory_app;

-- Who asked, and what became of it, is known to the whole team whose notes they are.
CALL access_protect('therapy_notesrequest');
CREATE POLICY of_my_team ON therapy_notesrequest AS RESTRICTIVE FOR ALL TO onestory_app
  USING (team_id = ANY ((SELECT actor_teams())::uuid[]))
  WITH CHECK (team_id = ANY ((SELECT actor_teams())::uuid[]));
REVOKE UPDATE ON therapy_notesrequest FROM onestory_app;
GRANT UPDATE (view, view_words, viewed_at, viewed_by_id, decision, decision_words, decided_at,
  decided_by_id, agreed_at, agreed_by_id, given, how, answered_on, answered_at, answered_by_id, version)
  ON therapy_notesrequest TO onestory_app;

-- A note being written is its writer's own.
CALL access_close('therapy_notedraft');
CREATE POLICY own ON therapy_notedraft FOR ALL TO onestory_app
  USING (user_id = (SELECT actor()) AND team_id = ANY ((SELECT therapy_teams())::uuid[])
    AND person_id <> ALL ((SELECT actor_barred_people())::uuid[]))
  WITH CHECK (user_id = (SELECT actor()) AND team_id = ANY ((SELECT therapy_teams())::uuid[])
    AND person_id <> ALL ((SELECT actor_barred_people())::uuid[]));
GRANT SELECT, INSERT, UPDATE (answers, saved_at), DELETE
  ON therapy_notedraft TO onestory_app;

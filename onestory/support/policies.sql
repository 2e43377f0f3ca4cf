-- The work with a survivor: calls, sessions, goals, waiting, endings.
--
-- It lies in the envelope of its case, and holding that envelope is not enough to see it: a team that
-- supports the same person, or is only asked to, learns nothing of another team's sessions by it.

-- Whether it is the survivor herself who looks, on her own pages: her grants open her own alone.
CREATE OR REPLACE FUNCTION support_own_pages() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM agencies_team t
    WHERE t.code = 'own-pages' AND t.id = ANY (actor_teams()))
$$;

-- Who sees a table of this room, besides holding the envelope: whoever `seen` says. Its rows are
-- written by the team whose work they are.
CREATE OR REPLACE PROCEDURE support_protect(which regclass, seen text)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE mine text := 'team_id = ANY ((SELECT actor_teams())::uuid[])';
BEGIN
  EXECUTE format(
    'CREATE POLICY seen_by ON %s AS RESTRICTIVE FOR SELECT TO onestory_app USING (%s%s)',
    which, mine, seen);
  EXECUTE format(
    'CREATE POLICY of_my_team ON %s AS RESTRICTIVE FOR INSERT TO onestory_app WITH CHECK (%s)',
    which, mine);
  EXECUTE format(
    'CREATE POLICY still_of_my_team ON %s AS RESTRICTIVE FOR UPDATE TO onestory_app USING (%s)'
    ' WITH CHECK (%s)', which, mine, mine);
END $$;

-- Calls and endings are the team's alone: who else picked up is nothing for a page on a telephone.
CALL access_protect('support_call');
CALL support_protect('support_call', '');
CALL access_protect('support_ending');
CALL support_protect('support_ending', '');

-- Sessions and the plan are the survivor's too.
CALL access_protect('support_session');
CALL support_protect('support_session', ' OR (SELECT support_own_pages())');
CALL access_protect('support_goal');
CALL support_protect('support_goal', ' OR (SELECT support_own_pages())');
CALL access_protect('support_measure');
CALL support_protect('support_measure', ' OR (SELECT support_own_pages())');
CALL access_protect('support_step');
CALL support_protect('support_step', ' OR (SELECT support_own_pages())');

-- The outside of a case is seen from both ends of the referral, and by the survivor.
CALL access_protect('support_episode');
CALL support_protect('support_episode', ' OR from_team_id = ANY ((SELECT actor_teams())::uuid[])'
  ' OR (SELECT support_own_pages())');
CALL access_protect('support_pause');
CALL support_protect('support_pause', ' OR from_team_id = ANY ((SELECT actor_teams())::uuid[])'
  ' OR (SELECT support_own_pages())');

-- Those whom the actor held until they were given back: of which case, for which service, to whom, when.
-- Their record is closed by then, so that nothing is told of whom; the case's number was the holder's.
DROP FUNCTION IF EXISTS support_given_back(timestamptz);
CREATE FUNCTION support_given_back(since timestamptz)
RETURNS TABLE (reference text, service_id uuid, from_team_id uuid, returned_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT c.reference, r.service_id, r.from_team_id, r.returned_at
  FROM cases_referral r
    JOIN support_episode e ON e.referral_id = r.id JOIN cases_case c ON c.id = e.case_id
  -- The latest of the three has an index, which is short; what somebody ever held is long.
  WHERE r.to_team_id = ANY ((SELECT actor_teams())::uuid[]) AND r.returned_at >= since
    AND greatest(r.withdrawn_at, r.declined_at, r.returned_at) >= since
    AND e.holder_id = actor() AND e.team_id = r.to_team_id
    AND e.person_id <> ALL ((SELECT actor_barred_people())::uuid[])
$$;

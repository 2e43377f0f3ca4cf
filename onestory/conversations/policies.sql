-- Messages inside OneStory, and notices without content outside it.

-- A message is for the two who write to each other: besides a grant on the envelope it takes being
-- of that team, or being the person on their own pages.
CALL access_protect('conversations_message');
CREATE POLICY between_two ON conversations_message AS RESTRICTIVE FOR ALL TO onestory_app
  USING (team_id = ANY ((SELECT actor_teams())::uuid[])
    OR '0197a3c0-0000-7000-8000-000000000001' = ANY ((SELECT actor_teams())::uuid[]))
  WITH CHECK (team_id = ANY ((SELECT actor_teams())::uuid[])
    OR '0197a3c0-0000-7000-8000-000000000001' = ANY ((SELECT actor_teams())::uuid[]));
-- Nobody writes as the other side.
CREATE POLICY in_own_part ON conversations_message AS RESTRICTIVE FOR INSERT TO onestory_app
  WITH CHECK (from_person =
    ('0197a3c0-0000-7000-8000-000000000001' = ANY ((SELECT actor_teams())::uuid[])));
-- What was written stays as it was written; that it was read is said by this alone. It takes no more
-- than being one of the two, and reading it: a team that may write no longer reads what came before.
REVOKE UPDATE ON conversations_message FROM onestory_app;
CREATE OR REPLACE FUNCTION conversations_mark_read(people uuid[], team uuid) RETURNS SETOF uuid
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE conversations_message m SET read_at = clock_timestamp(), read_by_id = actor()
  WHERE m.person_id = ANY (people) AND m.team_id = team AND m.read_at IS NULL
    AND EXISTS (SELECT 1 FROM access_mine(m.envelope_id))
    AND CASE WHEN access_own_pages() = ANY ((SELECT actor_teams())::uuid[]) THEN NOT m.from_person
      ELSE m.from_person AND team = ANY ((SELECT actor_teams())::uuid[]) END
  RETURNING m.envelope_id
$$;

CALL access_protect('conversations_notice');
REVOKE UPDATE ON conversations_notice FROM onestory_app;

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
-- What was written stays as it was written.
REVOKE UPDATE ON conversations_message FROM onestory_app;
GRANT UPDATE (read_at, read_by_id) ON conversations_message TO onestory_app;

CALL access_protect('conversations_notice');
REVOKE UPDATE ON conversations_notice FROM onestory_app;

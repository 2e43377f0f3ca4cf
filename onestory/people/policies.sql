-- People: a person is seen by whoever can open one of their envelopes.

CALL access_close('people_person');
CREATE POLICY known_by_an_envelope ON people_person FOR SELECT TO onestory_app USING (
  EXISTS (SELECT 1 FROM access_envelope e WHERE e.person_id = people_person.id)
  OR (SELECT actor_holds_role('guardian'))
);
CREATE POLICY in_own_name ON people_person FOR INSERT TO onestory_app
  WITH CHECK (added_by_id = (SELECT actor()) AND joined_into_id IS NULL);
CREATE POLICY known_may_be_joined ON people_person FOR UPDATE TO onestory_app
  USING (EXISTS (SELECT 1 FROM access_envelope e WHERE e.person_id = people_person.id))
  WITH CHECK (EXISTS (SELECT 1 FROM access_envelope e WHERE e.person_id = people_person.id));
GRANT SELECT, INSERT, UPDATE (joined_into_id) ON people_person TO onestory_app;

CALL access_protect('people_identity');
CALL access_protect('people_safecontact');
CALL access_protect('people_phone');
CALL access_protect('people_address');
CALL access_protect('people_relationship');
CALL access_protect('people_searchkey');
GRANT DELETE ON people_searchkey TO onestory_app;
CREATE POLICY open_to_take_away ON people_searchkey FOR DELETE TO onestory_app USING (EXISTS (
  SELECT 1 FROM access_grant g WHERE g.envelope_id = people_searchkey.envelope_id AND g.may_write));
GRANT USAGE ON SEQUENCE people_searchkey_id_seq TO onestory_app;

-- A joining is seen and made by those who know both.
CALL access_close('people_join');
CREATE POLICY knows_both ON people_join FOR SELECT TO onestory_app USING (
  EXISTS (SELECT 1 FROM people_person p WHERE p.id = kept_id)
  AND EXISTS (SELECT 1 FROM people_person p WHERE p.id = joined_id)
);
CREATE POLICY joins_both ON people_join FOR INSERT TO onestory_app WITH CHECK (
  joined_by_id = (SELECT actor())
  AND EXISTS (SELECT 1 FROM access_envelope e WHERE e.person_id = kept_id)
  AND EXISTS (SELECT 1 FROM access_envelope e WHERE e.person_id = joined_id)
);
CREATE POLICY undoes_both ON people_join FOR UPDATE TO onestory_app
  USING (EXISTS (SELECT 1 FROM access_envelope e WHERE e.person_id = kept_id)
    AND EXISTS (SELECT 1 FROM access_envelope e WHERE e.person_id = joined_id))
  WITH CHECK (undone_by_id = (SELECT actor()));
GRANT SELECT, INSERT, UPDATE (undone_at, undone_by_id, undo_reason) ON people_join TO onestory_app;

-- Notices are written by people_tell_holders alone.
CALL access_protect('people_matchnotice');
REVOKE INSERT, UPDATE ON people_matchnotice FROM onestory_app;
GRANT UPDATE (settled_at, settled_by_id, settled_how) ON people_matchnotice TO onestory_app;

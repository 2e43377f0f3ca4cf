-- Risk: checklists and judgements, safety plans, changes, orders and breaches.

-- A result stays as it was written.
CALL access_protect('risk_riskassessment');
REVOKE UPDATE ON risk_riskassessment FROM onestory_app;

-- What is being typed is the team's alone.
CALL access_protect('risk_draft');
CREATE POLICY of_my_team ON risk_draft AS RESTRICTIVE FOR ALL TO onestory_app
  USING (team_id = ANY ((SELECT actor_teams())::uuid[]))
  WITH CHECK (team_id = ANY ((SELECT actor_teams())::uuid[]));
REVOKE UPDATE ON risk_draft FROM onestory_app;
GRANT UPDATE (answers, saved_at) ON risk_draft TO onestory_app;

-- The plan is the survivor's own. How others judge the danger is not opened to her, so the plan, which
-- lies with it, is opened by a rule of its own. What is not shared is for her and the team whose work
-- it is.
CALL access_protect('risk_safetyplan');
CREATE POLICY hers ON risk_safetyplan FOR SELECT TO onestory_app
  USING ((SELECT support_own_pages()) AND access_is_self(person_id));
REVOKE UPDATE ON risk_safetyplan FROM onestory_app;

CALL access_protect('risk_safetyplanstep');
CREATE POLICY hers ON risk_safetyplanstep FOR SELECT TO onestory_app
  USING ((SELECT support_own_pages()) AND access_is_self(person_id));
CREATE POLICY seen_by ON risk_safetyplanstep AS RESTRICTIVE FOR SELECT TO onestory_app
  USING (shared OR team_id = ANY ((SELECT actor_teams())::uuid[]) OR (SELECT support_own_pages()));
CREATE POLICY of_my_team ON risk_safetyplanstep AS RESTRICTIVE FOR INSERT TO onestory_app
  WITH CHECK (team_id = ANY ((SELECT actor_teams())::uuid[])
    AND EXISTS (SELECT 1 FROM access_envelope e WHERE e.id = envelope_id
      AND e.kind = CASE WHEN shared THEN 'risk' ELSE 'support' END));
CREATE POLICY open_to_end ON risk_safetyplanstep AS RESTRICTIVE FOR UPDATE TO onestory_app
  USING (shared OR team_id = ANY ((SELECT actor_teams())::uuid[]));
REVOKE UPDATE ON risk_safetyplanstep FROM onestory_app;
GRANT UPDATE (superseded_at, superseded_by_id) ON risk_safetyplanstep TO onestory_app;

-- A change stays as it was written.
CALL access_protect('risk_riskchange');
REVOKE UPDATE ON risk_riskchange FROM onestory_app;

-- That a team has seen it is said by whoever may read it, and for itself.
CALL access_protect('risk_riskchangeseen');
DROP POLICY open_to_add ON risk_riskchangeseen;
REVOKE UPDATE ON risk_riskchangeseen FROM onestory_app;
CREATE POLICY seen_by_my_team ON risk_riskchangeseen FOR INSERT TO onestory_app WITH CHECK (
  recorded_by_id = (SELECT actor()) AND team_id = ANY ((SELECT actor_teams())::uuid[])
  AND EXISTS (SELECT 1 FROM access_grant g WHERE g.envelope_id = risk_riskchangeseen.envelope_id
    AND g.team_id = risk_riskchangeseen.team_id)
  AND EXISTS (SELECT 1 FROM risk_riskchange c WHERE c.id = change_id
    AND c.envelope_id = risk_riskchangeseen.envelope_id));

-- Orders against somebody who uses abuse, what was done against them, what else is known: in their own
-- conduct, and with nothing in it that leads to anybody else.
CALL access_protect('risk_order');
REVOKE UPDATE ON risk_order FROM onestory_app;
GRANT UPDATE (superseded_at, superseded_by_id) ON risk_order TO onestory_app;
CALL access_protect('risk_breach');
REVOKE UPDATE ON risk_breach FROM onestory_app;
CALL access_protect('risk_conductnote');
REVOKE UPDATE ON risk_conductnote FROM onestory_app;

-- That a team has seen it is said by whoever may read it, for their own team.
CALL access_close('risk_orderseen');
CREATE POLICY of_my_team ON risk_orderseen FOR SELECT TO onestory_app USING (
  team_id = ANY ((SELECT actor_teams())::uuid[])
  AND EXISTS (SELECT 1 FROM risk_order o WHERE o.id = order_id));
CREATE POLICY seen_by_my_team ON risk_orderseen FOR INSERT TO onestory_app WITH CHECK (
  seen_by_id = (SELECT actor()) AND team_id = ANY ((SELECT actor_teams())::uuid[])
  AND EXISTS (SELECT 1 FROM risk_order o
    WHERE o.id = order_id AND o.person_id = risk_orderseen.person_id)
  AND (breach_id IS NULL OR EXISTS (SELECT 1 FROM risk_breach b
    WHERE b.id = breach_id AND b.order_id = risk_orderseen.order_id)));
GRANT SELECT, INSERT ON risk_orderseen TO onestory_app;

-- Clare's Law: that somebody asked lies with whoever may be in danger. All who hold that may read it;
-- the team that took it down goes on with it.
CALL access_protect('risk_disclosure');
CREATE POLICY taken_by_my_team ON risk_disclosure AS RESTRICTIVE FOR INSERT TO onestory_app
  WITH CHECK (team_id = ANY ((SELECT actor_teams())::uuid[])
    AND decided_at IS NULL AND agreed_at IS NULL AND finished_at IS NULL);
CREATE POLICY of_my_team ON risk_disclosure AS RESTRICTIVE FOR UPDATE TO onestory_app
  USING (finished_at IS NULL AND team_id = ANY ((SELECT actor_teams())::uuid[]))
  WITH CHECK (team_id = ANY ((SELECT actor_teams())::uuid[]));
REVOKE UPDATE ON risk_disclosure FROM onestory_app;
GRANT UPDATE (contacted_on, danger_now, contacted_words, met_on, identity_checked, decision, to_whom,
  to_whom_words, what, reason, decided_at, decided_by_id, agreed_at, agreed_by_id, told_on, told_where,
  said, keeps_it, withdrawn_words, finished_at, finished_by_id, version)
  ON risk_disclosure TO onestory_app;
CALL access_protect('risk_disclosurecheck');
REVOKE UPDATE ON risk_disclosurecheck FROM onestory_app;

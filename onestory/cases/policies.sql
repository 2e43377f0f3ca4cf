-- Contacts, referrals and cases lie in envelopes; drafts and imports do not.

CALL access_protect('cases_contact');
CALL access_protect('cases_case');

-- Nobody sends a contact for another team, nor puts a case into its figures.
CREATE POLICY from_my_team ON cases_contact AS RESTRICTIVE FOR INSERT TO onestory_app
  WITH CHECK (from_team_id = ANY ((SELECT actor_teams())::uuid[]));
CREATE POLICY of_my_team ON cases_case AS RESTRICTIVE FOR INSERT TO onestory_app
  WITH CHECK (team_id = ANY ((SELECT actor_teams())::uuid[]));
CREATE POLICY still_of_my_team ON cases_case AS RESTRICTIVE FOR UPDATE TO onestory_app
  USING (team_id = ANY ((SELECT actor_teams())::uuid[]))
  WITH CHECK (team_id = ANY ((SELECT actor_teams())::uuid[]));

-- A referral is between two teams: others who hold the same envelope do not see it.
CALL access_protect('cases_referral');
CREATE POLICY between_two_teams ON cases_referral AS RESTRICTIVE TO onestory_app USING (
  from_team_id = ANY ((SELECT actor_teams())::uuid[]) OR to_team_id = ANY ((SELECT actor_teams())::uuid[])
) WITH CHECK (
  from_team_id = ANY ((SELECT actor_teams())::uuid[]) OR to_team_id = ANY ((SELECT actor_teams())::uuid[])
);

-- A case is its team's own work. Whoever supports the same person, or is only asked to, learns nothing
-- of it by holding the envelope that it lies in.
CREATE POLICY seen_by_its_team ON cases_case AS RESTRICTIVE FOR SELECT TO onestory_app
  USING (team_id = ANY ((SELECT actor_teams())::uuid[]));

CALL access_close('cases_draft');
CREATE POLICY my_own ON cases_draft TO onestory_app
  USING (user_id = (SELECT actor())) WITH CHECK (user_id = (SELECT actor()));
GRANT SELECT, INSERT, UPDATE, DELETE ON cases_draft TO onestory_app;

CALL access_close('cases_caselistimport');
CREATE POLICY of_my_team ON cases_caselistimport TO onestory_app
  USING (team_id = ANY ((SELECT actor_teams())::uuid[]))
  WITH CHECK (team_id = ANY ((SELECT actor_teams())::uuid[]));
GRANT SELECT, INSERT, UPDATE ON cases_caselistimport TO onestory_app;
-- Cases without identity, for figures.
DROP VIEW IF EXISTS figures_case;
CREATE VIEW figures_case WITH (security_barrier) AS
  SELECT team_id, opened_on, closed_on, category, area, "group", abuse, risk_assessment
  FROM cases_case;
REVOKE ALL ON figures_case FROM onestory_app;
GRANT SELECT ON figures_case TO onestory_figures;

-- Organisations, teams and staff are no secret among staff, and are read before anybody is signed
-- in; what they open is decided elsewhere. Memberships open things, so only an administrator, or
-- setup, may write them.

GRANT SELECT ON django_migrations, django_content_type TO onestory_app;
GRANT SELECT, INSERT, UPDATE ON agencies_area, agencies_organisation, agencies_team, agencies_user
  TO onestory_app;

-- The directory is for everybody; an entry is changed by its own team, and by setup. A confidential
-- service has no address to show: a constraint of the table sees to that.
CALL access_close('agencies_service');
CREATE POLICY for_everybody ON agencies_service FOR SELECT TO onestory_app USING (true);
CREATE POLICY setup_adds ON agencies_service FOR INSERT TO onestory_app
  WITH CHECK ((SELECT actor_is_system()));
CREATE POLICY kept_by_its_team ON agencies_service FOR UPDATE TO onestory_app
  USING ((SELECT actor_is_system()) OR team_id = ANY ((SELECT actor_teams())::uuid[]))
  WITH CHECK ((SELECT actor_is_system()) OR team_id = ANY ((SELECT actor_teams())::uuid[]));
GRANT SELECT, INSERT, UPDATE ON agencies_service TO onestory_app;

-- What it said before is its team's own business, and stays as it was written.
CALL access_close('agencies_servicechange');
CREATE POLICY of_my_team ON agencies_servicechange FOR SELECT TO onestory_app USING (
  EXISTS (
    SELECT 1 FROM agencies_service s
    WHERE s.id = service_id AND s.team_id = ANY ((SELECT actor_teams())::uuid[])));
CREATE POLICY by_myself ON agencies_servicechange FOR INSERT TO onestory_app WITH CHECK (
  by_id = (SELECT actor())
  AND EXISTS (
    SELECT 1 FROM agencies_service s
    WHERE s.id = service_id AND s.team_id = ANY ((SELECT actor_teams())::uuid[])));
GRANT SELECT, INSERT ON agencies_servicechange TO onestory_app;

CALL access_close('agencies_membership');
CREATE POLICY no_secret ON agencies_membership FOR SELECT TO onestory_app USING (true);
-- Nobody gives themselves a role: that takes two. The team of the people themselves is no place for
-- staff, nor staff's teams for them: see portal/policies.sql.
CREATE POLICY administrators_add ON agencies_membership FOR INSERT TO onestory_app
  WITH CHECK (actor_holds_role('administrator') AND user_id <> (SELECT actor())
    AND role <> 'survivor' AND team_id <> '0197a3c0-0000-7000-8000-000000000001'
    AND NOT EXISTS (SELECT 1 FROM agencies_membership m
      WHERE m.user_id = agencies_membership.user_id AND m.role = 'survivor'));
-- Ended once: a membership comes back as a new one, so that who could know what stays a query.
CREATE POLICY administrators_end ON agencies_membership FOR UPDATE TO onestory_app
  USING (actor_holds_role('administrator') AND ends_on IS NULL)
  WITH CHECK (actor_holds_role('administrator') AND ends_on IS NOT NULL);
GRANT SELECT, INSERT, UPDATE (ends_on) ON agencies_membership TO onestory_app;

-- Sign-in works before anybody is known: sessions, what failed lately, second factors. The rest is
-- allauth's, which looks into tables that we keep empty: see `agencies.adapter`.
GRANT SELECT, INSERT, UPDATE, DELETE ON agencies_session, agencies_signintries, mfa_authenticator
  TO onestory_app;
GRANT SELECT ON account_emailaddress, socialaccount_socialaccount, socialaccount_socialapp
  TO onestory_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO onestory_app;

-- The queue of long work: ids only, never anything about a person.
GRANT SELECT, INSERT, UPDATE, DELETE ON procrastinate_jobs, procrastinate_events,
  procrastinate_periodic_defers, procrastinate_workers TO onestory_app;

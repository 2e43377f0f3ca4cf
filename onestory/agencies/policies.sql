-- Organisations, teams and staff are no secret among staff, and are read before anybody is signed
-- in; what they open is decided elsewhere. Memberships open things, so only an administrator, or
-- setup, may write them.

GRANT SELECT ON django_migrations, django_content_type TO onestory_app;
GRANT SELECT, INSERT, UPDATE ON agencies_area, agencies_organisation, agencies_team,
  agencies_service, agencies_user TO onestory_app;

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

-- The floor under everything: who may see and write which row.
--
-- Applied whole, in one transaction, by `onestory setup` after the migrations, as the owner of the
-- tables. It may be applied again: it replaces what it made before.
--
-- The idea in one line: a row lies in an envelope, and is seen by whoever holds a grant on that
-- envelope now. The policy of access_grant shows an actor just those grants that open something to
-- them now; so every other policy need only ask whether it can see a grant.

-- Who acts. Set for each transaction; unset means nobody, and nobody sees nothing.
CREATE OR REPLACE FUNCTION actor() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, public AS $$
  SELECT nullif(current_setting('onestory.actor', true), '')::uuid
$$;

CREATE OR REPLACE FUNCTION actor_is_system() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT 1 FROM agencies_user u WHERE u.id = actor() AND u.is_system)
$$;

-- The teams whose grants open envelopes to the actor today.
CREATE OR REPLACE FUNCTION actor_teams() RETURNS uuid[]
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, public AS $$
  SELECT coalesce(array_agg(team_id), '{}') FROM (
    SELECT m.team_id
    FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id
    WHERE m.user_id = actor() AND u.is_active AND m.works_cases
      AND m.starts_on <= current_date AND (m.ends_on IS NULL OR m.ends_on >= current_date)
    UNION ALL
    -- Commands and jobs work for one team, which they name.
    SELECT t.id FROM agencies_team t
    WHERE t.id = nullif(current_setting('onestory.team', true), '')::uuid AND actor_is_system()
  ) AS teams
$$;

CREATE OR REPLACE FUNCTION actor_holds_role(wanted text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (
    SELECT 1 FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id
    WHERE m.user_id = actor() AND u.is_active AND m.role = wanted
      AND m.starts_on <= current_date AND (m.ends_on IS NULL OR m.ends_on >= current_date)
  ) OR actor_is_system()
$$;

-- The envelopes of everybody whose record is barred to the actor. Runs as the owner, since the
-- barred must not learn that they are.
CREATE OR REPLACE FUNCTION actor_barred() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(array_agg(e.id), '{}')
  FROM access_barring b JOIN access_envelope e ON e.person_id = b.person_id
  WHERE b.user_id = actor() AND b.ended_at IS NULL
$$;

-- May the actor give this grant? The one place that says so. Runs as the owner, since it has to see
-- grants that are not the actor's own.
CREATE OR REPLACE FUNCTION actor_may_give(
  envelope uuid, to_team uuid, to_user uuid, on_basis text, until timestamptz
) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT envelope <> ALL (actor_barred()) AND (
    -- Someone who may share what is in it.
    EXISTS (
      SELECT 1 FROM access_grant g
      WHERE g.envelope_id = envelope AND g.may_share AND g.team_id = ANY (actor_teams())
        AND (g.user_id IS NULL OR g.user_id = actor())
        AND g.starts_at <= now() AND (g.ends_at IS NULL OR g.ends_at > now())
    )
    -- Whoever has just made it, to their own team, while nobody holds it.
    OR (
      to_team = ANY (actor_teams())
      AND EXISTS (SELECT 1 FROM access_envelope e WHERE e.id = envelope AND e.created_by_id = actor())
      AND NOT EXISTS (SELECT 1 FROM access_grant g WHERE g.envelope_id = envelope)
    )
    -- Break-glass: to oneself, for a day at most, and only together with an opening to review.
    OR (
      on_basis = 'break-glass' AND to_user = actor() AND to_team = ANY (actor_teams())
      AND until <= now() + interval '24 hours'
      AND EXISTS (
        SELECT 1 FROM access_emergencyopening o JOIN access_envelope e ON e.person_id = o.person_id
        WHERE e.id = envelope AND o.opened_by_id = actor() AND o.opened_at = now()
      )
    )
  )
$$;

-- Everybody who holds or held an envelope of this person, for those who hold one themselves and for
-- guardians: "who knows".
CREATE OR REPLACE FUNCTION access_who_knows(person uuid) RETURNS SETOF access_grant
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT g.* FROM access_grant g JOIN access_envelope e ON e.id = g.envelope_id
  WHERE e.person_id = person AND (
    actor_holds_role('guardian')
    OR EXISTS (
      SELECT 1 FROM access_grant mine
      WHERE mine.envelope_id = g.envelope_id AND mine.team_id = ANY (actor_teams())
        AND (mine.user_id IS NULL OR mine.user_id = actor())
        AND mine.starts_at <= now() AND (mine.ends_at IS NULL OR mine.ends_at > now())
        AND mine.envelope_id <> ALL (actor_barred())
    )
  )
$$;

-- Ends a grant now. Its giver, a holder who may share, or a guardian may. True if it was ended.
CREATE OR REPLACE FUNCTION access_end_grant(which uuid, why text) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH ended AS (
    UPDATE access_grant g SET ends_at = now(), ended_at = now(), ended_by_id = actor(), end_reason = why
    WHERE g.id = which AND g.ended_at IS NULL
      AND (
        actor_holds_role('guardian')
        OR (g.team_id = ANY (actor_teams()) AND g.envelope_id <> ALL (actor_barred()))
        OR actor_may_give(g.envelope_id, g.team_id, NULL, g.basis, NULL)
      )
    RETURNING 1
  )
  SELECT EXISTS (SELECT 1 FROM ended)
$$;

-- The kinds of envelope this person has, for showing the closed ones closed and for break-glass. It
-- answers only for a person of whom the actor can already see something, or has broken the glass.
CREATE OR REPLACE FUNCTION access_envelopes_of(person uuid) RETURNS SETOF access_envelope
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT e.* FROM access_envelope e
  WHERE e.person_id = person AND e.id <> ALL (actor_barred()) AND (
    EXISTS (
      SELECT 1 FROM access_envelope mine JOIN access_grant g ON g.envelope_id = mine.id
      WHERE mine.person_id = person AND g.team_id = ANY (actor_teams())
        AND (g.user_id IS NULL OR g.user_id = actor())
        AND g.starts_at <= now() AND (g.ends_at IS NULL OR g.ends_at > now())
    )
    OR EXISTS (
      SELECT 1 FROM access_emergencyopening o
      WHERE o.person_id = person AND o.opened_by_id = actor() AND o.ends_at > now()
    )
  )
$$;

-- The entries of the record about a person, for guardians. A function, because the index on the
-- array of envelopes could not serve a query under a policy.
CREATE OR REPLACE FUNCTION access_entries_about(person uuid) RETURNS SETOF access_entry
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT r.* FROM access_entry r
  WHERE actor_holds_role('guardian') AND (
    r.person_id = person
    OR r.envelopes && (SELECT array_agg(e.id) FROM access_envelope e WHERE e.person_id = person)
  )
$$;

-- Puts a table of rows that lie in envelopes under the one rule.
CREATE OR REPLACE PROCEDURE access_protect(which regclass)
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  CALL access_close(which);
  EXECUTE format('CREATE POLICY open_to_read ON %s FOR SELECT TO onestory_app USING (EXISTS (
    SELECT 1 FROM access_grant g WHERE g.envelope_id = %s.envelope_id))', which, which);
  EXECUTE format('CREATE POLICY open_to_add ON %s FOR INSERT TO onestory_app WITH CHECK (EXISTS (
    SELECT 1 FROM access_grant g WHERE g.envelope_id = %s.envelope_id AND g.may_write))', which, which);
  EXECUTE format('CREATE POLICY open_to_change ON %s FOR UPDATE TO onestory_app
    USING (EXISTS (SELECT 1 FROM access_grant g WHERE g.envelope_id = %s.envelope_id AND g.may_write))
    WITH CHECK (EXISTS (SELECT 1 FROM access_grant g
      WHERE g.envelope_id = %s.envelope_id AND g.may_write))', which, which, which);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %s TO onestory_app', which);
END $$;

-- Closes a table to everybody but its owner, and takes away what earlier policies gave.
CREATE OR REPLACE PROCEDURE access_close(which regclass)
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE old record;
BEGIN
  FOR old IN SELECT polname FROM pg_policy WHERE polrelid = which LOOP
    EXECUTE format('DROP POLICY %I ON %s', old.polname, which);
  END LOOP;
  EXECUTE format('REVOKE ALL ON %s FROM onestory_app, onestory_figures', which);
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', which);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', which);
  EXECUTE format('CREATE POLICY owner_all ON %s TO onestory_owner USING (true) WITH CHECK (true)', which);
END $$;

CALL access_close('access_envelope');
CREATE POLICY open_to_read ON access_envelope FOR SELECT TO onestory_app
  USING (EXISTS (SELECT 1 FROM access_grant g WHERE g.envelope_id = access_envelope.id));
CREATE POLICY anyone_acting_adds ON access_envelope FOR INSERT TO onestory_app
  WITH CHECK (created_by_id = (SELECT actor()));
GRANT SELECT, INSERT ON access_envelope TO onestory_app;

CALL access_close('access_grant');
CREATE POLICY opens_to_me_now ON access_grant FOR SELECT TO onestory_app USING (
  team_id = ANY ((SELECT actor_teams())::uuid[])
  AND (user_id IS NULL OR user_id = (SELECT actor()))
  AND starts_at <= now() AND (ends_at IS NULL OR ends_at > now())
  AND envelope_id <> ALL ((SELECT actor_barred())::uuid[])
);
CREATE POLICY who_may_give ON access_grant FOR INSERT TO onestory_app WITH CHECK (
  given_by_id = (SELECT actor()) AND actor_may_give(envelope_id, team_id, user_id, basis, ends_at)
);
GRANT SELECT, INSERT ON access_grant TO onestory_app;

-- Whoever holds an envelope of the person may bar somebody; guardians may; nobody barred sees it.
CALL access_close('access_barring');
CREATE POLICY known_to_holders ON access_barring FOR SELECT TO onestory_app USING (
  user_id <> (SELECT actor()) AND (
    actor_holds_role('guardian')
    OR EXISTS (SELECT 1 FROM access_envelope e WHERE e.person_id = access_barring.person_id)
  )
);
CREATE POLICY holders_bar ON access_barring FOR INSERT TO onestory_app WITH CHECK (
  barred_by_id = (SELECT actor()) AND user_id <> (SELECT actor()) AND (
    actor_holds_role('guardian')
    OR EXISTS (SELECT 1 FROM access_envelope e WHERE e.person_id = access_barring.person_id)
  )
);
CREATE POLICY guardians_unbar ON access_barring FOR UPDATE TO onestory_app
  USING (actor_holds_role('guardian') AND user_id <> (SELECT actor()))
  WITH CHECK (actor_holds_role('guardian') AND user_id <> (SELECT actor()));
GRANT SELECT, INSERT, UPDATE (ended_at, ended_by_id) ON access_barring TO onestory_app;

CALL access_close('access_emergencyopening');
CREATE POLICY own_or_guardian ON access_emergencyopening FOR SELECT TO onestory_app
  USING (opened_by_id = (SELECT actor()) OR actor_holds_role('guardian'));
CREATE POLICY own_name_only ON access_emergencyopening FOR INSERT TO onestory_app WITH CHECK (
  opened_by_id = (SELECT actor()) AND team_id = ANY ((SELECT actor_teams())::uuid[])
  AND reviewed_at IS NULL AND ends_at <= now() + interval '24 hours'
);
CREATE POLICY another_guardian_reviews ON access_emergencyopening FOR UPDATE TO onestory_app
  USING (actor_holds_role('guardian') AND opened_by_id <> (SELECT actor()) AND reviewed_at IS NULL)
  WITH CHECK (reviewed_by_id = (SELECT actor()));
GRANT SELECT, INSERT, UPDATE (reviewed_at, reviewed_by_id, justified, finding, ends_at)
  ON access_emergencyopening TO onestory_app;

-- The record: everybody adds in their own name, guardians read, nobody changes or takes away.
CALL access_close('access_entry');
CREATE POLICY in_own_name ON access_entry FOR INSERT TO onestory_app
  WITH CHECK (actor_id IS NOT DISTINCT FROM (SELECT actor()));
CREATE POLICY guardians_read ON access_entry FOR SELECT TO onestory_app
  USING (actor_holds_role('guardian'));
GRANT SELECT, INSERT ON access_entry TO onestory_app;
GRANT USAGE ON SEQUENCE access_entry_id_seq TO onestory_app;

CALL access_close('access_seal');
CREATE POLICY guardians_read ON access_seal FOR SELECT TO onestory_app
  USING (actor_holds_role('guardian'));
CREATE POLICY jobs_seal ON access_seal FOR INSERT TO onestory_app WITH CHECK (actor_is_system());
GRANT SELECT, INSERT ON access_seal TO onestory_app;

CREATE OR REPLACE FUNCTION access_append_only() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  RAISE EXCEPTION 'the record is added to, never changed (% on %)', TG_OP, TG_TABLE_NAME;
END $$;
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON access_entry
  FOR EACH STATEMENT EXECUTE FUNCTION access_append_only();
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON access_seal
  FOR EACH STATEMENT EXECUTE FUNCTION access_append_only();
CREATE OR REPLACE TRIGGER never_deleted BEFORE DELETE OR TRUNCATE ON access_grant
  FOR EACH STATEMENT EXECUTE FUNCTION access_append_only();

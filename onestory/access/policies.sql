-- The floor under everything: who may see and write which row.
--
-- Applied whole, in one transaction, by `onestory setup` after the migrations, as the owner of the
-- tables. It may be applied again: it replaces what it made before.
--
-- The idea in one line: a row lies in an envelope, and is seen by whoever holds a grant on that
-- envelope now. The policy of access_grant shows an actor just those grants that open something to
-- them now; so every other policy need only ask whether it can see a grant.

-- Start from nothing, so that what is no longer written here is gone.
DO $$
DECLARE old record;
BEGIN
  FOR old IN SELECT polname, polrelid::regclass AS relation FROM pg_policy LOOP
    EXECUTE format('DROP POLICY %I ON %s', old.polname, old.relation);
  END LOOP;
  FOR old IN SELECT oid::regprocedure AS routine FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND proname ~ '^(actor|access)(_|$)'
  LOOP
    EXECUTE format('DROP ROUTINE IF EXISTS %s CASCADE', old.routine);
  END LOOP;
END $$;

-- What runs as the owner is for the application alone, never for the figures.
REVOKE EXECUTE ON ALL ROUTINES IN SCHEMA public FROM PUBLIC;
GRANT EXECUTE ON ALL ROUTINES IN SCHEMA public TO onestory_app;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON ROUTINES FROM PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON ROUTINES TO onestory_app;

-- Who acts. Set for each transaction; unset means nobody, and nobody sees nothing. (This and the next
-- name no table, so they need no search_path of their own, and PostgreSQL can take them inline.)
CREATE FUNCTION actor() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT nullif(current_setting('onestory.actor', true), '')::uuid
$$;

-- The day it is where the people are, since the database keeps another clock.
CREATE FUNCTION actor_today() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT (now() AT TIME ZONE 'Europe/London')::date
$$;

-- From here to actor_barred, the functions that nearly every query asks are in PL/pgSQL, which keeps
-- its plans: up to PostgreSQL 17 SQL functions are planned anew for each query, at ten times the cost.
CREATE FUNCTION actor_is_system() RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM agencies_user u WHERE u.id = actor() AND u.is_system);
END $$;

-- The teams whose grants open envelopes to the actor today. Who that is and what day it is stand in
-- variables, or they would be worked out again for each row looked at: nearly every query asks this.
CREATE FUNCTION actor_teams() RETURNS uuid[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  me uuid := actor();
  today date := actor_today();
  named uuid := nullif(current_setting('onestory.team', true), '')::uuid;
BEGIN
  RETURN ARRAY(
    SELECT m.team_id
    FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id
    WHERE m.user_id = me AND u.is_active AND m.works_cases
      AND m.starts_on <= today AND (m.ends_on IS NULL OR m.ends_on >= today)
    UNION ALL
    -- Commands and jobs work for one team, which they name.
    SELECT t.id FROM agencies_team t
    WHERE named IS NOT NULL AND t.id = named AND actor_is_system()
  );
END $$;

CREATE FUNCTION actor_holds_role(wanted text) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  me uuid := actor();
  today date := actor_today();
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id
    WHERE m.user_id = me AND u.is_active AND m.role = wanted
      AND m.starts_on <= today AND (m.ends_on IS NULL OR m.ends_on >= today)
  ) OR actor_is_system();
END $$;

-- Everybody whose record is barred to the actor. Runs as the owner, since the barred must not learn
-- that they are. (People puts a wider one in its place, which knows of joined records.)
CREATE FUNCTION actor_barred_people() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN ARRAY(
    SELECT b.person_id FROM access_barring b WHERE b.user_id = actor() AND b.ended_at IS NULL
  );
END $$;

-- Their envelopes.
CREATE FUNCTION actor_barred() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN ARRAY(
    SELECT e.id FROM unnest(actor_barred_people()) AS b (person_id)
      JOIN access_envelope e ON e.person_id = b.person_id
  );
END $$;

-- The grants that open this envelope to the actor now. Now is when the statement began, not the
-- transaction: who waited for a colleague to finish must see what she has just shared. For the functions below, which run as the
-- owner; everything else asks access_grant itself, whose policy says the same. It names schemas and
-- has no search_path of its own, so that PostgreSQL takes it inline; and here as in the policies,
-- (SELECT …) asks who acts once for the whole query, not once for each row.
CREATE FUNCTION access_mine(envelope uuid) RETURNS SETOF access_grant
LANGUAGE sql STABLE AS $$
  SELECT g.* FROM public.access_grant g
  WHERE g.envelope_id = envelope AND g.team_id = ANY ((SELECT public.actor_teams())::uuid[])
    AND (g.user_id IS NULL OR g.user_id = (SELECT public.actor()))
    AND g.starts_at <= statement_timestamp()
    AND (g.ends_at IS NULL OR g.ends_at > statement_timestamp())
    AND g.envelope_id <> ALL ((SELECT public.actor_barred())::uuid[])
$$;

-- May the actor give this grant? The one place that says so. Runs as the owner, since it has to see
-- grants that are not the actor's own.
CREATE FUNCTION actor_may_give(given access_grant) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT given.envelope_id <> ALL (actor_barred())
  -- What it is said to rest on says the same: asked or decided now, by the same, of the same team.
  AND (given.consent_id IS NULL OR EXISTS (
    SELECT 1 FROM access_consent c JOIN access_envelope e ON e.kind = ANY (c.kinds)
    WHERE c.id = given.consent_id AND e.id = given.envelope_id AND c.answer = 'given'
      AND c.to_team_id = given.team_id AND c.asked_by_id = actor() AND c.asked_at = now()))
  AND (given.without_consent_id IS NULL OR EXISTS (
    SELECT 1 FROM access_sharewithoutconsent s JOIN access_envelope e ON e.kind = ANY (s.kinds)
    WHERE s.id = given.without_consent_id AND e.id = given.envelope_id
      AND s.to_team_id = given.team_id AND s.shared_by_id = actor() AND s.shared_at = now()))
  AND (
    -- Someone who may share what is in it, and no more nor for longer than they hold it.
    EXISTS (
      SELECT 1 FROM access_mine(given.envelope_id) g
      WHERE g.may_share AND (g.may_write OR NOT given.may_write)
        AND (g.ends_at IS NULL OR given.ends_at <= g.ends_at)
    )
    -- Whoever has just made it, to their own team, while nobody holds it.
    OR (
      given.team_id = ANY (actor_teams())
      AND EXISTS (
        SELECT 1 FROM access_envelope e
        WHERE e.id = given.envelope_id AND e.created_by_id = actor() AND e.created_at = now())
      AND NOT EXISTS (SELECT 1 FROM access_grant g WHERE g.envelope_id = given.envelope_id)
    )
    -- Break-glass: to oneself, to read, for a day at most, and only together with an opening to
    -- review.
    OR (
      given.basis = 'break-glass' AND NOT given.may_write AND NOT given.may_share
      AND given.user_id = actor() AND given.team_id = ANY (actor_teams())
      AND given.ends_at <= now() + interval '24 hours'
      AND EXISTS (
        SELECT 1 FROM access_emergencyopening o JOIN access_envelope e ON e.person_id = o.person_id
        WHERE e.id = given.envelope_id AND o.opened_by_id = actor() AND o.opened_at = now()
      )
    )
  )
$$;

-- May the actor make an envelope for this person? Somebody new, or somebody they can see already;
-- else a kind that is missing could be taken from under those who work with them.
CREATE FUNCTION actor_may_add_envelope(person uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT person IS NULL
    OR NOT EXISTS (SELECT 1 FROM access_envelope e WHERE e.person_id = person)
    OR EXISTS (
      SELECT 1 FROM access_envelope e CROSS JOIN LATERAL access_mine(e.id)
      WHERE e.person_id = person)
$$;

-- The team of the people themselves, through which each sees what is known of them and no more.
-- The same number stands in agencies/roles.py.
CREATE FUNCTION access_own_pages() RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT '0197a3c0-0000-7000-8000-000000000001'::uuid
$$;

-- Is the actor this person, on their own pages?
CREATE FUNCTION access_is_self(person uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM access_envelope e CROSS JOIN LATERAL access_mine(e.id) g
    WHERE e.person_id = person AND e.kind = 'identity'
      AND g.team_id = access_own_pages() AND g.user_id = actor())
$$;

-- Does the actor hold this envelope through their work, and not as the person themselves?
CREATE FUNCTION access_works_with(envelope uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM access_mine(envelope) g WHERE g.team_id <> access_own_pages())
$$;

-- The envelopes of this person of which the actor may know who holds them: those who hold one
-- themselves, guardians, and the person. (Who holds what is known of somebody's conduct is never
-- told to them: it would say who told.)
CREATE FUNCTION access_known(person uuid) RETURNS SETOF access_envelope
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT e.* FROM access_envelope e
  WHERE e.person_id = person AND e.id <> ALL ((SELECT actor_barred())::uuid[])
    AND ((SELECT actor_holds_role('guardian')) OR access_works_with(e.id)
      OR (e.kind <> 'conduct' AND (SELECT access_is_self(person))))
$$;

-- Everybody who holds or held one of those: "who knows". What somebody decided not to tell the
-- person is left out where the actor is that person, and only there.
CREATE FUNCTION access_who_knows(person uuid) RETURNS SETOF access_grant
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT g.* FROM access_known(person) e JOIN access_grant g ON g.envelope_id = e.id
  WHERE g.without_consent_id IS NULL
    OR EXISTS (SELECT 1 FROM access_sharewithoutconsent s
               WHERE s.id = g.without_consent_id AND s.told_at IS NOT NULL)
    OR (SELECT actor_holds_role('guardian')) OR access_works_with(e.id)
$$;

-- Every reading of those envelopes by somebody to whom a grant of those opened it then. So what was
-- read through a share that the person is not told of is left out for them as well.
CREATE FUNCTION access_reads(person uuid)
RETURNS TABLE (entry_id bigint, at timestamptz, actor_id uuid, place text, kind text, team_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH known AS MATERIALIZED (SELECT e.id, e.kind FROM access_known(person) e),
  held AS MATERIALIZED (
    SELECT g.* FROM access_who_knows(person) g WHERE g.team_id <> access_own_pages()),
  worked AS MATERIALIZED (
    SELECT m.user_id, m.team_id, m.starts_on, m.ends_on FROM agencies_membership m
    WHERE m.works_cases AND m.team_id IN (SELECT team_id FROM held)),
  read AS MATERIALIZED (
    SELECT r.id, r.at, r.actor_id, r.subject, r.envelopes FROM access_entry r
    WHERE r.verb = 'read' AND r.envelopes && (SELECT array_agg(id) FROM known))
  SELECT DISTINCT r.id, r.at, r.actor_id, r.subject, e.kind, g.team_id
  FROM read r
    JOIN known e ON e.id = ANY (r.envelopes)
    JOIN held g ON g.envelope_id = e.id AND g.starts_at <= r.at
      AND (g.ends_at IS NULL OR g.ends_at > r.at)
    LEFT JOIN worked m ON m.user_id = r.actor_id AND m.team_id = g.team_id
      AND m.starts_on <= (r.at AT TIME ZONE 'Europe/London')::date
      AND (m.ends_on IS NULL OR m.ends_on >= (r.at AT TIME ZONE 'Europe/London')::date)
  WHERE CASE WHEN g.user_id IS NULL THEN m.user_id IS NOT NULL ELSE g.user_id = r.actor_id END
$$;

-- How many rows of each kind were open to a team at any moment of a day: what lay in the envelopes
-- that it held then, and had not been superseded. Counts only; every table whose rows lie in an
-- envelope is found in the catalogue.
CREATE FUNCTION access_rows_on(person uuid, team uuid, day date)
RETURNS TABLE (kind text, what text, how_many bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  found record;
  begins timestamptz := day::timestamp AT TIME ZONE 'Europe/London';
  over timestamptz := (day + 1)::timestamp AT TIME ZONE 'Europe/London';
  envelopes uuid[];
  kinds text[];
  since timestamptz[];
  until timestamptz[];
BEGIN
  SELECT array_agg(e.id), array_agg(e.kind), array_agg(greatest(g.starts_at, begins)),
    array_agg(least(coalesce(g.ends_at, over), over))
  INTO envelopes, kinds, since, until
  FROM access_known(person) e JOIN access_who_knows(person) g ON g.envelope_id = e.id
  WHERE g.team_id = team AND greatest(g.starts_at, begins) < least(coalesce(g.ends_at, over), over);
  IF envelopes IS NULL THEN
    RETURN;
  END IF;
  FOR found IN
    SELECT c.conrelid::regclass AS relation, c.conrelid::regclass::text AS called,
      bool_or(a.attname = 'superseded_at') AS superseded
    FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum > 0
    WHERE c.contype = 'f' AND c.confrelid = 'access_envelope'::regclass
    GROUP BY c.conrelid HAVING bool_or(a.attname = 'recorded_at') ORDER BY 2
  LOOP
    RETURN QUERY EXECUTE format(
      'SELECT g.kind, %L::text, count(DISTINCT r.id)
       FROM unnest($1, $2, $3, $4) AS g (envelope, kind, since, until)
         JOIN %s r ON r.envelope_id = g.envelope AND r.recorded_at < g.until AND %s
       GROUP BY g.kind',
      found.called, found.relation,
      CASE WHEN found.superseded
        THEN '(r.superseded_at IS NULL OR r.superseded_at > g.since)' ELSE 'true' END)
    USING envelopes, kinds, since, until;
  END LOOP;
END $$;

-- Ends now what still stands open by a consent, of these kinds, and gives back the envelopes. Taking
-- a consent back must never fail for want of a right: whoever may see the consent may end it, the
-- person themselves first of all.
CREATE FUNCTION access_end_consent(which uuid, of_kinds text[], why text)
RETURNS SETOF access_envelope
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH ended AS (
    UPDATE access_grant g SET ends_at = greatest(now(), g.starts_at), ended_at = now(),
      ended_by_id = actor(), end_reason = why
    FROM access_envelope e, access_consent c
    WHERE c.id = which AND g.consent_id = c.id AND e.id = g.envelope_id AND e.kind = ANY (of_kinds)
      AND g.ended_at IS NULL AND (g.ends_at IS NULL OR g.ends_at > statement_timestamp())
      AND EXISTS (
        SELECT 1 FROM access_envelope i CROSS JOIN LATERAL access_mine(i.id)
        WHERE i.person_id = c.person_id AND i.kind = 'identity')
    RETURNING g.envelope_id
  )
  SELECT e.* FROM access_envelope e JOIN ended ON ended.envelope_id = e.id
$$;

-- Ends what a team sees by a yes that was noted with a contact or a referral, without a question of its
-- own: `bases` are the area's that are consent, and a consent is given no other reason. The same may
-- end it who may end a consent.
CREATE FUNCTION access_end_noted(people uuid[], of_team uuid, bases text[], why text)
RETURNS SETOF access_envelope
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH ended AS (
    UPDATE access_grant g SET ends_at = greatest(now(), g.starts_at), ended_at = now(),
      ended_by_id = actor(), end_reason = why
    FROM access_envelope e
    WHERE e.person_id = ANY (people) AND g.envelope_id = e.id AND g.team_id = of_team
      AND g.basis = ANY (bases) AND g.consent_id IS NULL AND g.without_consent_id IS NULL
      AND g.reason = '' AND g.user_id IS NULL
      AND g.basis NOT IN ('recorded', 'break-glass', 'subject-access', 'review', 'correction')
      AND g.ended_at IS NULL AND (g.ends_at IS NULL OR g.ends_at > statement_timestamp())
      AND EXISTS (
        SELECT 1 FROM access_envelope i CROSS JOIN LATERAL access_mine(i.id)
        WHERE i.person_id = e.person_id AND i.kind = 'identity')
    RETURNING g.envelope_id
  )
  SELECT e.* FROM access_envelope e JOIN ended ON ended.envelope_id = e.id
$$;

-- Ends a grant now, and gives back its envelope; or nothing, if there is none that the actor may
-- end. May: its giver, the team that holds it, those who may share the envelope, guardians. What
-- has ended by itself stays as it was: what a team knew on a day must not change afterwards.
CREATE FUNCTION access_end_grant(which uuid, why text) RETURNS SETOF access_envelope
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH ended AS (
    UPDATE access_grant g SET ends_at = greatest(now(), g.starts_at), ended_at = now(),
      ended_by_id = actor(), end_reason = why
    WHERE g.id = which AND g.ended_at IS NULL
      AND (g.ends_at IS NULL OR g.ends_at > statement_timestamp())
      AND g.envelope_id <> ALL (actor_barred())
      AND (
        actor_holds_role('guardian')
        OR g.given_by_id = actor()
        OR g.team_id = ANY (actor_teams())
        OR EXISTS (SELECT 1 FROM access_mine(g.envelope_id) mine WHERE mine.may_share)
      )
    RETURNING g.envelope_id
  )
  SELECT e.* FROM access_envelope e JOIN ended ON ended.envelope_id = e.id
$$;

-- The kinds of envelope this person has, for showing the closed ones closed and for break-glass. It
-- answers only for a person of whom the actor can already see something, or has broken the glass.
CREATE FUNCTION access_envelopes_of(person uuid) RETURNS SETOF access_envelope
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT e.* FROM access_envelope e
  WHERE e.person_id = person AND e.id <> ALL ((SELECT actor_barred())::uuid[]) AND (
    EXISTS (
      SELECT 1 FROM access_envelope mine CROSS JOIN LATERAL access_mine(mine.id)
      WHERE mine.person_id = person)
    OR EXISTS (
      SELECT 1 FROM access_emergencyopening o
      WHERE o.person_id = person AND o.opened_by_id = actor() AND o.ends_at > now()
        AND o.justified IS NOT FALSE
    )
  )
$$;

-- Whom a reference names, that somebody was told over the telephone in an emergency; null if nobody,
-- or nobody for this actor. Each try goes on the record here, so that none can be made without; after
-- five wrong ones in an hour nothing is found. `tries` says how many were wrong before this one.
CREATE FUNCTION access_find_in_emergency(wanted text, OUT person uuid, OUT tries bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE named uuid;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('emergency ' || actor(), 0));
  SELECT count(*) INTO tries FROM access_entry r
  WHERE r.actor_id = actor() AND r.verb = 'glass.look' AND r.detail -> 'found' = 'false'
    AND r.at > clock_timestamp() - interval '1 hour';
  SELECT p.id INTO named FROM people_person p WHERE p.reference = wanted;
  IF tries < 5 AND cardinality(actor_teams()) > 0 AND named <> ALL (actor_barred_people()) THEN
    person := named;
  END IF;
  INSERT INTO access_entry (at, transaction, actor_id, verb, person_id, envelopes, subject, detail)
  VALUES (clock_timestamp(), pg_current_xact_id()::text::bigint, actor(), 'glass.look', named, '{}',
          'reference:' || wanted, jsonb_build_object('found', person IS NOT NULL));
END $$;

-- The entries of the record about a person, for guardians. A function, because the index on the
-- array of envelopes could not serve a query under a policy.
CREATE FUNCTION access_entries_about(person uuid) RETURNS SETOF access_entry
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT r.* FROM access_entry r
  WHERE actor_holds_role('guardian') AND person <> ALL (actor_barred_people()) AND (
    r.person_id = person
    OR r.envelopes && (SELECT array_agg(e.id) FROM access_envelope e WHERE e.person_id = person)
  )
$$;

-- What stands behind entries, for guardians: whose envelopes of which kind they are about, and the
-- grants that opened those to the one who acted.
CREATE FUNCTION access_behind(entries bigint[])
RETURNS TABLE (entry_id bigint, person_id uuid, kind text, team_id uuid, basis text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT r.id, e.person_id, e.kind, g.team_id, g.basis
  FROM access_entry r
    JOIN access_envelope e ON e.id = ANY (r.envelopes)
    LEFT JOIN access_grant g ON g.envelope_id = e.id
      AND g.starts_at <= r.at AND (g.ends_at IS NULL OR g.ends_at > r.at)
      AND coalesce(g.user_id = r.actor_id, EXISTS (
        SELECT 1 FROM agencies_membership m
        WHERE m.user_id = r.actor_id AND m.team_id = g.team_id AND m.works_cases
          AND m.starts_on <= r.at::date AND (m.ends_on IS NULL OR m.ends_on >= r.at::date)))
  WHERE r.id = ANY (entries) AND actor_holds_role('guardian') AND e.id <> ALL (actor_barred())
$$;

-- How many people's records each member of staff opened in a time, one record at a time (a list
-- shows many at once), for guardians.
CREATE FUNCTION access_opened_by_staff(since timestamptz, until timestamptz, more_than bigint)
RETURNS TABLE (actor_id uuid, day date, people bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT one.actor_id, one.day, count(DISTINCT one.person_id) FROM (
    SELECT r.id, r.actor_id, (r.at AT TIME ZONE 'Europe/London')::date AS day,
           (array_agg(e.person_id))[1] AS person_id
    FROM access_entry r JOIN access_envelope e ON e.id = ANY (r.envelopes)
    WHERE actor_holds_role('guardian') AND r.verb = 'read' AND r.at >= since AND r.at < until
    GROUP BY r.id HAVING count(DISTINCT e.person_id) = 1
  ) AS one
  GROUP BY one.actor_id, one.day HAVING count(DISTINCT one.person_id) > more_than
$$;

-- Holds a row that names a person to an envelope of the same person. A key of two columns, which models
-- cannot say; so it is made here, once for every table that is protected, and none can be forgotten.
CREATE PROCEDURE access_of_person(which regclass)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE called name := which || '_envelope_is_of_person';
BEGIN
  IF EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = which AND a.attname = 'person_id')
    AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conrelid = which AND c.conname = called)
  THEN
    EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I FOREIGN KEY (envelope_id, person_id)'
      ' REFERENCES access_envelope (id, person_id) DEFERRABLE INITIALLY DEFERRED', which, called);
  END IF;
END $$;

-- Puts a table of rows that lie in envelopes under the one rule. A row stays in its envelope, and
-- says who wrote it, for good: an UPDATE may not touch that.
CREATE PROCEDURE access_protect(which regclass)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  held text := format('EXISTS (SELECT 1 FROM access_grant g WHERE g.envelope_id = %s.envelope_id)', which);
  written text := format(
    'EXISTS (SELECT 1 FROM access_grant g WHERE g.envelope_id = %s.envelope_id AND g.may_write)', which);
  signed text := CASE WHEN EXISTS (
      SELECT 1 FROM pg_attribute a WHERE a.attrelid = which AND a.attname = 'recorded_by_id'
    ) THEN ' AND recorded_by_id = (SELECT actor())' ELSE '' END;
  changeable text := (
    SELECT string_agg(quote_ident(a.attname), ', ') FROM pg_attribute a
    WHERE a.attrelid = which AND a.attnum > 0 AND NOT a.attisdropped
      AND a.attname NOT IN ('id', 'envelope_id', 'person_id', 'recorded_at', 'recorded_by_id'));
BEGIN
  CALL access_close(which);
  CALL access_of_person(which);
  EXECUTE format('CREATE POLICY open_to_read ON %s FOR SELECT TO onestory_app USING (%s)', which, held);
  EXECUTE format('CREATE POLICY open_to_add ON %s FOR INSERT TO onestory_app WITH CHECK (%s%s)',
                 which, written, signed);
  EXECUTE format('CREATE POLICY open_to_change ON %s FOR UPDATE TO onestory_app USING (%s) WITH CHECK (%s)',
                 which, written, written);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE (%s) ON %s TO onestory_app', changeable, which);
END $$;

-- Closes a table to everybody but its owner, and takes away what earlier policies gave.
CREATE PROCEDURE access_close(which regclass)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE old record;
BEGIN
  FOR old IN SELECT polname FROM pg_policy WHERE polrelid = which LOOP
    EXECUTE format('DROP POLICY %I ON %s', old.polname, which);
  END LOOP;
  EXECUTE format('REVOKE ALL ON %s FROM onestory_app, onestory_figures', which);
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', which);
  EXECUTE format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY', which);
END $$;

CALL access_close('access_envelope');
CREATE POLICY open_to_read ON access_envelope FOR SELECT TO onestory_app
  USING (EXISTS (SELECT 1 FROM access_grant g WHERE g.envelope_id = access_envelope.id));
CREATE POLICY new_or_known ON access_envelope FOR INSERT TO onestory_app WITH CHECK (
  created_by_id = (SELECT actor()) AND created_at = now() AND actor_may_add_envelope(person_id)
);
GRANT SELECT, INSERT ON access_envelope TO onestory_app;

-- A grant is given now, from now on or later, and has not ended: nobody writes history.
CALL access_close('access_grant');
CREATE POLICY opens_to_me_now ON access_grant FOR SELECT TO onestory_app USING (
  team_id = ANY ((SELECT actor_teams())::uuid[])
  AND (user_id IS NULL OR user_id = (SELECT actor()))
  AND starts_at <= statement_timestamp() AND (ends_at IS NULL OR ends_at > statement_timestamp())
  AND envelope_id <> ALL ((SELECT actor_barred())::uuid[])
);
CREATE POLICY who_may_give ON access_grant FOR INSERT TO onestory_app WITH CHECK (
  given_by_id = (SELECT actor()) AND given_at = now() AND starts_at >= now()
  AND ended_at IS NULL AND end_reason = '' AND actor_may_give(access_grant)
);
GRANT SELECT, INSERT ON access_grant TO onestory_app;

-- What somebody said yes or no to is known, with who they are, to the team that asked and the team that
-- it was about; to whoever may ask them too, so that a later no finds what it takes back; to guardians,
-- and to the person. Whoever was told of them learns nothing of what they said to others. It is never
-- changed.
CALL access_close('access_consent');
CREATE POLICY known_with_identity ON access_consent FOR SELECT TO onestory_app USING (EXISTS (
  SELECT 1 FROM access_envelope e WHERE e.person_id = access_consent.person_id AND e.kind = 'identity'
    AND (access_consent.team_id = ANY ((SELECT actor_teams())::uuid[])
      OR access_consent.to_team_id = ANY ((SELECT actor_teams())::uuid[])
      OR (SELECT actor_holds_role('guardian'))
      OR EXISTS (SELECT 1 FROM access_grant g WHERE g.envelope_id = e.id
        AND (g.may_share OR g.team_id = access_own_pages())))));
CREATE POLICY asked_now ON access_consent FOR INSERT TO onestory_app WITH CHECK (
  asked_by_id = (SELECT actor()) AND asked_at = now()
  AND team_id = ANY ((SELECT actor_teams())::uuid[]) AND to_team_id <> team_id
  AND to_team_id <> access_own_pages()
  AND EXISTS (SELECT 1 FROM access_envelope e
    WHERE e.person_id = access_consent.person_id AND e.kind = 'identity')
);
GRANT SELECT, INSERT ON access_consent TO onestory_app;

CALL access_close('access_withdrawal');
CREATE POLICY known_with_consent ON access_withdrawal FOR SELECT TO onestory_app USING (EXISTS (
  SELECT 1 FROM access_consent c WHERE c.id = access_withdrawal.consent_id));
CREATE POLICY taken_back_now ON access_withdrawal FOR INSERT TO onestory_app WITH CHECK (
  withdrawn_by_id = (SELECT actor()) AND withdrawn_at = now()
  AND EXISTS (SELECT 1 FROM access_consent c
    WHERE c.id = consent_id AND c.answer = 'given' AND access_withdrawal.kinds <@ c.kinds)
);
GRANT SELECT, INSERT ON access_withdrawal TO onestory_app;

-- A share without consent is known in the same way; to the person only once they are told.
CALL access_close('access_sharewithoutconsent');
CREATE POLICY known_with_identity ON access_sharewithoutconsent FOR SELECT TO onestory_app USING (EXISTS (
  SELECT 1 FROM access_envelope e JOIN access_grant g ON g.envelope_id = e.id
  WHERE e.person_id = access_sharewithoutconsent.person_id AND e.kind = 'identity'
    AND (told_at IS NOT NULL OR g.team_id <> access_own_pages())));
CREATE POLICY decided_now ON access_sharewithoutconsent FOR INSERT TO onestory_app WITH CHECK (
  shared_by_id = (SELECT actor()) AND shared_at = now()
  AND (told_by_id IS NULL OR told_by_id = (SELECT actor()))
  AND team_id = ANY ((SELECT actor_teams())::uuid[]) AND team_id <> access_own_pages()
  AND to_team_id <> team_id AND to_team_id <> access_own_pages()
  AND EXISTS (SELECT 1 FROM access_envelope e JOIN access_grant g ON g.envelope_id = e.id
    WHERE e.person_id = access_sharewithoutconsent.person_id AND e.kind = 'identity'
      AND g.team_id <> access_own_pages())
);
CREATE POLICY told_later ON access_sharewithoutconsent FOR UPDATE TO onestory_app
  USING (told_at IS NULL AND EXISTS (
    SELECT 1 FROM access_envelope e JOIN access_grant g ON g.envelope_id = e.id
    WHERE e.person_id = access_sharewithoutconsent.person_id AND e.kind = 'identity'
      AND g.team_id <> access_own_pages()))
  WITH CHECK (told_by_id = (SELECT actor()) AND told_at IS NOT NULL);
GRANT SELECT, INSERT, UPDATE (told_at, told_by_id) ON access_sharewithoutconsent TO onestory_app;

-- Whoever holds an envelope of the person may bar somebody; guardians may; nobody barred sees it.
CALL access_close('access_barring');
CREATE POLICY known_to_holders ON access_barring FOR SELECT TO onestory_app USING (
  user_id <> (SELECT actor()) AND person_id <> ALL ((SELECT actor_barred_people())::uuid[]) AND (
    (SELECT actor_holds_role('guardian'))
    OR EXISTS (SELECT 1 FROM access_envelope e WHERE e.person_id = access_barring.person_id)
  )
);
CREATE POLICY holders_bar ON access_barring FOR INSERT TO onestory_app WITH CHECK (
  barred_by_id = (SELECT actor()) AND user_id <> (SELECT actor()) AND ended_at IS NULL
  AND person_id <> ALL ((SELECT actor_barred_people())::uuid[]) AND (
    (SELECT actor_holds_role('guardian'))
    OR EXISTS (SELECT 1 FROM access_envelope e WHERE e.person_id = access_barring.person_id)
  )
);
CREATE POLICY guardians_lift ON access_barring FOR UPDATE TO onestory_app
  USING ((SELECT actor_holds_role('guardian')) AND user_id <> (SELECT actor()) AND ended_at IS NULL)
  WITH CHECK (ended_by_id = (SELECT actor()) AND user_id <> (SELECT actor()));
GRANT SELECT, INSERT, UPDATE (ended_at, ended_by_id) ON access_barring TO onestory_app;

CALL access_close('access_emergencyopening');
CREATE POLICY own_or_guardian ON access_emergencyopening FOR SELECT TO onestory_app USING (
  opened_by_id = (SELECT actor())
  OR ((SELECT actor_holds_role('guardian')) AND person_id <> ALL ((SELECT actor_barred_people())::uuid[]))
);
CREATE POLICY own_name_only ON access_emergencyopening FOR INSERT TO onestory_app WITH CHECK (
  opened_by_id = (SELECT actor()) AND team_id = ANY ((SELECT actor_teams())::uuid[])
  AND person_id <> ALL ((SELECT actor_barred_people())::uuid[])
  AND opened_at = now() AND ends_at <= now() + interval '24 hours'
  AND reviewed_at IS NULL AND justified IS NULL AND finding = ''
);
CREATE POLICY another_guardian_reviews ON access_emergencyopening FOR UPDATE TO onestory_app
  USING ((SELECT actor_holds_role('guardian')) AND opened_by_id <> (SELECT actor()) AND reviewed_at IS NULL)
  WITH CHECK (reviewed_by_id = (SELECT actor()));
GRANT SELECT, INSERT, UPDATE (reviewed_at, reviewed_by_id, justified, finding)
  ON access_emergencyopening TO onestory_app;

-- The record: everybody adds in their own name, now; guardians read; nobody changes or takes away.
CALL access_close('access_entry');
CREATE POLICY in_own_name ON access_entry FOR INSERT TO onestory_app WITH CHECK (
  actor_id IS NOT DISTINCT FROM (SELECT actor()) AND at >= now()
  AND transaction = pg_current_xact_id()::text::bigint
);
CREATE POLICY guardians_read ON access_entry FOR SELECT TO onestory_app USING (
  (SELECT actor_holds_role('guardian'))
  AND (person_id IS NULL OR person_id <> ALL ((SELECT actor_barred_people())::uuid[]))
  AND NOT envelopes && (SELECT actor_barred())
);
GRANT SELECT, INSERT (at, transaction, actor_id, verb, person_id, envelopes, subject, detail)
  ON access_entry TO onestory_app;
GRANT USAGE ON SEQUENCE access_entry_id_seq TO onestory_app;

CALL access_close('access_seal');
CREATE POLICY guardians_read ON access_seal FOR SELECT TO onestory_app
  USING ((SELECT actor_holds_role('guardian')));
CREATE POLICY jobs_seal ON access_seal FOR INSERT TO onestory_app
  WITH CHECK ((SELECT actor_is_system()));
GRANT SELECT, INSERT ON access_seal TO onestory_app;

CREATE FUNCTION access_append_only() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  RAISE EXCEPTION 'the record is added to, never changed (% on %)', TG_OP, TG_TABLE_NAME;
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON access_entry
  FOR EACH STATEMENT EXECUTE FUNCTION access_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON access_seal
  FOR EACH STATEMENT EXECUTE FUNCTION access_append_only();
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON access_consent
  FOR EACH STATEMENT EXECUTE FUNCTION access_append_only();
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON access_withdrawal
  FOR EACH STATEMENT EXECUTE FUNCTION access_append_only();
CREATE TRIGGER never_deleted BEFORE DELETE OR TRUNCATE ON access_grant
  FOR EACH STATEMENT EXECUTE FUNCTION access_append_only();

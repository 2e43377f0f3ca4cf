-- People: a person is seen by whoever can open one of their envelopes.

CALL access_close('people_person');
CREATE POLICY known_by_an_envelope ON people_person FOR SELECT TO onestory_app USING (
  EXISTS (SELECT 1 FROM access_envelope e WHERE e.person_id = people_person.id)
  OR ((SELECT actor_holds_role('guardian')) AND id <> ALL ((SELECT actor_barred_people())::uuid[]))
);
CREATE POLICY in_own_name ON people_person FOR INSERT TO onestory_app
  WITH CHECK (added_by_id = (SELECT actor()) AND joined_into_id IS NULL);
CREATE POLICY known_may_be_joined ON people_person FOR UPDATE TO onestory_app
  USING (EXISTS (SELECT 1 FROM access_envelope e WHERE e.person_id = people_person.id))
  WITH CHECK (
    EXISTS (SELECT 1 FROM access_envelope e WHERE e.person_id = people_person.id)
    AND (joined_into_id IS NULL
      OR EXISTS (SELECT 1 FROM access_envelope e WHERE e.person_id = people_person.joined_into_id))
  );
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

-- Every record of one human being, as joined by people. Not for the application to ask.
CREATE OR REPLACE FUNCTION people_same_human(person uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  WITH RECURSIVE same (id) AS (
    SELECT person
    UNION
    SELECT next.id FROM same CROSS JOIN LATERAL (
      SELECT p.joined_into_id AS id FROM people_person p
      WHERE p.id = same.id AND p.joined_into_id IS NOT NULL
      UNION ALL
      SELECT p.id FROM people_person p WHERE p.joined_into_id = same.id
    ) AS next
  )
  SELECT id FROM same
$$;
REVOKE EXECUTE ON FUNCTION people_same_human FROM PUBLIC, onestory_app;

-- The same for many at once: each record of each of them, beside the one that was asked about.
CREATE OR REPLACE FUNCTION people_same_humans(people uuid[]) RETURNS TABLE (asked uuid, id uuid)
LANGUAGE sql STABLE ROWS 100 SET search_path = pg_catalog, public, pg_temp AS $$
  WITH RECURSIVE same (asked, id) AS (
    SELECT p, p FROM unnest(people) AS p
    UNION
    SELECT same.asked, next.id FROM same CROSS JOIN LATERAL (
      SELECT p.joined_into_id AS id FROM people_person p
      WHERE p.id = same.id AND p.joined_into_id IS NOT NULL
      UNION ALL
      SELECT p.id FROM people_person p WHERE p.joined_into_id = same.id
    ) AS next
  )
  SELECT same.asked, same.id FROM same
$$;
REVOKE EXECUTE ON FUNCTION people_same_humans FROM PUBLIC, onestory_app;

-- Whether two people are of one chain of joined records. Runs as the owner, since a link of the
-- chain may be closed to the actor, and a ring must never be made.
CREATE OR REPLACE FUNCTION people_are_joined(one uuid, other uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT other IN (SELECT people_same_human(one))
$$;

-- A barring holds for every record of the same human being: joining must not open what is barred.
-- This takes the place of the plain one in access, which knows nothing of joining.
CREATE OR REPLACE FUNCTION actor_barred_people() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN ARRAY(
    WITH RECURSIVE barred (id, related) AS (
      SELECT b.person_id, false FROM access_barring b
      WHERE b.user_id = actor() AND b.ended_at IS NULL
      UNION
      SELECT next.id, next.related FROM barred CROSS JOIN LATERAL (
        SELECT p.joined_into_id AS id, barred.related FROM people_person p
        WHERE p.id = barred.id AND p.joined_into_id IS NOT NULL
        UNION ALL
        SELECT p.id, barred.related FROM people_person p WHERE p.joined_into_id = barred.id
        UNION ALL
        -- Those in their life too: a brother who finds her husband among his team's records knows
        -- that she has told somebody.
        SELECT r.other_id, true FROM people_relationship r
        WHERE r.person_id = barred.id AND NOT barred.related
      ) AS next
    )
    SELECT DISTINCT id FROM barred
  );
END $$;

-- Tells those who hold a likely match of `person`, which the actor may not see, that the actor's
-- team has recorded somebody who may be the same. The match lies in identity envelopes alone, and
-- takes both names and a date of birth. The actor learns nothing: always nothing comes back, and
-- always one entry goes on the record.
CREATE OR REPLACE FUNCTION people_tell_holders(
  person uuid, kinds text[], vals text[], weights float8[], tell_from float8
) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  me uuid := actor();
  teams uuid[] := actor_teams();
  barred uuid[] := actor_barred();
  their_team uuid;
  told uuid[];
BEGIN
  SELECT g.team_id INTO their_team
  FROM access_grant g JOIN access_envelope e ON e.id = g.envelope_id
  WHERE e.person_id = person AND e.kind = 'identity' AND g.may_write
    -- Nobody is told that somebody has pages of their own.
    AND g.team_id <> access_own_pages()
    AND g.team_id = ANY (teams) AND (g.user_id IS NULL OR g.user_id = me)
    AND g.starts_at <= statement_timestamp()
    AND (g.ends_at IS NULL OR g.ends_at > statement_timestamp())
    AND e.id <> ALL (barred)
  ORDER BY g.starts_at, g.id LIMIT 1;
  IF their_team IS NULL THEN
    RETURN;
  END IF;

  WITH alike AS (
    SELECT s.envelope_id, s.person_id, sum(w.weight) AS weight
    FROM unnest(kinds, vals, weights) AS w (kind, value, weight)
      JOIN people_searchkey s ON s.value = w.value AND s.kind = w.kind
    WHERE s.person_id <> person
    GROUP BY s.envelope_id, s.person_id
    HAVING sum(w.weight) >= tell_from
      AND bool_or(s.kind = 'dob') AND bool_or(s.kind IN ('pair', 'near'))
  ), hidden AS (
    SELECT a.* FROM alike a
    WHERE EXISTS (
      SELECT 1 FROM access_envelope e WHERE e.id = a.envelope_id AND e.kind = 'identity'
    ) AND NOT EXISTS (
      SELECT 1 FROM access_grant g
      WHERE g.envelope_id = a.envelope_id AND g.team_id = ANY (teams)
        AND (g.user_id IS NULL OR g.user_id = me)
        AND g.starts_at <= statement_timestamp()
        AND (g.ends_at IS NULL OR g.ends_at > statement_timestamp())
        AND g.envelope_id <> ALL (barred)
    ) AND a.person_id NOT IN (SELECT people_same_human(person))
  ), written AS (
    INSERT INTO people_matchnotice
      (id, envelope_id, person_id, other_id, other_team_id, weight, recorded_by_id, recorded_at,
       settled_how)
    SELECT gen_random_uuid(), h.envelope_id, h.person_id, person, their_team, h.weight, actor(),
           now(), ''
    FROM hidden h
    ON CONFLICT (person_id, other_id) DO NOTHING
    RETURNING envelope_id
  )
  SELECT coalesce(array_agg(envelope_id ORDER BY envelope_id), '{}') INTO told FROM written;

  INSERT INTO access_entry (at, transaction, actor_id, verb, person_id, envelopes, subject, detail)
  VALUES (clock_timestamp(), pg_current_xact_id()::text::bigint, actor(), 'match.tell', person,
          told, '', jsonb_build_object('told', cardinality(told)));
END $$;

-- Notices are written by people_tell_holders alone.
CALL access_protect('people_matchnotice');
REVOKE INSERT, UPDATE ON people_matchnotice FROM onestory_app;
GRANT UPDATE (settled_at, settled_by_id, settled_how) ON people_matchnotice TO onestory_app;

-- A request is made by a team that knows the person, and answered by whoever may share the envelope.
CALL access_close('people_accessrequest');
CALL access_of_person('people_accessrequest');
CREATE POLICY asked_or_held ON people_accessrequest FOR SELECT TO onestory_app USING (
  EXISTS (SELECT 1 FROM access_grant g WHERE g.envelope_id = people_accessrequest.envelope_id)
  OR (team_id = ANY ((SELECT actor_teams())::uuid[])
    AND envelope_id <> ALL ((SELECT actor_barred())::uuid[]))
);
CREATE POLICY knows_the_person ON people_accessrequest FOR INSERT TO onestory_app WITH CHECK (
  asked_by_id = (SELECT actor()) AND team_id = ANY ((SELECT actor_teams())::uuid[])
  AND answered_at IS NULL
  AND EXISTS (SELECT 1 FROM access_envelopes_of(person_id) e WHERE e.id = envelope_id)
);
CREATE POLICY may_share_it ON people_accessrequest FOR UPDATE TO onestory_app
  USING (EXISTS (SELECT 1 FROM access_grant g
    WHERE g.envelope_id = people_accessrequest.envelope_id AND g.may_share))
  WITH CHECK (answered_by_id = (SELECT actor()));
GRANT SELECT, INSERT, UPDATE (answered_at, answered_by_id, agreed, answer)
  ON people_accessrequest TO onestory_app;

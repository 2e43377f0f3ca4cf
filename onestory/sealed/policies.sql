-- Sealed accounts: rows in envelopes that have no person, under the one rule.

CALL access_protect('sealed_account');
CALL access_protect('sealed_evidence');
CALL access_protect('sealed_agreedfact');
CALL access_protect('sealed_release');
CALL access_protect('sealed_slip');

-- Which account is like which is nobody's to read: the functions below say as much as may be known.
CALL access_close('sealed_pair');

-- An echo is written by the database alone, and answered by those who hold the account.
CALL access_protect('sealed_echo');
DROP POLICY open_to_add ON sealed_echo;
REVOKE INSERT, UPDATE ON sealed_echo FROM onestory_app;
GRANT UPDATE (willing, answered_at, answered_by_id) ON sealed_echo TO onestory_app;

-- Tells the holders of both accounts that there is another, where the facts that are alike amount to
-- `needed`. It answers how many of them were told now; of which accounts it says nothing.
CREATE OR REPLACE FUNCTION sealed_tell_alike(which uuid, needed bigint) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE found bigint;
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM sealed_account a CROSS JOIN LATERAL access_mine(a.envelope_id) g
    WHERE a.id = which AND g.may_write AND a.destroyed_at IS NULL
  ) THEN
    RETURN 0;
  END IF;
  WITH alike AS (
    SELECT theirs.account_id
    FROM sealed_agreedfact mine
      JOIN sealed_agreedfact theirs ON theirs.mark = mine.mark AND theirs.kind = mine.kind
        AND theirs.account_id <> mine.account_id
      JOIN sealed_account a ON a.id = theirs.account_id AND a.destroyed_at IS NULL
    WHERE mine.account_id = which
    GROUP BY theirs.account_id HAVING sum(least(mine.points, theirs.points)) >= needed
  ), paired AS (
    INSERT INTO sealed_pair (id, one_id, other_id, found_at)
    SELECT gen_random_uuid(), least(which, account_id), greatest(which, account_id), now() FROM alike
    ON CONFLICT (one_id, other_id) DO NOTHING
    RETURNING id, one_id, other_id
  ), told AS (
    INSERT INTO sealed_echo (id, envelope_id, recorded_at, recorded_by_id, account_id, pair)
    SELECT gen_random_uuid(), a.envelope_id, now(), a.recorded_by_id, a.id, p.id
    FROM paired p JOIN sealed_account a ON a.id IN (p.one_id, p.other_id)
    RETURNING account_id
  )
  SELECT count(*) INTO found FROM told WHERE account_id <> which;
  RETURN found;
END $$;

-- The team on the other side of a pair, once both survivors are willing; until then nothing, and not
-- even whether the other has answered.
CREATE OR REPLACE FUNCTION sealed_other_team(which uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT other.team_id
  FROM sealed_echo mine CROSS JOIN LATERAL access_mine(mine.envelope_id) g
    JOIN sealed_echo theirs ON theirs.pair = mine.pair AND theirs.account_id <> mine.account_id
    JOIN sealed_account own ON own.id = mine.account_id
    JOIN sealed_account other ON other.id = theirs.account_id
  WHERE mine.pair = which AND g.may_write AND mine.willing AND theirs.willing
    AND own.destroyed_at IS NULL AND other.destroyed_at IS NULL
  LIMIT 1
$$;

-- She may come to any worker whose team keeps sealed accounts, with her pseudonym and her code. What is
-- compared is the code as it is kept, and the database compares it: nobody reads it there. It asks for
-- the role that carries `sealed.work` in agencies/roles.py.
--
-- How the code of an account was made slow to try; of one that is not there, as if it were.
CREATE OR REPLACE FUNCTION sealed_how(name text, OUT algorithm text, OUT rounds integer, OUT salt text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH kept AS (
    SELECT string_to_array(a.code, '$') AS p, a.pseudonym = name AS is_it FROM sealed_account a
    WHERE a.destroyed_at IS NULL AND (SELECT actor_holds_role('navigator'))
    ORDER BY a.pseudonym = name DESC, a.id LIMIT 1
  ), shown AS (
    SELECT p, is_it FROM kept UNION ALL
    SELECT ARRAY['md5', '', ''], false WHERE NOT EXISTS (SELECT 1 FROM kept)
  )
  SELECT p[1], CASE WHEN cardinality(p) = 4 THEN p[2]::integer END,
    CASE WHEN is_it THEN p[cardinality(p) - 1] ELSE left(md5('sealed ' || name), 22) END
  FROM shown
$$;

-- Opens the account to a team, to read, if pseudonym and code fit; says what came of it. Wrong ones are
-- counted with the account and with whoever tries: after too many in a time none is right.
CREATE OR REPLACE FUNCTION sealed_release(new_release uuid, name text, proof text, to_team uuid,
  for_purpose text, until_day date, most bigint, minutes bigint,
  OUT said text, OUT account uuid, OUT envelope uuid)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  kept sealed_account;
  since timestamptz := clock_timestamp() - make_interval(mins => minutes::integer);
  opened uuid := gen_random_uuid();
BEGIN
  said := 'wrong';
  IF NOT actor_holds_role('navigator') OR NOT EXISTS (SELECT 1 FROM agencies_team t
      WHERE t.id = to_team AND t.receives_referrals AND t.ended_on IS NULL) THEN
    RETURN;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('sealed ' || actor(), 0));
  SELECT * INTO kept FROM sealed_account a
    WHERE a.pseudonym = name AND a.destroyed_at IS NULL FOR UPDATE;
  IF most <= (SELECT count(*) FROM access_entry r
      WHERE r.actor_id = actor() AND r.verb = 'sealed.wrong-code' AND r.at > since)
    OR most <= (SELECT count(*) FROM unnest(kept.wrong_codes) AS w (at) WHERE w.at > since)
  THEN
    said := 'too-many';
    RETURN;
  END IF;
  IF kept.id IS NULL OR kept.code <> proof THEN
    UPDATE sealed_account a SET wrong_codes = a.wrong_codes || clock_timestamp() WHERE a.id = kept.id;
    RETURN;
  END IF;
  IF to_team = kept.team_id THEN
    said := 'holds-it';
    RETURN;
  END IF;
  INSERT INTO access_grant (id, envelope_id, team_id, may_write, may_share, purpose, basis, reason,
    starts_at, ends_at, given_by_id, given_at, end_reason)
  VALUES (opened, kept.envelope_id, to_team, false, false, for_purpose, 'consent', '', now(),
    (until_day + 1)::timestamp AT TIME ZONE 'Europe/London', actor(), now(), '');
  INSERT INTO sealed_release (id, envelope_id, account_id, to_team_id, purpose, until, "grant",
    recorded_at, recorded_by_id)
  VALUES (new_release, kept.envelope_id, kept.id, to_team, for_purpose, until_day, opened, now(),
    actor());
  UPDATE sealed_account a SET version = a.version + 1 WHERE a.id = kept.id;
  UPDATE sealed_evidence e SET tell = 'released', version = e.version + 1
    WHERE e.account_id = kept.id AND e.ended_at IS NULL;
  said := 'released';
  account := kept.id;
  envelope := kept.envelope_id;
END $$;

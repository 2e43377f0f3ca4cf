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

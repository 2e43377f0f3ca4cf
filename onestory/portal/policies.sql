-- The survivor's own pages. She acts as a user of her own, in the team of the people themselves, with
-- grants for her alone: so the one rule of grants, the record and "absent is forbidden" hold for her
-- as for staff. Everything here that makes such a user hers runs as the owner of the tables, since
-- nobody else may.

CALL access_protect('portal_ownpages');
REVOKE INSERT, UPDATE ON portal_ownpages FROM onestory_app;
CALL access_protect('portal_invitation');
REVOKE UPDATE ON portal_invitation FROM onestory_app;
GRANT UPDATE (revoked_at, revoked_by_id) ON portal_invitation TO onestory_app;

-- Looked up before anybody is known; marks only, and no person.
GRANT SELECT, INSERT, UPDATE (wrong_tries, ended_at) ON portal_code TO onestory_app;

-- What she sees of herself, and may write in: her whole record but where she is, what is told in
-- therapy, how others judge the danger, and anybody's conduct. `portal.actions` says the same.
CREATE OR REPLACE FUNCTION portal_kinds() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ARRAY['identity', 'safe-contact', 'needs', 'support', 'story']
$$;

-- Her records: those joined as hers, but none that a programme keeps of her as a participant.
CREATE OR REPLACE FUNCTION portal_records(person uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT s.id FROM people_same_human(person) AS s (id)
  WHERE NOT EXISTS (SELECT 1 FROM access_envelope e WHERE e.person_id = s.id AND e.kind = 'conduct')
$$;

-- Opens to the owner of these pages what is hers and not open to her yet. Not for the application.
CREATE OR REPLACE FUNCTION portal_give(own portal_ownpages) RETURNS uuid[]
LANGUAGE sql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
  WITH given AS (
    INSERT INTO access_grant (id, envelope_id, team_id, user_id, may_write, may_share, purpose, basis,
      reason, starts_at, given_by_id, given_at, end_reason)
    SELECT gen_random_uuid(), e.id, '0197a3c0-0000-7000-8000-000000000001', own.user_id, true, false,
      'own-pages', 'own-pages', '', now(), actor(), now(), ''
    FROM access_envelope e
    WHERE e.person_id IN (SELECT portal_records(own.person_id)) AND e.kind = ANY (portal_kinds())
      AND NOT EXISTS (SELECT 1 FROM access_grant g
        WHERE g.envelope_id = e.id AND g.user_id = own.user_id AND g.ended_at IS NULL)
    RETURNING envelope_id
  )
  SELECT coalesce(array_agg(envelope_id ORDER BY envelope_id), '{}') FROM given
$$;

-- Makes pages for a person, for a user who is nobody yet; gives back what was opened to her, or
-- nothing if the actor may not: it takes writing in both who she is and her support.
CREATE OR REPLACE FUNCTION portal_open(own_id uuid, person uuid, account uuid) RETURNS uuid[]
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  support uuid;
  own portal_ownpages;
BEGIN
  SELECT e.id INTO support FROM access_envelope e
  WHERE e.person_id = person AND e.kind = 'support'
    AND EXISTS (SELECT 1 FROM access_mine(e.id) g WHERE g.may_write);
  IF support IS NULL OR NOT EXISTS (
      SELECT 1 FROM access_envelope e CROSS JOIN LATERAL access_mine(e.id) g
      WHERE e.person_id = person AND e.kind = 'identity' AND g.may_write)
    OR person NOT IN (SELECT portal_records(person))
    OR '0197a3c0-0000-7000-8000-000000000001' = ANY (actor_teams())
    OR EXISTS (SELECT 1 FROM portal_ownpages o WHERE o.person_id IN (SELECT people_same_human(person)))
    OR EXISTS (SELECT 1 FROM agencies_membership m WHERE m.user_id = account)
    OR NOT EXISTS (SELECT 1 FROM agencies_user u WHERE u.id = account AND NOT u.is_system)
  THEN
    RETURN NULL;
  END IF;
  INSERT INTO portal_ownpages (id, envelope_id, person_id, user_id, recorded_by_id, recorded_at)
  VALUES (own_id, support, person, account, actor(), now()) RETURNING * INTO own;
  INSERT INTO agencies_membership (id, user_id, team_id, role, works_cases, starts_on)
  VALUES (gen_random_uuid(), account, '0197a3c0-0000-7000-8000-000000000001', 'survivor', true,
          actor_today());
  RETURN portal_give(own);
END $$;

-- What was begun about her since she was last here is opened to her too. For herself alone.
CREATE OR REPLACE FUNCTION portal_catch_up() RETURNS uuid[]
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT portal_give(o) FROM portal_ownpages o
  WHERE o.user_id = actor()
    AND '0197a3c0-0000-7000-8000-000000000001' = ANY (actor_teams())
$$;

-- Whose invitation this is, if the code and the word are right; it is used up by that. Five wrong
-- words and it opens to nobody. Nobody is signed in yet, so it runs as the owner.
CREATE OR REPLACE FUNCTION portal_redeem(told text, agreed text) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE found portal_invitation;
BEGIN
  SELECT * INTO found FROM portal_invitation i WHERE i.code = told
    AND i.used_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > clock_timestamp()
    AND i.wrong_tries < 5
  FOR UPDATE;
  IF found.id IS NULL THEN
    RETURN NULL;
  END IF;
  IF found.word <> agreed THEN
    UPDATE portal_invitation SET wrong_tries = wrong_tries + 1 WHERE id = found.id;
    RETURN NULL;
  END IF;
  UPDATE portal_invitation SET used_at = clock_timestamp() WHERE id = found.id;
  RETURN (SELECT o.user_id FROM portal_ownpages o
    WHERE o.id = found.own_pages_id AND o.person_id = found.person_id);
END $$;
REVOKE EXECUTE ON FUNCTION portal_kinds, portal_records, portal_give FROM PUBLIC, onestory_app;

-- Her team holds nothing but what is hers: a grant to it is one person's, on an envelope of her own
-- record, of the kinds above, and not for passing on. Whoever gives it.
CREATE OR REPLACE FUNCTION portal_hers_alone() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.may_share OR NOT EXISTS (
      SELECT 1 FROM portal_ownpages o JOIN access_envelope e ON e.id = NEW.envelope_id
      WHERE o.user_id = NEW.user_id AND e.kind = ANY (portal_kinds())
        AND e.person_id IN (SELECT portal_records(o.person_id)))
  THEN
    RAISE insufficient_privilege USING MESSAGE = 'a grant to own pages is one person''s, on her own record';
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS hers_alone ON access_grant;
CREATE TRIGGER hers_alone BEFORE INSERT OR UPDATE ON access_grant FOR EACH ROW
  WHEN (NEW.team_id = '0197a3c0-0000-7000-8000-000000000001' AND NEW.ended_at IS NULL)
  EXECUTE FUNCTION portal_hers_alone();
-- They share a team and nothing else: nobody on own pages ends what is open to another there.
CREATE OR REPLACE FUNCTION portal_not_anothers() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.user_id <> actor() AND NEW.team_id = ANY (actor_teams()) THEN
    RAISE insufficient_privilege USING MESSAGE = 'a grant to own pages is ended by her or by staff';
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS not_anothers ON access_grant;
CREATE TRIGGER not_anothers BEFORE UPDATE ON access_grant FOR EACH ROW
  WHEN (NEW.team_id = '0197a3c0-0000-7000-8000-000000000001' AND NEW.ended_at IS NOT NULL)
  EXECUTE FUNCTION portal_not_anothers();
-- Nor is anybody of her team who was not made so by `portal_open`.
CREATE OR REPLACE FUNCTION portal_no_staff() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM portal_ownpages o WHERE o.user_id = NEW.user_id) THEN
    RAISE insufficient_privilege USING MESSAGE = 'own pages come with an invitation';
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS by_invitation ON agencies_membership;
CREATE TRIGGER by_invitation BEFORE INSERT OR UPDATE ON agencies_membership FOR EACH ROW
  WHEN (NEW.team_id = '0197a3c0-0000-7000-8000-000000000001' OR NEW.role = 'survivor')
  EXECUTE FUNCTION portal_no_staff();

-- Given by people on their own pages, in a month, of a team; nobody can tell by whom. The words are
-- for guardians, who hold nobody's record; a team gets counts, and those only from five on.
CALL access_close('portal_feedback');
CREATE POLICY own_pages_give ON portal_feedback FOR INSERT TO onestory_app WITH CHECK (
  '0197a3c0-0000-7000-8000-000000000001' = ANY ((SELECT actor_teams())::uuid[]));
CREATE POLICY guardians_read ON portal_feedback FOR SELECT TO onestory_app
  USING ((SELECT actor_holds_role('guardian')));
GRANT SELECT, INSERT ON portal_feedback TO onestory_app;

CREATE OR REPLACE FUNCTION portal_feedback_counts(since date)
RETURNS TABLE (team uuid, question text, answer text, people bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT f.team_id, q.question, q.answer, count(*)
  FROM portal_feedback f CROSS JOIN LATERAL (VALUES
    ('heard', f.heard), ('in_control', f.in_control), ('safer', f.safer)) AS q (question, answer)
  WHERE f.month >= since AND f.team_id = ANY (actor_teams())
    AND 5 <= (SELECT count(*) FROM portal_feedback n WHERE n.team_id = f.team_id AND n.month >= since)
  GROUP BY f.team_id, q.question, q.answer
$$;

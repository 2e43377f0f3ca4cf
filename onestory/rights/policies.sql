-- What a person may ask of us: a copy of their record, correction, deletion; and how long we keep.

-- Whether somebody of these records is closed to a user, told or not. Not for the application to ask.
CREATE OR REPLACE FUNCTION rights_is_barred(who uuid, people uuid[]) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM access_barring b
    WHERE b.user_id = who AND b.ended_at IS NULL AND b.person_id = ANY (people))
$$;
REVOKE EXECUTE ON FUNCTION rights_is_barred FROM PUBLIC, onestory_app;

-- A request for a copy is known to the team that took it, while it knows the person, and to guardians.
-- Who confirms it is written by rights_confirm alone.
CALL access_close('rights_copyrequest');
CREATE POLICY of_team_or_guardian ON rights_copyrequest FOR SELECT TO onestory_app USING (
  person_id <> ALL ((SELECT actor_barred_people())::uuid[]) AND (
    (SELECT actor_holds_role('guardian'))
    OR (team_id = ANY ((SELECT actor_teams())::uuid[])
      AND EXISTS (SELECT 1 FROM people_person p WHERE p.id = person_id))));
CREATE POLICY logged_by_team ON rights_copyrequest FOR INSERT TO onestory_app WITH CHECK (
  logged_by_id = (SELECT actor()) AND team_id = ANY ((SELECT actor_teams())::uuid[])
  AND confirmed_at IS NULL AND answered_at IS NULL
  AND EXISTS (SELECT 1 FROM agencies_membership m
    WHERE m.user_id = handler_id AND m.team_id = rights_copyrequest.team_id AND m.works_cases)
  AND EXISTS (SELECT 1 FROM access_envelope e
    WHERE e.person_id = rights_copyrequest.person_id AND e.kind = 'identity'));
CREATE POLICY worked_by_team ON rights_copyrequest FOR UPDATE TO onestory_app
  USING (answered_at IS NULL AND team_id = ANY ((SELECT actor_teams())::uuid[])
    AND person_id <> ALL ((SELECT actor_barred_people())::uuid[]))
  WITH CHECK (team_id = ANY ((SELECT actor_teams())::uuid[])
    AND EXISTS (SELECT 1 FROM agencies_membership m
      WHERE m.user_id = handler_id AND m.team_id = rights_copyrequest.team_id AND m.works_cases));
GRANT SELECT, INSERT, UPDATE (handler_id, identity_checked, outcome, answered_how, answered_by_id,
  answered_at) ON rights_copyrequest TO onestory_app;

-- What is decided about the words of a copy: by its handler alone, while the request is open.
CALL access_close('rights_choice');
CREATE POLICY of_handler ON rights_choice FOR SELECT TO onestory_app USING (EXISTS (
  SELECT 1 FROM rights_copyrequest r WHERE r.id = request_id AND r.handler_id = (SELECT actor())));
CREATE POLICY handler_decides ON rights_choice FOR INSERT TO onestory_app WITH CHECK (
  decided_by_id = (SELECT actor()) AND EXISTS (SELECT 1 FROM rights_copyrequest r
    WHERE r.id = request_id AND r.handler_id = (SELECT actor())
      AND r.confirmed_at IS NOT NULL AND r.answered_at IS NULL));
CREATE POLICY handler_changes ON rights_choice FOR UPDATE TO onestory_app
  USING (EXISTS (SELECT 1 FROM rights_copyrequest r
    WHERE r.id = request_id AND r.handler_id = (SELECT actor()) AND r.answered_at IS NULL))
  WITH CHECK (decided_by_id = (SELECT actor()));
GRANT SELECT, INSERT, UPDATE (what, why, words, decided_by_id, decided_at)
  ON rights_choice TO onestory_app;

-- Opens to the handler of a request, alone and to read, all of the person's envelopes but the one of
-- therapy: that is for the therapists, who give a copy of it themselves. Not for the application.
CREATE OR REPLACE FUNCTION rights_give(asked rights_copyrequest, until timestamptz) RETURNS uuid[]
LANGUAGE sql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
  WITH given AS (
    INSERT INTO access_grant (id, envelope_id, team_id, user_id, may_write, may_share, purpose, basis,
      reason, starts_at, ends_at, given_by_id, given_at, end_reason)
    SELECT gen_random_uuid(), e.id, asked.team_id, asked.handler_id, false, false, 'subject-access',
      'subject-access', '', now(), until, actor(), now(), ''
    FROM access_envelope e
    WHERE e.person_id IN (SELECT people_same_human(asked.person_id)) AND e.kind <> 'therapy'
    RETURNING envelope_id
  )
  SELECT coalesce(array_agg(envelope_id ORDER BY envelope_id), '{}') FROM given
$$;
REVOKE EXECUTE ON FUNCTION rights_give FROM PUBLIC, onestory_app;

-- A guardian has looked at how identity was checked, and confirms: the record opens to the handler
-- until the request is due. Or sends it back, with words. What was opened comes back; null if this
-- actor may not, or the record is closed to the handler.
CREATE OR REPLACE FUNCTION rights_confirm(which uuid, back text) RETURNS uuid[]
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  asked rights_copyrequest;
  people uuid[];
BEGIN
  SELECT * INTO asked FROM rights_copyrequest r WHERE r.id = which
    AND r.confirmed_at IS NULL AND r.answered_at IS NULL AND r.logged_by_id <> actor() FOR UPDATE;
  people := ARRAY(SELECT people_same_human(asked.person_id));
  IF asked.id IS NULL OR actor_is_system() OR NOT actor_holds_role('guardian')
    OR asked.person_id = ANY (actor_barred_people())
    OR (back = '' AND (rights_is_barred(asked.handler_id, people) OR asked.handler_id = actor()))
  THEN
    RETURN NULL;
  END IF;
  IF back <> '' THEN
    UPDATE rights_copyrequest SET sent_back = back WHERE id = which;
    RETURN '{}';
  END IF;
  UPDATE rights_copyrequest SET confirmed_by_id = actor(), confirmed_at = now(), sent_back = ''
    WHERE id = which;
  RETURN rights_give(asked,
    greatest((asked.due_on + 1)::timestamp AT TIME ZONE 'Europe/London', now() + interval '1 day'));
END $$;

-- The handler puts the answer off, once, by no more than the law knows; what is open to them stays so.
CREATE OR REPLACE FUNCTION rights_extend(which uuid, until date, why text) RETURNS uuid[]
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE asked rights_copyrequest;
BEGIN
  SELECT * INTO asked FROM rights_copyrequest r WHERE r.id = which AND r.handler_id = actor()
    AND r.team_id = ANY (actor_teams()) AND r.confirmed_at IS NOT NULL AND r.answered_at IS NULL
    AND r.extended_on IS NULL FOR UPDATE;
  IF asked.id IS NULL OR why = '' OR until <= asked.due_on
    OR until > (asked.due_on + interval '2 months')::date
    OR asked.person_id = ANY (actor_barred_people())
  THEN
    RETURN NULL;
  END IF;
  UPDATE rights_copyrequest SET extended_on = actor_today(), extended_why = why, due_on = until
    WHERE id = which;
  RETURN rights_give(asked, (until + 1)::timestamp AT TIME ZONE 'Europe/London');
END $$;

-- The rows of one table that lie in what a confirmed request has opened to the actor. A grant on an
-- envelope is not enough where a room keeps its rows to the team that wrote them, and a copy is of
-- everything; so this runs as the owner, and asks for the grants of the request by itself.
CREATE OR REPLACE FUNCTION rights_rows(request uuid, which regclass) RETURNS SETOF jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conrelid = which AND c.contype = 'f'
      AND c.confrelid = 'access_envelope'::regclass)
    OR which::text IN ('access_grant', 'therapy_therapynote', 'therapy_proceedings')
  THEN
    RETURN;
  END IF;
  RETURN QUERY EXECUTE format(
    'SELECT to_jsonb(t) FROM rights_copyrequest r
       JOIN access_envelope e ON e.person_id IN (SELECT people_same_human(r.person_id))
       JOIN %s t ON t.envelope_id = e.id
     WHERE r.id = $1 AND r.handler_id = actor() AND r.confirmed_at IS NOT NULL
       AND r.answered_at IS NULL AND r.team_id = ANY (actor_teams())
       AND EXISTS (SELECT 1 FROM access_mine(e.id) g
         WHERE g.purpose = ''subject-access'' AND g.user_id = actor())', which)
  USING request;
END $$;

-- Holds: by guardians for anybody or everybody; by a team for somebody whom it knows.
CALL access_close('rights_hold');
CREATE POLICY known ON rights_hold FOR SELECT TO onestory_app USING (
  (person_id IS NULL OR person_id <> ALL ((SELECT actor_barred_people())::uuid[])) AND (
    (SELECT actor_holds_role('guardian'))
    OR EXISTS (SELECT 1 FROM people_person p WHERE p.id = person_id)));
CREATE POLICY placed_now ON rights_hold FOR INSERT TO onestory_app WITH CHECK (
  placed_by_id = (SELECT actor()) AND lifted_at IS NULL AND (
    (person_id IS NULL AND (SELECT actor_holds_role('guardian')))
    OR EXISTS (SELECT 1 FROM people_person p WHERE p.id = person_id)));
CREATE POLICY guardians_lift ON rights_hold FOR UPDATE TO onestory_app
  USING (lifted_at IS NULL AND (SELECT actor_holds_role('guardian'))
    AND (person_id IS NULL OR person_id <> ALL ((SELECT actor_barred_people())::uuid[])))
  WITH CHECK (lifted_by_id = (SELECT actor()));
GRANT SELECT, INSERT, UPDATE (review_on, lifted_by_id, lifted_at, lifted_why)
  ON rights_hold TO onestory_app;

-- What is due is found by rights_find_due, and decided by guardians.
CALL access_close('rights_review');
CREATE POLICY guardians_see ON rights_review FOR SELECT TO onestory_app USING (
  (SELECT actor_holds_role('guardian')) AND person_id <> ALL ((SELECT actor_barred_people())::uuid[]));
CREATE POLICY guardians_decide ON rights_review FOR UPDATE TO onestory_app
  USING (decided_at IS NULL AND (SELECT actor_holds_role('guardian'))
    AND person_id <> ALL ((SELECT actor_barred_people())::uuid[]))
  WITH CHECK (decided_by_id = (SELECT actor()));
GRANT SELECT, UPDATE (decision, reason, keep_until, decided_by_id, decided_at)
  ON rights_review TO onestory_app;

-- A deletion is decided by a guardian, and confirmed by another or by a team that knows the person.
-- It is done by rights_erase.
CALL access_close('rights_deletion');
CREATE POLICY known ON rights_deletion FOR SELECT TO onestory_app USING (
  person_id <> ALL ((SELECT actor_barred_people())::uuid[]) AND (
    (SELECT actor_holds_role('guardian'))
    OR EXISTS (SELECT 1 FROM people_person p WHERE p.id = person_id)));
CREATE POLICY guardians_decide ON rights_deletion FOR INSERT TO onestory_app WITH CHECK (
  decided_by_id = (SELECT actor()) AND confirmed_at IS NULL AND cancelled_at IS NULL
  AND done_at IS NULL AND (SELECT actor_holds_role('guardian'))
  AND person_id <> ALL ((SELECT actor_barred_people())::uuid[]));
CREATE POLICY another_confirms ON rights_deletion FOR UPDATE TO onestory_app
  USING (done_at IS NULL AND cancelled_at IS NULL
    AND person_id <> ALL ((SELECT actor_barred_people())::uuid[]) AND (
      (SELECT actor_holds_role('guardian'))
      OR EXISTS (SELECT 1 FROM people_person p WHERE p.id = person_id)))
  WITH CHECK ((confirmed_by_id IS NULL OR confirmed_by_id <> decided_by_id)
    AND (confirmed_by_id = (SELECT actor()) OR cancelled_by_id = (SELECT actor())));
GRANT SELECT, INSERT, UPDATE (confirmed_by_id, confirmed_at, cancelled_by_id, cancelled_at,
  cancelled_why) ON rights_deletion TO onestory_app;

-- Every record, by the one that is kept where several are joined. Not for the application to ask.
CREATE OR REPLACE FUNCTION rights_humans() RETURNS TABLE (root uuid, person_id uuid)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  WITH RECURSIVE same (root, person_id) AS (
    SELECT p.id, p.id FROM people_person p WHERE p.joined_into_id IS NULL
    UNION ALL
    SELECT s.root, p.id FROM same s JOIN people_person p ON p.joined_into_id = s.person_id
  )
  SELECT root, person_id FROM same
$$;

-- When work with each person ended: the last of these, or never while one of them goes on. Somebody
-- in whose own name nothing was done stays as long as the record that names them.
CREATE OR REPLACE FUNCTION rights_endings() RETURNS TABLE (person_id uuid, ended_on date)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT c.person_id, coalesce(c.closed_on, 'infinity') FROM cases_case c
    WHERE c.person_id IS NOT NULL
  UNION ALL SELECT c.person_id, coalesce(c.decided_at::date, 'infinity') FROM cases_contact c
  UNION ALL SELECT r.person_id, coalesce(r.withdrawn_at, r.declined_at, r.returned_at, r.accepted_at,
    'infinity')::date FROM cases_referral r
  UNION ALL SELECT m.person_id, coalesce(m.closed_at, m.declined_at, o.closed_at, 'infinity')::date
    FROM marac_referral m LEFT JOIN marac_referral o ON o.id = m.part_of_id
  UNION ALL SELECT m.abuser_id, coalesce(m.closed_at, m.declined_at, o.closed_at, 'infinity')::date
    FROM marac_referral m LEFT JOIN marac_referral o ON o.id = m.part_of_id
    WHERE m.abuser_id IS NOT NULL
  UNION ALL SELECT e.person_id, coalesce(e.ended_on, 'infinity') FROM support_episode e
  UNION ALL SELECT e.person_id, e.keep_until FROM support_ending e WHERE e.keep_until IS NOT NULL
  UNION ALL SELECT s.person_id, s.last_at::date FROM assessment_sitting s
  UNION ALL SELECT a.person_id, a.recorded_at::date FROM risk_riskassessment a
  UNION ALL SELECT p.person_id, p.recorded_at::date FROM risk_safetyplan p
  UNION ALL SELECT c.person_id, c.recorded_at::date FROM risk_riskchange c
  UNION ALL SELECT n.person_id, n."on" FROM therapy_therapynote n
  UNION ALL SELECT n.person_id, coalesce(n.answered_on, 'infinity') FROM therapy_notesrequest n
  UNION ALL SELECT q.person_id, coalesce(q.answered_at::date, 'infinity') FROM rights_copyrequest q
  UNION ALL SELECT r.other_id, 'infinity' FROM people_relationship r
    WHERE r.superseded_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM cases_case c WHERE c.person_id = r.other_id)
      AND NOT EXISTS (SELECT 1 FROM cases_contact c WHERE c.person_id = r.other_id)
  UNION ALL SELECT e.person_id, e.created_at::date FROM access_envelope e
    WHERE e.person_id IS NOT NULL
$$;
REVOKE EXECUTE ON FUNCTION rights_humans, rights_endings FROM PUBLIC, onestory_app;

-- Puts every record whose time is over, by the area's rules, before the guardians; how many came new.
-- For the system alone. The rules: by whom they apply to, {"years": …, "until_age": …}.
CREATE OR REPLACE FUNCTION rights_find_due(rules jsonb, today date) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE found bigint;
BEGIN
  IF NOT actor_is_system() THEN
    RETURN 0;
  END IF;
  WITH last AS (
    SELECT h.root, max(e.ended_on) AS ended_on
    FROM rights_humans() h JOIN rights_endings() e ON e.person_id = h.person_id
    GROUP BY h.root HAVING max(e.ended_on) < 'infinity'
  ), known AS (
    SELECT l.root, l.ended_on, max(coalesce(i.born_on, make_date(i.birth_year, 12, 31))) AS born_on,
      bool_or(e.kind = 'therapy') AS therapy
    FROM last l JOIN rights_humans() h ON h.root = l.root
      JOIN access_envelope e ON e.person_id = h.person_id
      LEFT JOIN people_identity i ON i.envelope_id = e.id AND i.superseded_at IS NULL
    GROUP BY l.root, l.ended_on
  ), ruled AS (
    SELECT k.root, k.ended_on, r.key AS rule, greatest(
        k.ended_on + make_interval(years => (r.value ->> 'years')::int),
        k.born_on + make_interval(years => (r.value ->> 'until_age')::int))::date AS due_on
    FROM known k JOIN jsonb_each(rules) r ON r.key = CASE
        WHEN k.born_on > k.ended_on - interval '18 years' THEN 'child' ELSE 'adult' END
      OR (r.key = 'therapy' AND k.therapy)
  ), due AS (
    SELECT DISTINCT ON (root) * FROM ruled ORDER BY root, due_on DESC, rule
  ), written AS (
    INSERT INTO rights_review (id, person_id, reference, rule, last_ending_on, due_on, found_at,
      decision, reason)
    SELECT gen_random_uuid(), d.root, p.reference, d.rule, d.ended_on, d.due_on, now(), '', ''
    FROM due d JOIN people_person p ON p.id = d.root
    WHERE d.due_on <= today
      AND NOT EXISTS (SELECT 1 FROM rights_review r WHERE r.person_id = d.root
        AND (r.decided_at IS NULL OR r.keep_until > today))
      AND NOT EXISTS (SELECT 1 FROM rights_deletion x
        WHERE x.person_id = d.root AND x.cancelled_at IS NULL)
    RETURNING 1
  )
  SELECT count(*) INTO found FROM written;
  RETURN found;
END $$;

-- Whether something stands in the way of deleting this person's record now, in a word.
CREATE OR REPLACE FUNCTION rights_stands_in_the_way(person uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM rights_hold h WHERE h.lifted_at IS NULL
      AND (h.person_id IS NULL OR h.person_id IN (SELECT people_same_human(person)))) THEN 'hold'
    WHEN EXISTS (SELECT 1 FROM cases_case c WHERE c.closed_on IS NULL
      AND c.person_id IN (SELECT people_same_human(person))) THEN 'case'
    WHEN EXISTS (SELECT 1 FROM marac_referral m
      WHERE m.closed_at IS NULL AND m.declined_at IS NULL AND m.part_of_id IS NULL
        AND m.person_id IN (SELECT people_same_human(person))) THEN 'case'
    WHEN EXISTS (SELECT 1 FROM cases_contact c WHERE c.decided_at IS NULL
      AND c.person_id IN (SELECT people_same_human(person))) THEN 'contact'
    WHEN EXISTS (SELECT 1 FROM rights_copyrequest r WHERE r.answered_at IS NULL
      AND r.person_id IN (SELECT people_same_human(person))) THEN 'copy'
    ELSE '' END
$$;

-- Deletes what is known of somebody, as two people decided: every row goes, but those that stay for
-- the figures, which lose every word (rights_plan, made from the classification of every column).
-- For the system alone. What went from where comes back; null where it must not be done.
CREATE OR REPLACE FUNCTION rights_erase(which uuid) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  decided rights_deletion;
  people uuid[];
  envelopes uuid[];
  accounts uuid[];
  step record;
  number bigint;
  tally jsonb := '{}';
BEGIN
  SELECT * INTO decided FROM rights_deletion d WHERE d.id = which AND d.done_at IS NULL
    AND d.cancelled_at IS NULL AND d.confirmed_at IS NOT NULL FOR UPDATE;
  IF decided.id IS NULL OR NOT actor_is_system()
    OR rights_stands_in_the_way(decided.person_id) <> ''
  THEN
    RETURN NULL;
  END IF;
  people := ARRAY(SELECT people_same_human(decided.person_id));
  PERFORM 1 FROM people_person p WHERE p.id = ANY (people) ORDER BY p.id FOR UPDATE;
  envelopes := ARRAY(SELECT e.id FROM access_envelope e WHERE e.person_id = ANY (people));
  accounts := ARRAY(SELECT o.user_id FROM portal_ownpages o WHERE o.person_id = ANY (people));

  UPDATE access_grant g SET reason = '', end_reason = 'erased',
    ends_at = least(coalesce(g.ends_at, now()), greatest(now(), g.starts_at)),
    ended_at = coalesce(g.ended_at, now()), ended_by_id = coalesce(g.ended_by_id, actor())
    WHERE g.envelope_id = ANY (envelopes);
  UPDATE agencies_membership m SET ends_on = greatest(m.starts_on, actor_today())
    WHERE m.user_id = ANY (accounts) AND m.ends_on IS NULL;
  DELETE FROM mfa_authenticator a WHERE a.user_id = ANY (accounts);
  DELETE FROM account_emailaddress a WHERE a.user_id = ANY (accounts);
  DELETE FROM agencies_session s WHERE s.user_id = ANY (accounts);
  UPDATE agencies_user u SET is_active = false, name = '', password = '!',
    email = 'erased-' || u.id || '@invalid' WHERE u.id = ANY (accounts);

  PERFORM set_config('onestory.erasing', 'yes', true);
  FOR step IN SELECT * FROM rights_plan() LOOP
    IF step.sets = '' THEN
      EXECUTE format('DELETE FROM %I WHERE %s', step.called, step.which)
        USING people, envelopes, accounts;
    ELSE
      EXECUTE format('UPDATE %I SET %s WHERE %s', step.called, step.sets, step.which)
        USING people, envelopes, accounts;
    END IF;
    GET DIAGNOSTICS number = ROW_COUNT;
    IF number > 0 THEN
      tally := tally || jsonb_build_object(
        step.called, jsonb_build_object(CASE WHEN step.sets = '' THEN 'gone' ELSE 'kept' END, number));
    END IF;
  END LOOP;
  PERFORM set_config('onestory.erasing', '', true);
  UPDATE rights_deletion SET done_at = now(), counts = tally WHERE id = which;
  RETURN tally;
END $$;

-- A consent is never changed, but by its whole record being deleted: nobody else may write there.
DROP TRIGGER IF EXISTS never_changed ON access_consent;
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON access_consent
  FOR EACH STATEMENT WHEN (current_setting('onestory.erasing', true) IS DISTINCT FROM 'yes')
  EXECUTE FUNCTION access_append_only();
DROP TRIGGER IF EXISTS never_changed ON access_withdrawal;
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON access_withdrawal
  FOR EACH STATEMENT WHEN (current_setting('onestory.erasing', true) IS DISTINCT FROM 'yes')
  EXECUTE FUNCTION access_append_only();

-- What she says is wrong lies with what it is about: whoever holds the one sees the other.
--
-- The teams that may write in this envelope for their work, whoever has held it longest first, as far
-- as the actor may know who they are. For the person herself, and for those who hold it too.
CREATE OR REPLACE FUNCTION rights_keepers(envelope uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT g.team_id
  FROM access_envelope e CROSS JOIN LATERAL access_who_knows(e.person_id) g
  WHERE e.id = envelope AND g.envelope_id = e.id AND EXISTS (SELECT 1 FROM access_mine(e.id))
    AND g.may_write AND g.user_id IS NULL AND g.team_id <> access_own_pages()
    AND g.starts_at <= statement_timestamp()
    AND (g.ends_at IS NULL OR g.ends_at > statement_timestamp())
  GROUP BY g.team_id ORDER BY min(g.starts_at), g.team_id
$$;

-- Whether a team holds it still, to write in. Says yes or no, and only of what the actor holds.
CREATE OR REPLACE FUNCTION rights_keeps(envelope uuid, team uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM access_mine(envelope)) AND EXISTS (
    SELECT 1 FROM access_grant g
    WHERE g.envelope_id = envelope AND g.team_id = team AND g.may_write AND g.user_id IS NULL
      AND g.starts_at <= statement_timestamp()
      AND (g.ends_at IS NULL OR g.ends_at > statement_timestamp()))
$$;

-- Whether anybody who may decide has it on a list: of the team that was asked, or of any that holds it
-- where that team does not. The roles are those that carry `rights.work` in agencies/roles.py. Not for
-- the application to ask.
CREATE OR REPLACE FUNCTION rights_is_held(asked rights_correction) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  WITH live AS (
    SELECT g.team_id, g.user_id, g.may_write FROM access_grant g
    WHERE g.envelope_id = asked.envelope_id AND g.starts_at <= statement_timestamp()
      AND (g.ends_at IS NULL OR g.ends_at > statement_timestamp()))
  SELECT EXISTS (
    SELECT 1 FROM live g JOIN agencies_membership m ON m.team_id = g.team_id
      JOIN agencies_user u ON u.id = m.user_id
    WHERE (g.user_id IS NULL OR g.user_id = u.id) AND u.is_active AND m.works_cases
      AND m.role IN ('practitioner', 'triage', 'navigator', 'therapist', 'manager')
      AND m.starts_on <= actor_today() AND (m.ends_on IS NULL OR m.ends_on >= actor_today())
      AND NOT rights_is_barred(u.id, ARRAY(SELECT people_same_human(asked.person_id)))
      AND (g.team_id = asked.team_id OR NOT EXISTS (
        SELECT 1 FROM live k
        WHERE k.team_id = asked.team_id AND k.may_write AND k.user_id IS NULL)))
$$;
REVOKE EXECUTE ON FUNCTION rights_is_held FROM PUBLIC, onestory_app;

-- What nobody has on a list, for guardians: about which record and what kind of thing, and by when;
-- not a word of it.
CREATE OR REPLACE FUNCTION rights_unheld() RETURNS TABLE (
  id uuid, person_id uuid, reference text, about text, team_id uuid, asked_at timestamptz, due_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT c.id, c.person_id, p.reference, c.about, c.team_id, c.recorded_at, c.due_on
  FROM rights_correction c JOIN people_person p ON p.id = c.person_id
  WHERE c.decided_at IS NULL AND actor_holds_role('guardian') AND NOT actor_is_system()
    AND c.person_id <> ALL (actor_barred_people()) AND NOT rights_is_held(c)
  ORDER BY c.due_on, c.id
$$;

-- A guardian gives it to somebody who may decide: what it is about opens to them alone, to read and
-- put right, until it is due, or for two weeks. What was opened comes back; null if that may not be.
CREATE OR REPLACE FUNCTION rights_hand_over(which uuid, handler uuid, of_team uuid) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE asked rights_correction;
BEGIN
  SELECT * INTO asked FROM rights_correction c WHERE c.id = which FOR UPDATE;
  IF NOT EXISTS (SELECT 1 FROM rights_unheld() u WHERE u.id = which) OR handler = actor()
    OR EXISTS (SELECT 1 FROM access_envelope e WHERE e.id = asked.envelope_id AND e.kind = 'therapy')
  THEN
    RETURN NULL;
  END IF;
  UPDATE rights_correction SET team_id = of_team WHERE id = which;
  INSERT INTO access_grant (id, envelope_id, team_id, user_id, may_write, may_share, purpose, basis,
    reason, starts_at, ends_at, given_by_id, given_at, end_reason)
  VALUES (gen_random_uuid(), asked.envelope_id, of_team, handler, true, false, 'correction',
    'correction', '', now(),
    greatest((asked.due_on + 1)::timestamp AT TIME ZONE 'Europe/London', now() + interval '14 days'),
    actor(), now(), '');
  -- Somebody who may not decide, or to whom the record is closed, would hold it for nothing.
  SELECT * INTO asked FROM rights_correction c WHERE c.id = which;
  IF NOT rights_is_held(asked) THEN
    RAISE EXCEPTION 'not somebody who may decide' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN asked.envelope_id;
END $$;

CALL access_protect('rights_correction');
-- She asks and others decide: nobody does both.
CREATE POLICY hers_to_ask ON rights_correction AS RESTRICTIVE FOR INSERT TO onestory_app
  WITH CHECK (access_is_self(person_id) AND outcome = '' AND decided_at IS NULL AND seen_at IS NULL);
CREATE POLICY theirs_to_decide ON rights_correction AS RESTRICTIVE FOR UPDATE TO onestory_app
  USING (decided_at IS NULL AND NOT access_is_self(person_id)
    AND (team_id = ANY ((SELECT actor_teams())::uuid[]) OR NOT rights_keeps(envelope_id, team_id)))
  WITH CHECK (decided_by_id = (SELECT actor()) AND decided_at IS NOT NULL AND seen_at IS NULL);
REVOKE UPDATE ON rights_correction FROM onestory_app;
GRANT UPDATE (outcome, reason, decided_by_id, decided_at) ON rights_correction TO onestory_app;

-- The person has seen what became of what she said was wrong.
CREATE OR REPLACE FUNCTION rights_see_answers(person uuid) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE rights_correction SET seen_at = now()
  WHERE person_id = person AND decided_at IS NOT NULL AND seen_at IS NULL AND access_is_self(person)
$$;

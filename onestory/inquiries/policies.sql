-- Reviews of a death or of serious harm: proposed by a team, confirmed by a guardian.

-- Whether somebody whom a review concerns is closed to the actor: then there is no such review for them.
CREATE OR REPLACE FUNCTION inquiries_is_barred(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM inquiries_inquiryperson c
    WHERE c.inquiry_id = which AND c.person_id = ANY (actor_barred_people()))
$$;

CALL access_close('inquiries_inquiry');
CREATE POLICY concerned ON inquiries_inquiry FOR SELECT TO onestory_app USING (
  ((SELECT actor_holds_role('guardian')) OR handler_id = (SELECT actor())
    OR team_id = ANY ((SELECT actor_teams())::uuid[]))
  AND NOT inquiries_is_barred(id));
CREATE POLICY proposed_now ON inquiries_inquiry FOR INSERT TO onestory_app WITH CHECK (
  proposed_by_id = (SELECT actor()) AND team_id = ANY ((SELECT actor_teams())::uuid[])
  AND confirmed_at IS NULL AND ended_at IS NULL
  AND EXISTS (SELECT 1 FROM agencies_membership m
    WHERE m.user_id = handler_id AND m.team_id = handler_team_id AND m.works_cases));
CREATE POLICY ended_once ON inquiries_inquiry FOR UPDATE TO onestory_app
  USING (ended_at IS NULL AND NOT inquiries_is_barred(id)
    AND ((SELECT actor_holds_role('guardian')) OR handler_id = (SELECT actor())
      OR team_id = ANY ((SELECT actor_teams())::uuid[])))
  WITH CHECK (ended_by_id = (SELECT actor()));
GRANT SELECT, INSERT, UPDATE (ended_at, ended_by_id, ended_why) ON inquiries_inquiry TO onestory_app;

-- Whom it concerns is named by those who know them, and by guardians, who know a reference alone.
CALL access_close('inquiries_inquiryperson');
CREATE POLICY with_the_review ON inquiries_inquiryperson FOR SELECT TO onestory_app USING (
  EXISTS (SELECT 1 FROM inquiries_inquiry i WHERE i.id = inquiry_id));
CREATE POLICY named_by_who_knows ON inquiries_inquiryperson FOR INSERT TO onestory_app WITH CHECK (
  added_by_id = (SELECT actor()) AND opened_at IS NULL
  AND person_id <> ALL ((SELECT actor_barred_people())::uuid[])
  AND EXISTS (SELECT 1 FROM inquiries_inquiry i WHERE i.id = inquiry_id AND i.ended_at IS NULL)
  AND EXISTS (SELECT 1 FROM people_person p WHERE p.id = person_id));
GRANT SELECT, INSERT ON inquiries_inquiryperson TO onestory_app;

-- A guardian confirms: what is known of those whom it concerns opens to the one who is appointed, to
-- read, until the last day. Not where somebody is staying, how to reach them, and therapy: a review
-- does not need it, and asks for it in the usual way if it does. Asked again, it opens what came since.
-- What was opened comes back; null if this actor may not, or somebody is barred to the appointed one.
CREATE OR REPLACE FUNCTION inquiries_open(which uuid) RETURNS uuid[]
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  asked inquiries_inquiry;
  people uuid[];
  opened uuid[];
BEGIN
  SELECT * INTO asked FROM inquiries_inquiry i WHERE i.id = which
    AND i.ended_at IS NULL AND i.until_on >= actor_today() FOR UPDATE;
  people := ARRAY(SELECT s FROM inquiries_inquiryperson c, people_same_human(c.person_id) s
    WHERE c.inquiry_id = which);
  IF asked.id IS NULL OR actor_is_system() OR NOT actor_holds_role('guardian')
    OR asked.proposed_by_id = actor() OR asked.handler_id = actor() OR cardinality(people) = 0
    OR people && actor_barred_people() OR rights_is_barred(asked.handler_id, people)
    OR EXISTS (SELECT 1 FROM inquiries_inquiryperson c
      WHERE c.inquiry_id = which AND c.added_by_id = actor())
  THEN
    RETURN NULL;
  END IF;
  WITH given AS (
    INSERT INTO access_grant (id, envelope_id, team_id, user_id, may_write, may_share, purpose, basis,
      reason, starts_at, ends_at, given_by_id, given_at, end_reason)
    SELECT gen_random_uuid(), e.id, asked.handler_team_id, asked.handler_id, false, false, 'review',
      'review', asked.their_reference, now(), (asked.until_on + 1)::timestamp AT TIME ZONE 'Europe/London',
      actor(), now(), ''
    FROM access_envelope e
    WHERE e.person_id = ANY (people) AND e.kind NOT IN ('therapy', 'whereabouts', 'safe-contact')
      AND NOT EXISTS (SELECT 1 FROM access_grant g WHERE g.envelope_id = e.id
        AND g.user_id = asked.handler_id AND g.basis = 'review' AND g.reason = asked.their_reference
        AND g.ended_at IS NULL AND g.ends_at > now())
    RETURNING envelope_id
  )
  SELECT coalesce(array_agg(envelope_id ORDER BY envelope_id), '{}') INTO opened FROM given;
  UPDATE inquiries_inquiry SET confirmed_by_id = coalesce(confirmed_by_id, actor()),
    confirmed_at = coalesce(confirmed_at, now()) WHERE id = which;
  UPDATE inquiries_inquiryperson SET opened_at = now() WHERE inquiry_id = which AND opened_at IS NULL;
  RETURN opened;
END $$;

-- The rows of one table that a review has opened to the actor. A grant on an envelope is not enough
-- where a room keeps its rows to the team that wrote them; so this runs as the owner, and asks for the
-- grants of the review by itself.
CREATE OR REPLACE FUNCTION inquiries_rows(which uuid, what regclass) RETURNS SETOF jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conrelid = what AND c.contype = 'f'
      AND c.confrelid = 'access_envelope'::regclass)
    OR what::text IN ('access_grant', 'therapy_therapynote', 'therapy_proceedings')
  THEN
    RETURN;
  END IF;
  RETURN QUERY EXECUTE format(
    'SELECT to_jsonb(t) FROM inquiries_inquiry i
       JOIN inquiries_inquiryperson c ON c.inquiry_id = i.id AND c.opened_at IS NOT NULL
       JOIN access_envelope e ON e.person_id IN (SELECT people_same_human(c.person_id))
       JOIN %s t ON t.envelope_id = e.id
     WHERE i.id = $1 AND i.handler_id = actor() AND i.confirmed_at IS NOT NULL AND i.ended_at IS NULL
       AND EXISTS (SELECT 1 FROM access_mine(e.id) g
         WHERE g.basis = ''review'' AND g.user_id = actor() AND g.reason = i.their_reference)', what)
  USING which;
END $$;

-- Ends what a review has opened, for whoever may end the review itself. What was closed comes back.
CREATE OR REPLACE FUNCTION inquiries_close(which uuid) RETURNS SETOF uuid
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE access_grant g SET ends_at = greatest(now(), g.starts_at), ended_at = now(),
    ended_by_id = actor(), end_reason = 'review ended'
  FROM inquiries_inquiry i
  WHERE i.id = which AND i.ended_by_id = actor() AND i.ended_at = now()
    AND g.user_id = i.handler_id AND g.basis = 'review' AND g.reason = i.their_reference
    AND g.ended_at IS NULL AND (g.ends_at IS NULL OR g.ends_at > statement_timestamp())
  RETURNING g.envelope_id
$$;

-- MARAC: who sees which case, from when it is asked about until its review is over. It takes a grant
-- on the envelope, as everything does; and a seat at the table, and being asked about the case.

-- The teams in which the actor has to do with the meeting today: the roles that carry `marac.attend`
-- in agencies/roles.py. What the meeting knows is not for everybody whom a team employs.
CREATE OR REPLACE FUNCTION marac_teams() RETURNS uuid[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  me uuid := actor();
  today date := actor_today();
BEGIN
  RETURN ARRAY(
    SELECT m.team_id FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id
    WHERE m.user_id = me AND u.is_active AND m.works_cases
      AND m.role IN ('practitioner', 'triage', 'navigator', 'therapist', 'manager',
                     'marac-lead', 'marac-coordinator', 'marac-chair')
      AND m.starts_on <= today AND (m.ends_on IS NULL OR m.ends_on >= today)
  );
END $$;

-- Those that the actor coordinates or chairs: the roles that carry `marac.coordinate` or `marac.chair`.
CREATE OR REPLACE FUNCTION marac_tables() RETURNS uuid[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  me uuid := actor();
  today date := actor_today();
BEGIN
  RETURN ARRAY(
    SELECT m.team_id FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id
    WHERE m.user_id = me AND u.is_active AND m.works_cases
      AND m.role IN ('marac-coordinator', 'marac-chair')
      AND m.starts_on <= today AND (m.ends_on IS NULL OR m.ends_on >= today)
  );
END $$;

-- Whether this is what a referral says of itself. As the owner, or the two policies would ask each
-- other; it answers of nothing that the one who asks does not name.
CREATE OR REPLACE FUNCTION marac_is_of_case(referral uuid, person uuid, to_team uuid, abuser uuid)
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM marac_referral r
    WHERE r.id = referral AND r.person_id = person AND r.to_team_id = to_team
      AND r.abuser_id IS NOT DISTINCT FROM abuser)
$$;

-- What hangs on a case is seen with it: each of these asks for the case under its own policy. It is added
-- by whom `written` says of the case `r`, and changed only in what is granted after this.
CREATE OR REPLACE PROCEDURE marac_protect(which regclass, written text)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE of_case text := 'EXISTS (SELECT 1 FROM marac_referral r WHERE r.id = referral_id AND %s)';
BEGIN
  EXECUTE format(
    'CREATE POLICY with_the_case ON %s AS RESTRICTIVE TO onestory_app USING (%s) WITH CHECK (%s)',
    which, format(of_case, 'true'), format(of_case, written));
  EXECUTE format('REVOKE UPDATE ON %s FROM onestory_app', which);
END $$;

-- To be asked is to read. So what an agency brings, it adds by the grant to read and for itself alone;
-- nobody is given a record to write in, and with that to pass on, so that they can answer. It lies where
-- `where_to` says of the case `r`, and stays.
CREATE OR REPLACE PROCEDURE marac_brought(which regclass, where_to text)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  CALL marac_protect(which, 'team_id = ANY ((SELECT marac_teams())::uuid[]) AND ' || where_to);
  EXECUTE format('DROP POLICY open_to_add ON %s', which);
  EXECUTE format(
    'CREATE POLICY brought_by_readers ON %s FOR INSERT TO onestory_app WITH CHECK ('
    'recorded_by_id = (SELECT actor()) AND EXISTS (SELECT 1 FROM access_grant g'
    ' WHERE g.envelope_id = %s.envelope_id AND g.team_id = %s.team_id))', which, which, which);
END $$;

-- What was opened to read for the meeting (purpose `marac`) shows how great the danger is, and what changed.
-- What she said question by question, her safety plan, and that somebody asked under Clare's Law stay with
-- those who hold the record for anything else, or write in it.
CREATE OR REPLACE PROCEDURE marac_leave_out(which regclass)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  EXECUTE format(
    'CREATE POLICY not_for_the_meeting ON %s AS RESTRICTIVE FOR SELECT TO onestory_app USING ('
    'EXISTS (SELECT 1 FROM access_grant g'
    ' WHERE g.envelope_id = %s.envelope_id AND (g.purpose <> ''marac'' OR g.may_write))'
    ' OR (SELECT support_own_pages()))',
    which, which);
END $$;
CALL marac_leave_out('assessment_answer');
CALL marac_leave_out('risk_safetyplan');
CALL marac_leave_out('risk_safetyplanstep');
CALL marac_leave_out('risk_disclosure');
CALL marac_leave_out('risk_disclosurecheck');

-- An agency sees that it was asked itself; the coordinators see whom they asked.
CALL access_protect('marac_research');
CREATE POLICY asked_or_asking ON marac_research AS RESTRICTIVE FOR SELECT TO onestory_app USING (
  team_id = ANY ((SELECT marac_teams())::uuid[]) OR to_team_id = ANY ((SELECT marac_tables())::uuid[]));
CREATE POLICY asked_by_the_table ON marac_research AS RESTRICTIVE FOR INSERT TO onestory_app
  WITH CHECK (
    to_team_id = ANY ((SELECT marac_tables())::uuid[]) AND answered_at IS NULL AND closed_at IS NULL
    AND marac_is_of_case(referral_id, person_id, to_team_id, abuser_id));
DROP POLICY open_to_change ON marac_research;
CREATE POLICY answered_or_closed ON marac_research FOR UPDATE TO onestory_app
  USING (closed_at IS NULL
    AND (team_id = ANY ((SELECT marac_teams())::uuid[])
      OR to_team_id = ANY ((SELECT marac_tables())::uuid[]))
    AND EXISTS (SELECT 1 FROM access_grant g WHERE g.envelope_id = marac_research.envelope_id))
  WITH CHECK (closed_at IS NULL OR to_team_id = ANY ((SELECT marac_tables())::uuid[]));
REVOKE UPDATE ON marac_research FROM onestory_app;
GRANT UPDATE (holds, answered_at, answered_by_id, closed_at, closed_by_id)
  ON marac_research TO onestory_app;

-- A case: for the team that referred it, for the table, and for whoever is asked while it is open;
-- these see what was agreed about the same two people before as well.
CALL access_protect('marac_referral');
CREATE POLICY at_the_table ON marac_referral AS RESTRICTIVE FOR SELECT TO onestory_app USING (
  from_team_id = ANY ((SELECT marac_teams())::uuid[])
  OR to_team_id = ANY ((SELECT marac_tables())::uuid[])
  OR EXISTS (
    SELECT 1 FROM marac_research q
    WHERE q.person_id = marac_referral.person_id AND q.closed_at IS NULL
      AND q.team_id = ANY ((SELECT marac_teams())::uuid[])
      AND (q.referral_id = marac_referral.id OR q.abuser_id = marac_referral.abuser_id)));
CREATE POLICY sent_by_my_team ON marac_referral AS RESTRICTIVE FOR INSERT TO onestory_app
  WITH CHECK (from_team_id = ANY ((SELECT marac_teams())::uuid[])
    AND accepted_at IS NULL AND declined_at IS NULL AND closed_at IS NULL AND part_of_id IS NULL);
CREATE POLICY decided_by_the_table ON marac_referral AS RESTRICTIVE FOR UPDATE TO onestory_app
  USING (to_team_id = ANY ((SELECT marac_tables())::uuid[]));
REVOKE UPDATE ON marac_referral FROM onestory_app;
GRANT UPDATE (accepted_at, accepted_by_id, repeat_of_id, repeat_rule, declined_at, declined_by_id,
  decline_reason, part_of_id, goes_on_at, goes_on_by_id, goes_on_words, closed_at, closed_by_id,
  outcome, outcome_words, version) ON marac_referral TO onestory_app;

-- The days of the meeting are no secret among those who come to it.
CALL access_close('marac_meeting');
CREATE POLICY for_those_who_come ON marac_meeting FOR SELECT TO onestory_app
  USING (cardinality((SELECT marac_teams())::uuid[]) > 0);
CREATE POLICY planned_by_the_table ON marac_meeting FOR INSERT TO onestory_app
  WITH CHECK (planned_by_id = (SELECT actor()) AND team_id = ANY ((SELECT marac_tables())::uuid[]));
CREATE POLICY changed_by_the_table ON marac_meeting FOR UPDATE TO onestory_app
  USING (called_off_at IS NULL AND team_id = ANY ((SELECT marac_tables())::uuid[]))
  WITH CHECK (called_off_by_id IS NULL OR called_off_by_id = (SELECT actor()));
GRANT SELECT, INSERT, UPDATE (starts_at, minutes, minutes_a_case, place, moved_from, called_off_at,
  called_off_by_id, call_off_reason, version) ON marac_meeting TO onestory_app;

-- Takes what has not been heard off the agenda of a meeting that has been called off. As the owner: whoever
-- calls it off may be barred from one of these cases, and that one must wait again like the others.
CREATE OR REPLACE FUNCTION marac_clear_agenda(which uuid, why text) RETURNS SETOF uuid
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE marac_item i SET moved_at = now(), moved_by_id = actor(), move_reason = why
  FROM marac_meeting m
  WHERE m.id = which AND m.called_off_by_id = actor() AND m.team_id = ANY (marac_tables())
    AND i.meeting_id = m.id AND i.moved_at IS NULL AND i.heard_at IS NULL
  RETURNING i.envelope_id
$$;

-- The agenda and the minutes are the table's.
CALL access_protect('marac_item');
CALL marac_protect('marac_item', 'r.to_team_id = ANY ((SELECT marac_tables())::uuid[])');
GRANT UPDATE (place, moved_at, moved_by_id, move_reason, heard_at, heard_by_id)
  ON marac_item TO onestory_app;

CALL access_protect('marac_minutes');
CALL marac_protect('marac_minutes', 'r.to_team_id = ANY ((SELECT marac_tables())::uuid[])'
  ' AND EXISTS (SELECT 1 FROM marac_item i WHERE i.id = item_id AND i.referral_id = r.id)');
GRANT UPDATE (words, answers, saved_at, saved_by_id) ON marac_minutes TO onestory_app;

-- An action is added at the table, and answered by the agency that offered it.
CALL access_protect('marac_action');
CREATE POLICY with_the_case ON marac_action AS RESTRICTIVE FOR SELECT TO onestory_app
  USING (EXISTS (SELECT 1 FROM marac_referral r WHERE r.id = referral_id));
CREATE POLICY at_the_table ON marac_action AS RESTRICTIVE FOR INSERT TO onestory_app
  WITH CHECK (done_at IS NULL AND not_done_at IS NULL
    AND EXISTS (SELECT 1 FROM marac_referral r
      WHERE r.id = referral_id AND r.to_team_id = marac_action.to_team_id
        AND r.to_team_id = ANY ((SELECT marac_tables())::uuid[])));
DROP POLICY open_to_change ON marac_action;
CREATE POLICY by_whoever_offered ON marac_action FOR UPDATE TO onestory_app
  USING ((team_id = ANY ((SELECT marac_teams())::uuid[])
      OR to_team_id = ANY ((SELECT marac_tables())::uuid[]))
    AND EXISTS (SELECT 1 FROM access_grant g WHERE g.envelope_id = marac_action.envelope_id));
REVOKE UPDATE ON marac_action FROM onestory_app;
GRANT UPDATE (done_at, done_by_id, evidence, not_done_at, not_done_by_id, not_done_reason)
  ON marac_action TO onestory_app;

-- What an agency found and what the survivor wants and was told is brought by the agency itself, and stays.
CALL access_protect('marac_finding');
CALL marac_brought('marac_finding', 'r.envelope_id = marac_finding.envelope_id');
CALL access_protect('marac_wishes');
CALL marac_brought('marac_wishes', 'r.envelope_id = marac_wishes.envelope_id');
CALL access_protect('marac_telling');
CALL marac_brought('marac_telling', 'r.envelope_id = marac_telling.envelope_id');
CALL access_protect('marac_conductfinding');
CALL marac_brought('marac_conductfinding', 'r.abuser_id = marac_conductfinding.person_id'
  ' AND EXISTS (SELECT 1 FROM access_envelope e'
  ' WHERE e.id = marac_conductfinding.envelope_id AND e.kind = ''conduct'')');

CALL access_protect('marac_foundrepeat');
CALL marac_protect('marac_foundrepeat', 'r.to_team_id = ANY ((SELECT marac_tables())::uuid[])');
CREATE POLICY for_the_table ON marac_foundrepeat AS RESTRICTIVE FOR SELECT TO onestory_app
  USING (EXISTS (SELECT 1 FROM marac_referral r
    WHERE r.id = referral_id AND r.to_team_id = ANY ((SELECT marac_tables())::uuid[])));

-- What was noticed of the same two people after their last referral to a table of the actor's, within
-- so many months, by whomever: a contact, a change of the danger, an order that was broken. It runs as
-- the owner, since the coordinator holds none of that, and tells no more than of which case, on which
-- day and by which team: what it was, that team can be asked. What was looked at is left out.
CREATE OR REPLACE FUNCTION marac_found_repeats(months integer)
RETURNS TABLE (referral_id uuid, day date, team_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  tables uuid[] := marac_tables();
  barred uuid[] := actor_barred();
  since date := actor_today() - make_interval(months => months);
BEGIN
  RETURN QUERY
  WITH last AS MATERIALIZED (
    SELECT DISTINCT ON (r.person_id, r.abuser_id) r.* FROM marac_referral r
    WHERE r.to_team_id = ANY (tables) AND r.accepted_at IS NOT NULL AND r.part_of_id IS NULL
      AND r.referred_on >= since
      AND r.envelope_id <> ALL (barred)
    ORDER BY r.person_id, r.abuser_id, r.referred_on DESC, r.id DESC
  ), same AS MATERIALIZED (
    SELECT s.asked, s.id FROM people_same_humans(ARRAY(
      SELECT l.person_id FROM last l UNION SELECT l.abuser_id FROM last l WHERE l.abuser_id IS NOT NULL
    )) AS s
  ), noticed (case_id, on_day, by_team) AS (
    SELECT l.id, (c.received_at AT TIME ZONE 'Europe/London')::date, c.from_team_id
    FROM last l JOIN same s ON s.asked = l.person_id JOIN cases_contact c ON c.person_id = s.id
    WHERE c.recorded_at > l.recorded_at AND cardinality(c.abuse) > 0
    UNION
    SELECT l.id, x."on", x.team_id
    FROM last l JOIN same s ON s.asked = l.person_id JOIN risk_riskchange x ON x.person_id = s.id
    WHERE x.recorded_at > l.recorded_at
    UNION
    SELECT l.id, b."on", b.team_id
    FROM last l JOIN same s ON s.asked = l.abuser_id JOIN risk_breach b ON b.person_id = s.id
    WHERE b.recorded_at > l.recorded_at
  )
  SELECT n.case_id, n.on_day, n.by_team FROM noticed n JOIN last l ON l.id = n.case_id
  WHERE n.on_day >= l.referred_on AND EXISTS (SELECT 1 FROM access_mine(l.envelope_id))
    AND n.on_day <= (l.referred_on + make_interval(months => months))::date
    AND NOT EXISTS (
      SELECT 1 FROM marac_foundrepeat f
      WHERE f.referral_id = n.case_id AND f."on" = n.on_day AND f.team_id = n.by_team)
  ORDER BY n.on_day, n.case_id LIMIT 200;
END $$;

-- What goes to the MARAC of another area is for the table alone: no agency that is asked sees to whom,
-- and the file least of all. It is changed once, when the receipt is here.
CALL access_protect('marac_transferout');
CREATE POLICY for_the_table ON marac_transferout AS RESTRICTIVE FOR SELECT TO onestory_app
  USING (to_team_id = ANY ((SELECT marac_tables())::uuid[])
    AND EXISTS (SELECT 1 FROM marac_referral r WHERE r.id = referral_id));
CREATE POLICY sent_by_the_table ON marac_transferout AS RESTRICTIVE FOR INSERT TO onestory_app
  WITH CHECK (received_at IS NULL
    AND to_team_id = ANY ((SELECT marac_tables())::uuid[])
    AND EXISTS (SELECT 1 FROM marac_referral r
      WHERE r.id = referral_id AND r.person_id = marac_transferout.person_id
        AND r.to_team_id = marac_transferout.to_team_id));
CREATE POLICY until_the_receipt ON marac_transferout AS RESTRICTIVE FOR UPDATE TO onestory_app
  USING (received_at IS NULL AND to_team_id = ANY ((SELECT marac_tables())::uuid[]))
  WITH CHECK (received_at IS NOT NULL AND file = '');
REVOKE UPDATE ON marac_transferout FROM onestory_app;
GRANT UPDATE (file, received_at, received_by_id) ON marac_transferout TO onestory_app;

-- What another area handed over is seen with the case that was opened from it, and stays as it came.
CALL access_protect('marac_transferin');
CALL marac_protect('marac_transferin', 'r.person_id = marac_transferin.person_id'
  ' AND r.to_team_id = ANY ((SELECT marac_tables())::uuid[])');

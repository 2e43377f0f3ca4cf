-- Contacts, referrals and cases lie in envelopes; drafts and imports do not.

CALL access_protect('cases_contact');
CALL access_protect('cases_case');

-- Nobody sends a contact for another team, nor puts a case into its figures.
CREATE POLICY from_my_team ON cases_contact AS RESTRICTIVE FOR INSERT TO onestory_app
  WITH CHECK (from_team_id = ANY ((SELECT actor_teams())::uuid[]));
CREATE POLICY of_my_team ON cases_case AS RESTRICTIVE FOR INSERT TO onestory_app
  WITH CHECK (team_id = ANY ((SELECT actor_teams())::uuid[]));
CREATE POLICY still_of_my_team ON cases_case AS RESTRICTIVE FOR UPDATE TO onestory_app
  USING (team_id = ANY ((SELECT actor_teams())::uuid[]))
  WITH CHECK (team_id = ANY ((SELECT actor_teams())::uuid[]));

-- A referral is between two teams: others who hold the same envelope do not see it.
CALL access_protect('cases_referral');
CREATE POLICY between_two_teams ON cases_referral AS RESTRICTIVE TO onestory_app USING (
  from_team_id = ANY ((SELECT actor_teams())::uuid[]) OR to_team_id = ANY ((SELECT actor_teams())::uuid[])
) WITH CHECK (
  from_team_id = ANY ((SELECT actor_teams())::uuid[]) OR to_team_id = ANY ((SELECT actor_teams())::uuid[])
);

-- A case is its team's own work. Whoever supports the same person, or is only asked to, learns nothing
-- of it by holding the envelope that it lies in.
CREATE POLICY seen_by_its_team ON cases_case AS RESTRICTIVE FOR SELECT TO onestory_app
  USING (team_id = ANY ((SELECT actor_teams())::uuid[]));

CALL access_close('cases_draft');
CREATE POLICY my_own ON cases_draft TO onestory_app
  USING (user_id = (SELECT actor())) WITH CHECK (user_id = (SELECT actor()));
GRANT SELECT, INSERT, UPDATE, DELETE ON cases_draft TO onestory_app;

CALL access_close('cases_caselistimport');
CREATE POLICY of_my_team ON cases_caselistimport TO onestory_app
  USING (team_id = ANY ((SELECT actor_teams())::uuid[]))
  WITH CHECK (team_id = ANY ((SELECT actor_teams())::uuid[]));
GRANT SELECT, INSERT, UPDATE ON cases_caselistimport TO onestory_app;
-- Cases without identity, for figures.
DROP VIEW IF EXISTS figures_case;
CREATE VIEW figures_case WITH (security_barrier) AS
  SELECT team_id, opened_on, closed_on, category, area, "group", abuse, risk_assessment
  FROM cases_case;
REVOKE ALL ON figures_case FROM onestory_app;
GRANT SELECT ON figures_case TO onestory_figures;

-- What somebody refused is known to whoever asked them.
CALL access_protect('cases_refusal');
CREATE POLICY asked_by_my_team ON cases_refusal AS RESTRICTIVE TO onestory_app
  USING (team_id = ANY ((SELECT actor_teams())::uuid[]))
  WITH CHECK (team_id = ANY ((SELECT actor_teams())::uuid[]));

CALL access_close('cases_brokering');
CREATE POLICY my_own ON cases_brokering TO onestory_app
  USING (user_id = (SELECT actor())) WITH CHECK (user_id = (SELECT actor()));
GRANT SELECT, INSERT, UPDATE, DELETE ON cases_brokering TO onestory_app;

-- How long a queue is, and how fast it moves, is told to whoever works in any team: numbers of whom
-- nobody is named. These run as the owner, so that the same wait is told to those who ask for somebody
-- and to those who answer, and so that whoever is barred from one of the waiting counts no gap.

-- Who waits: accepted, not begun, and still known to the team that accepted them.
CREATE OR REPLACE FUNCTION cases_waiting(services uuid[])
RETURNS TABLE (service_id uuid, referral_id uuid, place bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT r.service_id, r.id,
    row_number() OVER (PARTITION BY r.service_id ORDER BY r.accepted_at, r.id)
  FROM cases_referral r
  WHERE r.service_id = ANY (services) AND r.accepted_at IS NOT NULL
    AND r.begun_on IS NULL AND r.ended_on IS NULL AND r.returned_at IS NULL
    AND EXISTS (
      SELECT 1 FROM access_grant g
      WHERE g.envelope_id = r.envelope_id AND g.team_id = r.to_team_id
        AND (g.ends_at IS NULL OR g.ends_at > statement_timestamp()))
$$;
REVOKE EXECUTE ON FUNCTION cases_waiting FROM PUBLIC, onestory_app;

-- How many wait for each of these services.
CREATE OR REPLACE FUNCTION cases_queues(services uuid[])
RETURNS TABLE (service_id uuid, waiting bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT w.service_id, count(*) FROM cases_waiting(services) w
  WHERE cardinality(actor_teams()) > 0 GROUP BY w.service_id
$$;

-- The places of these referrals, of those that the actor's teams sent or were sent.
CREATE OR REPLACE FUNCTION cases_places(referrals uuid[])
RETURNS TABLE (referral_id uuid, place bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT w.referral_id, w.place
  FROM cases_waiting(ARRAY(
      SELECT DISTINCT r.service_id FROM cases_referral r
      WHERE r.id = ANY (referrals) AND r.accepted_at IS NOT NULL AND r.begun_on IS NULL
        AND r.ended_on IS NULL AND r.returned_at IS NULL AND r.service_id IS NOT NULL
    )) w JOIN cases_referral r ON r.id = w.referral_id
  WHERE w.referral_id = ANY (referrals) AND r.envelope_id <> ALL (actor_barred())
    AND (r.from_team_id = ANY (actor_teams()) OR r.to_team_id = ANY (actor_teams()))
$$;

-- How many days each waited who began since that day; of a large service the latest hundred.
CREATE OR REPLACE FUNCTION cases_waits(services uuid[], since date)
RETURNS TABLE (service_id uuid, days integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT s.id, r.begun_on - (r.accepted_at AT TIME ZONE 'Europe/London')::date
  FROM unnest(services) AS s (id) CROSS JOIN LATERAL (
    SELECT begun_on, accepted_at FROM cases_referral
    WHERE service_id = s.id AND begun_on >= since AND accepted_at IS NOT NULL
    ORDER BY begun_on DESC LIMIT 100) AS r
  WHERE cardinality(actor_teams()) > 0
$$;

-- Referrals to the actor's teams that are open to them no longer: to which service, since when, how
-- that came about; never of whom, nor why. Nothing to whoever is barred from the person.
CREATE OR REPLACE FUNCTION cases_gone(which uuid[], since timestamptz)
RETURNS TABLE (referral_id uuid, from_team_id uuid, service_id uuid, sent_at timestamptz,
               gone_at timestamptz, how text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH candidate AS (
    SELECT r.* FROM cases_referral r WHERE r.id = ANY (which)
    UNION
    SELECT r.* FROM cases_referral r
    WHERE which IS NULL AND r.to_team_id = ANY ((SELECT actor_teams())::uuid[])
      AND greatest(r.withdrawn_at, r.declined_at, r.returned_at) >= since
      AND (r.withdrawn_at IS NOT NULL OR r.declined_at IS NOT NULL OR r.returned_at IS NOT NULL)
    UNION
    SELECT r.* FROM access_withdrawal w JOIN cases_referral r ON r.consent_id = w.consent_id
    WHERE which IS NULL AND w.withdrawn_at >= since
      AND r.to_team_id = ANY ((SELECT actor_teams())::uuid[])
  )
  SELECT r.id, r.from_team_id, r.service_id, r.sent_at,
    coalesce(r.withdrawn_at, r.declined_at, r.returned_at,
      (SELECT max(g.ends_at) FROM access_grant g WHERE g.id = ANY (r.grants))),
    CASE WHEN r.withdrawn_at IS NOT NULL THEN 'withdrawn'
      WHEN r.declined_at IS NOT NULL THEN 'declined'
      WHEN r.returned_at IS NOT NULL THEN 'returned' ELSE 'closed' END
  FROM candidate r
  WHERE r.to_team_id = ANY ((SELECT actor_teams())::uuid[])
    AND r.from_team_id <> ALL ((SELECT actor_teams())::uuid[])
    AND r.person_id <> ALL ((SELECT actor_barred_people())::uuid[])
    AND NOT EXISTS (SELECT 1 FROM access_mine(r.envelope_id))
$$;

-- What became of her referrals, for the survivor herself on her own pages: where each one stands, and
-- no word that anybody wrote. A team that knows of her and that she must not be told of is left out.
DROP FUNCTION IF EXISTS cases_told_herself(uuid[]);
CREATE FUNCTION cases_told_herself(people uuid[])
RETURNS TABLE (id uuid, from_team_id uuid, to_team_id uuid, service_id uuid, moved_from_id uuid,
  sent_at timestamptz, acknowledged_at timestamptz, accepted_at timestamptz, declined_at timestamptz,
  returned_at timestamptz, withdrawn_at timestamptz, estimate_days integer, begun_on date,
  ended_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT r.id, r.from_team_id, r.to_team_id, r.service_id, r.moved_from_id, r.sent_at,
    r.acknowledged_at, r.accepted_at, r.declined_at, r.returned_at, r.withdrawn_at, r.estimate_days,
    r.begun_on, r.ended_on
  FROM unnest(people) AS p (id) JOIN cases_referral r ON r.person_id = p.id
  WHERE access_is_self(p.id) AND r.from_team_id <> r.to_team_id
    AND (r.consent_id IS NOT NULL OR EXISTS (
      SELECT 1 FROM access_who_knows(p.id) g
      WHERE g.id = ANY (r.grants) AND g.team_id = r.to_team_id))
    AND NOT EXISTS (
      SELECT 1 FROM access_withdrawal w JOIN access_consent c ON c.id = w.consent_id
      WHERE w.consent_id = r.consent_id AND w.kinds @> c.kinds)
$$;

-- To whom a contact was referred on, for the team that told of it: it learns where, and whether anybody
-- there has seen and answered it; what the answer was is between the two teams, and not told here.
DROP FUNCTION IF EXISTS cases_referred_on(uuid[]);
CREATE FUNCTION cases_referred_on(contacts uuid[])
RETURNS TABLE (contact_id uuid, referral_id uuid, to_team_id uuid, service_id uuid, stands text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT r.contact_id, r.id, r.to_team_id, r.service_id,
    CASE WHEN coalesce(r.accepted_at, r.declined_at, r.returned_at) IS NOT NULL THEN 'answered'
      WHEN r.acknowledged_at IS NOT NULL THEN 'acknowledged' ELSE 'sent' END
  FROM cases_contact c JOIN cases_referral r ON r.contact_id = c.id
  WHERE c.id = ANY (contacts) AND c.from_team_id = ANY (actor_teams())
    AND EXISTS (SELECT 1 FROM access_mine(c.envelope_id))
$$;

-- Needs that were not met, without identity, for figures: services that said no or gave somebody
-- back, and survivors who did.
DROP VIEW IF EXISTS figures_unmet;
CREATE VIEW figures_unmet WITH (security_barrier) AS
  SELECT r.to_team_id AS team_id, s.code AS service, r.needs, 'declined' AS why,
    r.decline_reason AS reason, r.offered_instead AS offered,
    (r.declined_at AT TIME ZONE 'Europe/London')::date AS day
  FROM cases_referral r LEFT JOIN agencies_service s ON s.id = r.service_id
  WHERE r.declined_at IS NOT NULL
  UNION ALL
  SELECT r.to_team_id, s.code, r.needs, 'returned', r.return_reason, '',
    (r.returned_at AT TIME ZONE 'Europe/London')::date
  FROM cases_referral r LEFT JOIN agencies_service s ON s.id = r.service_id
  WHERE r.returned_at IS NOT NULL
  UNION ALL
  SELECT s.team_id, s.code, f.needs, 'refused', '', '',
    (f.recorded_at AT TIME ZONE 'Europe/London')::date
  FROM cases_refusal f JOIN agencies_service s ON s.id = f.service_id;
REVOKE ALL ON figures_unmet FROM onestory_app;
GRANT SELECT ON figures_unmet TO onestory_figures;

-- What a snapshot copies of people, and of what may be known of them. Read by the third role only.
-- The views are made after all policies; each room's build on those of the rooms before it.

-- The key of a row in one snapshot: an id, and a random word that nobody keeps. Without the word
-- there is no key.
CREATE OR REPLACE FUNCTION figures_key(id uuid) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT left(encode(sha256(convert_to(
    nullif(current_setting('onestory.figures_word', true), '') || id::text, 'UTF8')), 'hex'), 20)
$$;

-- The day here of a moment, and a moment to the minute.
CREATE OR REPLACE FUNCTION figures_day(at timestamptz) RETURNS date
LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT (at AT TIME ZONE 'Europe/London')::date $$;
CREATE OR REPLACE FUNCTION figures_minute(at timestamptz) RETURNS timestamp
LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT date_trunc('minute', at AT TIME ZONE 'UTC') $$;

-- Whole years on a day; where only a year of birth is known, those between the two years.
CREATE OR REPLACE FUNCTION figures_age(born date, year smallint, day date) RETURNS integer
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT nullif(greatest(-1, coalesce(
    extract(year FROM age(day::timestamp, born::timestamp)), extract(year FROM day) - year
  )::integer), -1)
$$;

-- Whether something was done by a time: unknown while it still runs, or once nobody waits for it.
CREATE OR REPLACE FUNCTION figures_in_time(done timestamptz, due timestamptz, dropped timestamptz)
RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN done IS NOT NULL THEN done <= due
    WHEN due < coalesce(dropped, now()) THEN false END
$$;

REVOKE EXECUTE ON FUNCTION figures_key, figures_day, figures_minute, figures_age, figures_in_time
  FROM onestory_app;
GRANT EXECUTE ON FUNCTION figures_key, figures_day, figures_minute, figures_age, figures_in_time
  TO onestory_figures;

-- Records that were joined are of one human being: that of the one that was kept.
DROP VIEW IF EXISTS people_one CASCADE;
CREATE VIEW people_one AS
  WITH RECURSIVE joined (id, into_id) AS (
    SELECT id, joined_into_id FROM people_person WHERE joined_into_id IS NOT NULL
    UNION
    SELECT j.id, p.joined_into_id FROM joined j JOIN people_person p ON p.id = j.into_id
    WHERE p.joined_into_id IS NOT NULL
  ), kept AS (
    SELECT j.id, j.into_id FROM joined j JOIN people_person p ON p.id = j.into_id
    WHERE p.joined_into_id IS NULL
  )
  SELECT p.id AS person_id, coalesce(k.into_id, p.id) AS one_id,
    figures_key(coalesce(k.into_id, p.id)) AS person
  FROM people_person p LEFT JOIN kept k ON k.id = p.id;

-- Who somebody is, in codes, as it is known now. An address that must not be known does not count.
CREATE VIEW people_coded AS
  SELECT one.person_id, one.one_id, one.person, nullif(i.sex, '') AS sex, i.born_on, i.birth_year,
    a.locality
  FROM people_one one
  LEFT JOIN people_identity i ON i.person_id = one.one_id AND i.superseded_at IS NULL
  LEFT JOIN (
    SELECT DISTINCT ON (person_id) person_id, locality FROM people_address
    WHERE superseded_at IS NULL AND NOT confidential AND locality <> ''
    ORDER BY person_id, recorded_at DESC, id
  ) a ON a.person_id = one.one_id;
REVOKE ALL ON people_one, people_coded FROM onestory_app, onestory_figures;

DROP VIEW IF EXISTS snapshot_consents;
CREATE VIEW snapshot_consents WITH (security_barrier) AS
  SELECT figures_key(c.id) AS consent, p.person, p.sex,
    figures_age(p.born_on, p.birth_year, figures_day(c.asked_at)) AS age, p.locality,
    figures_day(c.asked_at) AS asked_on, t.code AS team, t2.code AS to_team,
    o2.code AS to_organisation, c.kinds, c.answer = 'given' AS given, c.how, c.capacity, c.until,
    w.withdrawn_on
  FROM access_consent c JOIN people_coded p ON p.person_id = c.person_id
  JOIN agencies_team t ON t.id = c.team_id JOIN agencies_team t2 ON t2.id = c.to_team_id
  JOIN agencies_organisation o2 ON o2.id = t2.organisation_id
  LEFT JOIN (
    SELECT consent_id, figures_day(min(withdrawn_at)) AS withdrawn_on
    FROM access_withdrawal GROUP BY consent_id
  ) w ON w.consent_id = c.id;

DROP VIEW IF EXISTS snapshot_shares;
CREATE VIEW snapshot_shares WITH (security_barrier) AS
  SELECT figures_key(s.id) AS share, p.person, p.sex,
    figures_age(p.born_on, p.birth_year, figures_day(s.shared_at)) AS age, p.locality,
    figures_day(s.shared_at) AS shared_on, t.code AS team, t2.code AS to_team,
    o2.code AS to_organisation, s.kinds, s.basis, s.until,
    s.second_opinion_by_id IS NOT NULL AS second_opinion, figures_day(s.told_at) AS told_on
  FROM access_sharewithoutconsent s JOIN people_coded p ON p.person_id = s.person_id
  JOIN agencies_team t ON t.id = s.team_id JOIN agencies_team t2 ON t2.id = s.to_team_id
  JOIN agencies_organisation o2 ON o2.id = t2.organisation_id;

-- Grants of whole teams: neither of one member in an emergency, nor of the survivor to herself.
DROP VIEW IF EXISTS snapshot_knowers;
CREATE VIEW snapshot_knowers WITH (security_barrier) AS
  SELECT p.person, t.code AS team, o.code AS organisation, e.kind, g.basis,
    figures_day(g.starts_at) AS since, figures_day(g.ends_at) AS until,
    g.starts_at <= now() AND (g.ends_at IS NULL OR g.ends_at > now()) AS now
  FROM access_grant g JOIN access_envelope e ON e.id = g.envelope_id
  JOIN people_one p ON p.person_id = e.person_id
  JOIN agencies_team t ON t.id = g.team_id JOIN agencies_organisation o ON o.id = t.organisation_id
  WHERE g.user_id IS NULL AND t.id <> '0197a3c0-0000-7000-8000-000000000001';

REVOKE ALL ON snapshot_consents, snapshot_shares, snapshot_knowers FROM onestory_app;
GRANT SELECT ON snapshot_consents, snapshot_shares, snapshot_knowers TO onestory_figures;

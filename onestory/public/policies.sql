-- Help, the directory of services, and asking for support. Nobody is signed in here.

-- What was saved is seen by whoever names it by its reference, and is unreadable without the code.
-- There is no way to list what there is.
CALL access_close('public_asking');
CREATE POLICY by_its_reference ON public_asking TO onestory_app
  USING (reference = (SELECT current_setting('onestory.asking', true)))
  WITH CHECK (reference = (SELECT current_setting('onestory.asking', true)));
GRANT SELECT, INSERT, UPDATE, DELETE ON public_asking TO onestory_app;

-- Marks and counts, of nobody.
GRANT SELECT, INSERT, UPDATE, DELETE ON public_knocks TO onestory_app;

-- Where a request stands, in one word, for whoever shows that they have its code: no more of the
-- contact leaves the database. Runs as the owner, since nobody is acting.
CREATE OR REPLACE FUNCTION public_state(wanted text, shown text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE WHEN c.id IS NULL THEN 'gone'
    WHEN c.decided_at IS NOT NULL THEN 'decided'
    WHEN c.graded_at IS NOT NULL THEN 'looked-at'
    ELSE 'received' END
  FROM public_asking a LEFT JOIN cases_contact c ON c.id = a.contact_id
  WHERE a.reference = wanted AND a.proof = shown AND a.contact_id IS NOT NULL
    AND a.expires_at > now()
$$;

-- Deletes what has outlived the time that its writer was told of, whoever calls it: what was saved,
-- and what was being typed where nobody was signed in and nothing has been done for an hour.
CREATE OR REPLACE FUNCTION public_forget() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH old AS (DELETE FROM public_asking WHERE expires_at <= now() RETURNING 1),
    knocks AS (DELETE FROM public_knocks WHERE since < now() - interval '1 day'),
    quiet AS (DELETE FROM agencies_session
      WHERE user_id IS NULL AND seen_at < now() - interval '1 hour')
  SELECT count(*) FROM old
$$;

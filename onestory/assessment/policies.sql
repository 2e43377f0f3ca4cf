-- What is asked and answered once: the question bank, instruments, answers.
-- An answer lies in the envelope that its question names; a sitting where its team may write.

CALL access_protect('assessment_sitting');
CALL access_protect('assessment_answer');
CALL access_protect('assessment_asking');

-- What was answered stays as it was, and so does by whom: only what is still being typed is changed.
REVOKE UPDATE ON assessment_answer, assessment_asking, assessment_sitting FROM onestory_app;
GRANT UPDATE (value, note, superseded_at, superseded_by_id) ON assessment_answer TO onestory_app;
GRANT UPDATE (outcome) ON assessment_asking TO onestory_app;
GRANT UPDATE (last_at, ended_at, heard) ON assessment_sitting TO onestory_app;

-- How many questions each team asked in each month, how many of them had been answered before, and of
-- how many that answer still held. Counts alone, of everybody: for whoever works in any team. Runs as
-- the owner, since nobody may see all the askings that it counts.
CREATE OR REPLACE FUNCTION assessment_asked_again(since timestamptz, until timestamptz)
RETURNS TABLE (team_id uuid, month date, asked bigint, known bigint, held bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT a.team_id, date_trunc('month', a.recorded_at AT TIME ZONE 'Europe/London')::date,
    count(*), count(*) FILTER (WHERE a.known), count(*) FILTER (WHERE a.held)
  FROM assessment_asking a
  WHERE a.recorded_at >= since AND a.recorded_at < until
    AND (cardinality(actor_teams()) > 0 OR actor_holds_role('guardian'))
  GROUP BY 1, 2
$$;

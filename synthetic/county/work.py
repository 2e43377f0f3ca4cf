"""What is done in the cases of a county: episodes, sessions, goals. Written by PostgreSQL itself,
case by case and the same for the same case; nobody's record tells of it.
"""

from collections.abc import Callable

from django.utils import timezone

from synthetic.county import tables
from synthetic.county.place import Place

TABLES = (
    "support_episode",
    "support_session",
    "support_goal",
    "support_measure",
    "cases_referral",
)

# A number from the id of a case, so that each case has its own and keeps it.
_LUCK = "abs(hashtext(c.id::text))"

# The day it was taken on, the day of the first session, and how many sessions have been since.
_WORKED = f"""worked AS (
    SELECT c.*, ({_LUCK} %% 9) + 1 AS wanted,
      first_on, least(coalesce(c.closed_on, %(today)s), %(today)s) AS last_on
    FROM (SELECT c.*, r.from_team_id, r.service_id,
        least(coalesce((r.accepted_at AT TIME ZONE 'Europe/London')::date, c.opened_on),
              coalesce(c.closed_on, %(today)s)) AS decided_on
      FROM cases_case c LEFT JOIN cases_referral r ON r.id = c.referral_id
      WHERE c.person_id IS NOT NULL) AS c
    CROSS JOIN LATERAL (SELECT c.decided_on + 2 + {_LUCK} %% 60 AS first_on) AS first)
"""
_SESSIONS = f"""
    WITH {_WORKED}
    INSERT INTO support_session (id, recorded_at, recorded_by_id, envelope_id, person_id, case_id,
      team_id, kind, own, channel, place, starts_at, minutes, worker_id, state, absence, words, version)
    SELECT gen_random_uuid(), c.recorded_at, c.recorded_by_id, c.envelope_id, c.person_id, c.id,
      c.team_id, %(own)s, true, %(channel)s, '',
      (c.first_on + 7 * week + time '10:00') AT TIME ZONE 'Europe/London', NULL, c.recorded_by_id,
      CASE WHEN c.first_on + 7 * week > c.last_on THEN 'planned'
           WHEN week %% 5 = 3 THEN 'not-attended' ELSE 'attended' END,
      CASE WHEN c.first_on + 7 * week <= c.last_on AND week %% 5 = 3 THEN %(absence)s ELSE '' END,
      '', 0
    FROM worked c CROSS JOIN LATERAL generate_series(0, c.wanted) AS week
    WHERE c.first_on + 7 * week <= c.last_on
      OR (c.closed_on IS NULL AND c.first_on + 7 * week <= %(today)s + 14)
"""
_EPISODES = f"""
    WITH {_WORKED}
    INSERT INTO support_episode (id, recorded_at, recorded_by_id, envelope_id, person_id, team_id,
      from_team_id, case_id, referral_id, service_id, decided_on, holder_id, check_in_days,
      check_in_on, first_session_on, sessions_attended, support_attended, paused_since, ended_on,
      end_reason, version)
    SELECT gen_random_uuid(), c.recorded_at, c.recorded_by_id, c.envelope_id, c.person_id, c.team_id,
      nullif(c.from_team_id, c.team_id), c.id, c.referral_id, c.service_id, c.decided_on,
      CASE WHEN {_LUCK} %% 7 > 0 OR c.closed_on IS NOT NULL THEN c.recorded_by_id END, 14,
      coalesce(c.closed_on, %(today)s - 7 + {_LUCK} %% 21), s.first_on, s.attended, 0, NULL,
      c.closed_on, c.close_reason, 0
    FROM worked c CROSS JOIN LATERAL (
      SELECT min((s.starts_at AT TIME ZONE 'Europe/London')::date) AS first_on, count(*) AS attended
      FROM support_session s WHERE s.case_id = c.id AND s.state = 'attended') AS s
"""
_GOALS = f"""
    WITH {_WORKED}, goals AS (
      INSERT INTO support_goal (id, recorded_at, recorded_by_id, envelope_id, person_id, case_id,
        team_id, superseded_at, superseded_by_id, thread, words, instrument, ended_on, "end")
      SELECT g.id, c.recorded_at, c.recorded_by_id, c.envelope_id, c.person_id, c.id, c.team_id,
        NULL, NULL, g.id, 'To feel safe at home', '', NULL, ''
      FROM worked c CROSS JOIN LATERAL (SELECT gen_random_uuid() AS id WHERE c.wanted > 2) AS g
      RETURNING *)
    INSERT INTO support_measure (id, recorded_at, recorded_by_id, envelope_id, person_id, case_id,
      team_id, thread, at, "on", value, sitting_id)
    SELECT gen_random_uuid(), g.recorded_at, g.recorded_by_id, g.envelope_id, g.person_id, g.case_id,
      g.team_id, g.thread, 'start', (g.recorded_at AT TIME ZONE 'Europe/London')::date, 3, NULL
    FROM goals g
"""
# Whoever referred sees it there.
_REFERRALS = """
    UPDATE cases_referral r SET begun_on = e.first_session_on, ended_on = e.ended_on
    FROM support_episode e WHERE e.referral_id = r.id AND r.accepted_at IS NOT NULL
"""
# A service that keeps no case here says in the end that it has begun, and that it is over.
_ELSEWHERE = """
    UPDATE cases_referral r SET begun_on = b.day, ended_on = b.day + 90
    FROM (SELECT id, (accepted_at AT TIME ZONE 'Europe/London')::date + 7
        + abs(hashtext(id::text)) %% 60 AS day FROM cases_referral) AS b
    WHERE b.id = r.id AND r.accepted_at IS NOT NULL AND b.day + 90 <= %(today)s
      AND r.returned_at IS NULL AND r.withdrawn_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM support_episode e WHERE e.referral_id = r.id)
"""
STEPS = (_SESSIONS, _EPISODES, _GOALS, _REFERRALS, _ELSEWHERE)


def add_work(where: Place, done: Callable[[], None]) -> None:
    """Put work into every case that is about somebody; `done` is called after each step."""
    values = {
        "today": timezone.localdate(where.now),
        "own": next(term.code for term in where.pack.session_kinds if term.own),
        "channel": where.codes("session_channels")[0],
        "absence": where.codes("absence_reasons")[0],
    }
    with tables.connect() as owner:
        with owner.transaction():
            for step in STEPS:
                owner.execute(step, values)
                done()
        for table in TABLES:
            owner.execute(f"VACUUM (ANALYZE) {table}")

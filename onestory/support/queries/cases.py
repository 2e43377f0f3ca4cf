"""One case, as the team that works on it sees it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import Http404
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.models import Membership
from onestory.agencies.roles import ROLES, Permission
from onestory.cases.models import Case
from onestory.cases.queries import cases as queries
from onestory.kernel.calendar import local
from onestory.kernel.keyset import Window, window
from onestory.people.models import Identity
from onestory.people.queries import names
from onestory.support.models import Ending, Episode, Pause, Session
from onestory.support.queries.plans import Plan, plan_of_case
from onestory.support.rules.states import State, state
from onestory.support.rules.waiting import Stretch, Wait, wait

SESSIONS = 20


@dataclass(frozen=True)
class CaseView:
    """What the page of a case is made of. Without an episode nobody has worked on it yet."""

    case: Case
    episode: Episode | None
    identity: Identity | None
    state: State
    wait: Wait
    pauses: list[Pause]
    ahead: list[Session]
    past: Window
    plan: Plan
    ending: Ending | None


def case_view(
    by: Actor, case_id: UUID, *, after: str = "", before: str = "", on: date | None = None
) -> CaseView:
    """A case of the actor's teams that is about somebody. `Http404` for any other.

    With `on`, the plan is the one of that day.
    """
    case = one(by, case_id)
    episode = _episode(case.pk)
    pauses = pauses_of([episode]).get(episode.pk, []) if episode else []
    return CaseView(
        case=case,
        episode=episode,
        identity=names(by, [case.person_id]).get(case.person_id),
        state=state(episode) if episode else (State.ENDED if case.closed_on else State.WAITING),
        wait=_wait(case, episode, pauses),
        pauses=pauses,
        ahead=_ahead(case.pk),
        past=sessions(by, case.pk, after=after, before=before),
        plan=plan_of_case(by, case.pk, on),
        ending=_ending(case) if case.closed_on else None,
    )


def one(by: Actor, case_id: UUID) -> Case:
    """The case itself, if it is about somebody: in a list without names nobody can be held."""
    case = queries.case(by, case_id)
    if case.person_id is None:
        raise Http404
    return case


def sessions(by: Actor, case_id: UUID, *, after: str = "", before: str = "") -> Window:
    """A page of the sessions of a case that are over, attended or not, the latest first."""
    rows = Session.objects.filter(case_id=case_id, team_id__in=by.team_ids)
    rows = rows.exclude(state=Session.State.PLANNED).select_related("worker")
    return window(rows, ("-starts_at", "-id"), after=after, before=before, size=SESSIONS)


def session(by: Actor, session_id: UUID) -> Session:
    """One session of the actor's teams, with its case. `Http404` for any other."""
    rows = Session.objects.select_related("case", "worker", "team")
    found = rows.filter(pk=session_id, team_id__in=by.team_ids).first()
    if found is None:
        raise Http404
    return found


def waiting(by: Actor, case: Case) -> Wait:
    """How long somebody waited for the first session of this case, or has waited until today."""
    episode = _episode(case.pk)
    return _wait(case, episode, pauses_of([episode]).get(episode.pk, []) if episode else [])


def wait_of(
    episode: Episode, pauses: Iterable[Pause], *, given_back_on: date | None = None
) -> Wait:
    """The wait of an episode up to today, by its pauses."""
    return wait(
        episode.decided_on,
        timezone.localdate(),
        first_session_on=episode.first_session_on,
        ended_on=episode.ended_on or given_back_on,
        pauses=[
            Stretch(p.from_on, p.until_on, p.asked_by == Pause.AskedBy.SURVIVOR) for p in pauses
        ],
    )


def decided_on(case: Case) -> date:
    """The day that the team took somebody on: when it accepted the referral, or opened the case."""
    accepted: datetime | None = case.referral.accepted_at if case.referral_id else None
    return local(accepted).date() if accepted else case.opened_on


def _wait(case: Case, episode: Episode | None, pauses: list[Pause]) -> Wait:
    if episode:
        return wait_of(episode, pauses)
    return wait(decided_on(case), timezone.localdate(), ended_on=case.closed_on)


def _episode(case_id: UUID) -> Episode | None:
    rows = Episode.objects.filter(case_id=case_id)
    return rows.select_related("holder", "service", "from_team", "referral__service").first()


def pauses_of(episodes: Sequence[Episode]) -> dict[UUID, list[Pause]]:
    """The pauses of these episodes, the earliest first. One query."""
    rows = Pause.objects.filter(episode_id__in=[episode.pk for episode in episodes])
    found: dict[UUID, list[Pause]] = {}
    for pause in rows.order_by("from_on", "recorded_at"):
        found.setdefault(pause.episode_id, []).append(pause)
    return found


def _ahead(case_id: UUID) -> list[Session]:
    rows = Session.objects.filter(case_id=case_id, state=Session.State.PLANNED)
    return list(rows.select_related("worker").order_by("starts_at", "id"))


def colleagues(team_id: UUID) -> list[tuple[UUID, str]]:
    """Who works with cases in a team today, by name. One query."""
    today = timezone.localdate()
    roles = [code for code, role in ROLES.items() if Permission.CASE_WORK in role.permissions]
    rows = Membership.objects.filter(
        team_id=team_id, role__in=roles, starts_on__lte=today, user__is_active=True
    ).exclude(ends_on__lt=today)
    found = rows.select_related("user").order_by("user__name", "user_id")
    return [(row.user_id, row.user.name) for row in found]


def _ending(case: Case) -> Ending | None:
    return Ending.objects.filter(case_id=case.pk).select_related("recorded_by").first()

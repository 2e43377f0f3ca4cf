"""Releases: by the survivor's code, to named teams, the whole account or only a slip."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from onestory.access.actions import end_grant, make_envelopes, share
from onestory.access.models import Envelope, Kind
from onestory.agencies.actor import Actor
from onestory.agencies.models import Team
from onestory.agencies.pack import pack
from onestory.kernel.errors import Refused
from onestory.kernel.ids import new_id, reference
from onestory.sealed.actions.evidence import must_tell
from onestory.sealed.actions.held import locked, must_not_name, own, write
from onestory.sealed.models import Account, Evidence, Release, Slip


@transaction.atomic
def release_account(
    *, by: Actor, account_id: UUID, version: int, team_id: UUID, purpose: str, until: date
) -> Release:
    """Open the whole account to a team, to read, as the survivor chose by her code."""
    account = locked(by, account_id, version)
    return _release(by, account, account.envelope, team_id, purpose, until)


@transaction.atomic
def release_slip(
    *,
    by: Actor,
    account_id: UUID,
    version: int,
    team_id: UUID,
    purpose: str,
    until: date,
    words: str,
) -> Release:
    """Pass on only what she agreed to, in words that say neither who she is nor which account."""
    account = locked(by, account_id, version)
    if not words.strip():
        raise Refused("Write what may be passed on.")
    must_not_name(words)
    if account.pseudonym in words:
        raise Refused("Leave out the pseudonym: it would lead back to the account.")
    made = make_envelopes(by=by, person_id=None, kinds=[Kind.STORY], team_id=account.team_id)
    key = new_id()
    slip = Slip.objects.create(
        id=key,
        reference=reference(key),
        envelope=made[Kind.STORY],
        words=words.strip(),
        recorded_at=timezone.now(),
        recorded_by_id=by.user_id,
    )
    return _release(by, account, made[Kind.STORY], team_id, purpose, until, slip=slip)


@transaction.atomic
def end_release(*, by: Actor, release_id: UUID) -> Release:
    """Take back what was released. What the team has read, it has read."""
    release = Release.objects.filter(pk=release_id).select_related("account").first()
    if release is None:
        raise Http404
    own(by, release.account_id)
    if release.ended_at:
        return release
    end_one(by, release, "taken back")
    return release


def _release(
    by: Actor,
    account: Account,
    envelope: Envelope,
    team_id: UUID,
    purpose: str,
    until: date,
    slip: Slip | None = None,
) -> Release:
    if team_id == account.team_id:
        raise Refused("Your own team holds this account already.")
    if purpose not in pack().purposes:
        raise Refused("Choose what it is released for.")
    if until < timezone.localdate():
        raise Refused("Choose a day that is still to come.")
    team = Team.objects.get(pk=team_id)
    ends = timezone.make_aware(datetime.combine(until + timedelta(days=1), time.min))
    given = share(
        by=by,
        envelopes=[envelope],
        team=team,
        purpose=purpose,
        basis="consent",
        until=ends,
        apart=True,
    )
    release = Release.objects.create(
        envelope_id=account.envelope_id,
        account=account,
        to_team=team,
        purpose=purpose,
        until=until,
        slip=slip,
        grant=given[0].pk,
        recorded_at=timezone.now(),
        recorded_by_id=by.user_id,
    )
    if slip is None:
        must_tell(account, Evidence.Tell.RELEASED)
    account.version += 1
    account.save(update_fields=["version"])
    write("release", by, account, to=team.code, purpose=purpose, slip=slip is not None)
    return release


def end_one(by: Actor, release: Release, why: str) -> None:
    release.ended_at, release.ended_by_id = timezone.now(), by.user_id
    release.save(update_fields=["ended_at", "ended_by"])
    if release.until >= timezone.localdate():
        end_grant(by=by, grant_id=release.grant, reason=why)
    write("end-release", by, release.account)

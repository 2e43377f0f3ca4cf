"""Inviting a survivor to her own pages; and closing every way in when a telephone is lost."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.http import Http404
from django.utils import timezone

from onestory.access import queries as access
from onestory.access.actions import make_envelopes
from onestory.access.models import Kind
from onestory.agencies.actor import Actor
from onestory.agencies.models import Session, User
from onestory.agencies.roles import Permission
from onestory.conversations import queries as conversations
from onestory.conversations.rules import REASONS, may_ring
from onestory.kernel import record
from onestory.kernel.errors import Refused
from onestory.kernel.ids import new_id
from onestory.people.actions.envelopes import lock
from onestory.people.models import Identity
from onestory.people.queries import fact_now
from onestory.portal import codes, rules
from onestory.portal.models import Code, Invitation, OwnPages

# What she sees of herself; `portal_kinds` in policies.sql says the same.
KINDS = (Kind.IDENTITY, Kind.SAFE_CONTACT, Kind.NEEDS, Kind.SUPPORT, Kind.STORY)
LASTS = timedelta(hours=24)
# Shown wherever it says who wrote something: her name is in her envelope, not among the users.
HERSELF = "The person themselves"


@dataclass(frozen=True)
class Invited:
    """An invitation, and its code: to be told once, kept nowhere."""

    invitation: Invitation
    code: str


@transaction.atomic
def invite(
    *, by: Actor, person_id: UUID, team_id: UUID, how: str, word: str, judged: str = ""
) -> Invited:
    """Invite a survivor to her own pages, once or again. Invitations before this one end.

    `word` is what she and the worker agreed on. Raises `Refused` where she is too young, where
    `judged` is wanted and missing, where the word is no good, or where it is not safe to ring her.
    """
    by.must(Permission.OWN_PAGES_INVITE, team_id)
    lock(person_id, by=by)
    identity = fact_now(by, Identity, person_id)
    _must_be_old_enough(identity, judged)
    _must_be_good_word(identity, word)
    _must_be_safe(by, person_id, how)
    own = _own_pages(by, person_id, team_id)
    _revoke_open(by, own)
    code = codes.new_code()
    invitation = Invitation.objects.create(
        envelope_id=own.envelope_id,
        person_id=own.person_id,
        own_pages=own,
        team_id=team_id,
        how=how,
        judged=judged.strip(),
        code=codes.mark_of_invitation(code),
        word=codes.mark_of_word(code, word),
        expires_at=timezone.now() + LASTS,
        recorded_by_id=by.user_id,
        recorded_at=timezone.now(),
    )
    _write_down("own-pages.invite", by, own, how=how)
    return Invited(invitation, code)


@transaction.atomic
def revoke(*, by: Actor, invitation_id: UUID) -> Invitation:
    """Take an invitation back that has not been used."""
    by.must(Permission.OWN_PAGES_INVITE)
    found = Invitation.objects.filter(pk=invitation_id).select_related("own_pages").first()
    if found is None:
        raise Http404
    if found.used_at:
        raise Refused("This invitation has been used. Close every way in instead.")
    _revoke_open(by, found.own_pages)
    _write_down("own-pages.revoke", by, found.own_pages)
    return found


@transaction.atomic
def end_ways_in(*, by: Actor, person_id: UUID) -> None:
    """Close every way into somebody's own pages, at once: a telephone is lost, or others have looked.

    The pages stay; a new invitation leads to them again.
    """
    by.must(Permission.OWN_PAGES_INVITE)
    own = OwnPages.objects.filter(person_id=person_id).first()
    if own is None:
        raise Http404
    _end(by, own)


@transaction.atomic
def end_my_ways_in(*, by: Actor) -> None:
    """The same, by herself."""
    by.must(Permission.OWN_PAGES)
    _end(by, OwnPages.objects.get(user_id=by.user_id))


def _end(by: Actor, own: OwnPages) -> None:
    _revoke_open(by, own)
    Code.objects.filter(user_id=own.user_id, ended_at=None).update(ended_at=timezone.now())
    Authenticator.objects.filter(user_id=own.user_id).delete()
    User.objects.filter(pk=own.user_id).update(password=make_password(None))
    Session.objects.filter(user_id=own.user_id).delete()
    _write_down("own-pages.end", by, own)


def _must_be_old_enough(identity: Identity | None, judged: str) -> None:
    born_on = identity.born_on if identity else None
    birth_year = identity.birth_year if identity else None
    may = rules.may_have(born_on, birth_year, timezone.localdate())
    if may == rules.MayHave.NO:
        raise Refused("Own pages are for people from 13 years on.")
    if may == rules.MayHave.JUDGE and not judged.strip():
        raise Refused(
            "She is under 16, or her age is not known. Say how you judged that she understands"
            " what her own pages mean."
        )


def _must_be_good_word(identity: Identity | None, word: str) -> None:
    names = []
    if identity:
        other = identity.other_names.splitlines()
        names = [identity.given_name, identity.family_name, str(identity), *other]
    if why := rules.why_not_word(word, names, identity.born_on if identity else None):
        raise Refused(why)


def _must_be_safe(by: Actor, person_id: UUID, how: str) -> None:
    if how not in Invitation.How.values:
        raise Refused("Say how you tell her the code.")
    if how == Invitation.How.IN_PERSON:
        return
    known = conversations.known_rules(by, person_id), conversations.known_numbers(by, person_id)
    decision = may_ring(*known, timezone.now())
    if not decision.send:
        raise Refused(f"Do not ring her now. {REASONS[decision.why]}")


def _own_pages(by: Actor, person_id: UUID, team_id: UUID) -> OwnPages:
    """Hers, made if she has none; what she needs to write in is begun where it is missing."""
    found = OwnPages.objects.filter(person_id=person_id).first()
    if found:
        return found
    have = {cover.kind for cover in access.envelopes_of(by, person_id)}
    missing = [kind for kind in KINDS if kind not in have]
    if missing:
        make_envelopes(by=by, person_id=person_id, kinds=missing, team_id=team_id)
    key = new_id()
    account = User.objects.create(
        email=f"{new_id().hex}@own-pages.invalid",
        name=HERSELF,
        password=make_password(None),
        joined_at=timezone.now(),
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT portal_open(%s, %s, %s)", [key, person_id, account.pk])
        opened = cursor.fetchone()[0]
    if opened is None:
        raise Refused(
            "Your team cannot make own pages from this record. It takes holding who she is and her"
            " support, and that she has none from another record of hers."
        )
    own = OwnPages.objects.get(pk=key)
    record.write("own-pages.open", by=by, person_id=person_id, envelopes=opened)
    return own


def _revoke_open(by: Actor, own: OwnPages) -> None:
    waiting = Invitation.objects.filter(own_pages=own, used_at=None, revoked_at=None)
    waiting.update(revoked_at=timezone.now(), revoked_by_id=by.user_id)


def _write_down(verb: str, by: Actor, own: OwnPages, **detail) -> None:
    record.write(
        verb,
        by=by,
        person_id=own.person_id,
        envelopes=[own.envelope_id],
        subject=f"user:{own.user_id}",
        detail=detail,
    )

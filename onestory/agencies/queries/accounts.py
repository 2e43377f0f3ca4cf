"""The list of staff, and what there is to know about one's own account."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.tokens import default_token_generator
from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Lower
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from onestory.agencies.actor import Actor
from onestory.agencies.models import Membership, Session, SignInTries, Team, User
from onestory.agencies.roles import OWN_PAGES_TEAM

PAGE = 50


@dataclass(frozen=True)
class Page:
    """Some of the staff, in the order of their names, and where the next page begins."""

    people: list[User]
    next_after: UUID | None


def staff(by: Actor, *, after: UUID | None = None, words: str = "") -> Page:
    """A page of the list, or of those whose names or addresses have every one of these words."""
    rows = _staff().order_by("sorted_by", "id")
    for word in words.split():
        rows = rows.filter(Q(name__icontains=word) | Q(email__icontains=word))
    if after:
        last = member(by, after)
        follows = Q(sorted_by__gt=last.sorted_by) | Q(sorted_by=last.sorted_by, id__gt=last.pk)
        rows = rows.filter(follows)
    found = list(rows[: PAGE + 1])
    return Page(found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None)


def member(by: Actor, user_id: UUID) -> User:
    """One of the staff, with the roles that they hold. `Http404` if there is nobody."""
    user = _staff().filter(pk=user_id).first()
    if user is None:
        raise Http404
    return user


def _staff() -> QuerySet[User]:
    today = timezone.localdate()
    live = Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today))
    in_order = live.select_related("team__organisation").order_by("starts_on", "id")
    people = User.objects.filter(is_system=False).annotate(sorted_by=Lower("name"))
    people = people.exclude(memberships__team=OWN_PAGES_TEAM)
    return people.prefetch_related(Prefetch("memberships", queryset=in_order, to_attr="live"))


def teams() -> QuerySet[Team]:
    """Where somebody can work."""
    return (
        Team.objects.filter(ended_on=None)
        .exclude(pk=OWN_PAGES_TEAM)
        .select_related("organisation")
        .order_by("organisation__name", "name")
    )


def invitation(user: User) -> str:
    """The path of a page where this person chooses a password, once and within 72 hours."""
    return reverse(
        "agencies:welcome",
        kwargs={
            "uidb64": urlsafe_base64_encode(force_bytes(user.pk)),
            "token": default_token_generator.make_token(user),
        },
    )


def is_locked_out(user: User) -> bool:
    return SignInTries.objects.filter(
        address=SignInTries.key(user.email), locked_until__gt=timezone.now()
    ).exists()


def user_with_address(addresses: Iterable[str]) -> User | None:
    """Who may sign in and has one of these addresses."""
    wanted = [address.lower() for address in addresses]
    return User.objects.filter(email__in=wanted, is_active=True, is_system=False).first()


def second_factors(user: User) -> QuerySet[Authenticator]:
    """Apps and passkeys; recovery codes are only a way back to one."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return Authenticator.objects.filter(user=user, type__in=kinds).order_by("created_at")


def sessions(by: Actor) -> QuerySet[Session]:
    """Where the actor is signed in, the latest first."""
    live = Session.objects.filter(user_id=by.user_id, expire_date__gt=timezone.now())
    return live.order_by("-seen_at", "session_key")

"""Organisations, teams, services, and the people who work there."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower

from onestory.agencies import columns
from onestory.agencies.roles import ROLES
from onestory.agencies.sealed import digest
from onestory.kernel.classified import LINK, PUBLIC, SECRET, STAFF
from onestory.kernel.ids import new_id


def _codes() -> ArrayField:
    return ArrayField(models.TextField(), default=list, blank=True)


class Area(models.Model):
    """The one area that this system serves, and the pack it was last set up with."""

    code = models.TextField(primary_key=True)
    digest = models.TextField()
    loaded_at = models.DateTimeField()

    CLASSIFIED = {"code": PUBLIC, "digest": PUBLIC, "loaded_at": PUBLIC}


class Organisation(models.Model):
    """A council, a charity, a police force: who employs the teams."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.TextField(unique=True)
    name = models.TextField()
    kind = models.TextField()
    ended_on = models.DateField(null=True)

    CLASSIFIED = dict.fromkeys(("id", "code", "name", "kind", "ended_on"), PUBLIC)

    def __str__(self):
        return self.name


class Team(models.Model):
    """The unit that works and that may know. Grants are given to teams."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    code = models.TextField(unique=True)
    name = models.TextField()
    kind = models.TextField()
    about = models.TextField(blank=True)
    front_door = models.BooleanField(default=False)
    receives_referrals = models.BooleanField(default=False)
    ended_on = models.DateField(null=True)

    CLASSIFIED = dict.fromkeys(
        (
            "id",
            "organisation",
            "code",
            "name",
            "kind",
            "about",
            "front_door",
            "receives_referrals",
            "ended_on",
        ),
        PUBLIC,
    )

    def __str__(self):
        return self.name


class Service(models.Model):
    """What is offered, by which team, to whom: an entry of the directory.

    An empty list of sexes, localities or languages shuts nobody out. From the first time that its
    team saves or confirms it (`checked_by`), the entry is the team's and no longer the area pack's.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="services")
    code = models.TextField(unique=True)
    name = models.TextField()
    summary = models.TextField()
    for_whom = models.TextField(blank=True)
    ended_on = models.DateField(null=True)

    # For whom
    needs = _codes()
    age_from = models.IntegerField(null=True)
    age_to = models.IntegerField(null=True)
    sexes = _codes()
    residents_only = models.BooleanField(default=False)
    localities = _codes()
    languages = _codes()
    interpreters = models.BooleanField(default=False)
    # Whether it can help somebody with no recourse to public funds; None: not known.
    no_recourse = models.BooleanField(null=True)

    # How to come to it
    routes = _codes()
    referred_by = _codes()  # codes of teams, where only those may refer
    accepting = models.BooleanField(default=True)
    places = models.IntegerField(null=True)
    places_per = models.TextField(blank=True)
    wait_days = models.IntegerField(null=True)
    wait_at = models.DateTimeField(null=True)
    wait_by = columns.user(null=True)
    funder = models.TextField(blank=True)
    contract = models.TextField(blank=True)
    funded_until = models.DateField(null=True)

    # Where and when. Nobody is told where a confidential service is, since it is not kept here.
    opening = _codes()  # lines as `rules.opening` writes them
    phone = models.TextField(blank=True)
    email = models.TextField(blank=True)
    website = models.TextField(blank=True)
    address = models.TextField(blank=True)
    postcode = models.TextField(blank=True)
    confidential = models.BooleanField(default=False)
    notes = models.TextField(blank=True)
    # Whether the public pages show it.
    listed = models.BooleanField(default=True)
    source = models.TextField(blank=True)

    checked_at = models.DateTimeField(null=True)
    checked_by = columns.user(null=True)
    closed_by = columns.user(null=True)
    version = models.IntegerField(default=0)

    CLASSIFIED = {
        **dict.fromkeys(("id", "team", "code", "name", "summary", "for_whom", "ended_on"), PUBLIC),
        **dict.fromkeys(("needs", "age_from", "age_to", "sexes", "residents_only"), PUBLIC),
        **dict.fromkeys(("localities", "languages", "interpreters", "no_recourse"), PUBLIC),
        **dict.fromkeys(("routes", "referred_by", "accepting", "places", "places_per"), PUBLIC),
        **dict.fromkeys(("wait_days", "wait_at", "opening", "phone", "email", "website"), PUBLIC),
        **dict.fromkeys(("address", "postcode", "confidential", "notes", "listed"), PUBLIC),
        **dict.fromkeys(("source", "checked_at", "version"), PUBLIC),
        **dict.fromkeys(("funder", "contract", "funded_until"), STAFF),
        **dict.fromkeys(("wait_by", "checked_by", "closed_by"), STAFF),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confidential=False) | models.Q(address="", postcode=""),
                name="confidential_service_has_no_address",
            ),
            models.CheckConstraint(
                condition=models.Q(age_from=None)
                | models.Q(age_to=None)
                | models.Q(age_from__lte=models.F("age_to")),
                name="service_ages_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(wait_days=None, wait_at=None, wait_by=None)
                | models.Q(wait_days__gte=0, wait_at__isnull=False, wait_by__isnull=False),
                name="service_wait_said_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_by=None) | models.Q(ended_on__isnull=False),
                name="service_closed_from_a_day",
            ),
        ]

    def __str__(self):
        return self.name


class ServiceChange(models.Model):
    """What a team did to its entry of the directory: what stood there before, and after.

    Where a place was is not kept: it may be one that must not be found any more.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="changes")
    at = models.DateTimeField()
    by = columns.user()
    verb = models.TextField()
    # Field -> what it was and what it became.
    changed = models.JSONField(default=dict)

    CLASSIFIED = {
        **dict.fromkeys(("id", "service"), LINK),
        **dict.fromkeys(("at", "by", "verb", "changed"), STAFF),
    }

    class Meta:
        indexes = [models.Index(fields=["service", "-at"], name="changes_of_service")]


class Users(BaseUserManager):
    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """Someone who signs in. `is_system` is the one that jobs and commands act as."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.TextField()
    is_active = models.BooleanField(default=True)
    is_system = models.BooleanField(default=False)
    joined_at = models.DateTimeField()

    objects = Users()
    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    CLASSIFIED = {
        **dict.fromkeys(
            ("id", "email", "name", "is_active", "is_system", "joined_at", "last_login"), STAFF
        ),
        "password": SECRET,
    }

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_user_per_email")]

    def __str__(self):
        return self.name


class Membership(models.Model):
    """A person's role in a team, from a day until a day. Ended, never deleted."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")
    role = models.TextField()
    # Taken from the role when the membership is made, so that the policies can read it.
    works_cases = models.BooleanField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    CLASSIFIED = {
        **dict.fromkeys(("role", "works_cases", "starts_on", "ends_on"), STAFF),
        **dict.fromkeys(("id", "user", "team"), LINK),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "team"],
                condition=models.Q(ends_on=None),
                name="one_live_membership_per_team",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="membership_ends_after_it_starts",
            ),
        ]

    @property
    def role_name(self) -> str:
        return ROLES[self.role].name


class Session(AbstractBaseSession):
    """A browser: whose it is, if anybody signed in there, and what is kept for it meanwhile.

    Nothing about a person is ever kept in the browser itself.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="sessions")
    browser = models.TextField(blank=True)
    began_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    CLASSIFIED = {
        **dict.fromkeys(("session_key", "session_data"), SECRET),
        **dict.fromkeys(("user", "browser", "began_at", "seen_at", "expire_date"), STAFF),
    }

    class Meta:
        indexes = [models.Index(fields=["user"], name="sessions_of_user")]


class SignInTries(models.Model):
    """What failed lately for one e-mail address, whether or not somebody has that address.

    The address is kept as a keyed digest: people mistype, and paste passwords into the wrong box.
    """

    address = models.TextField(primary_key=True)
    failed_at = ArrayField(models.DateTimeField(), default=list)
    locked_until = models.DateTimeField(null=True)
    last_at = models.DateTimeField(db_index=True)

    CLASSIFIED = {
        "address": SECRET,
        **dict.fromkeys(("failed_at", "locked_until", "last_at"), STAFF),
    }

    @staticmethod
    def key(email: str) -> str:
        """How an address is kept here."""
        return digest(email.strip().lower(), "sign-in addresses")

"""Actions on the list of staff that no page has, and what the policies say of them."""

import pytest
from django.db import DatabaseError, transaction

from onestory.agencies import actions
from onestory.agencies.actor import actor_of
from onestory.agencies.models import Membership, Team, User
from onestory.agencies.roles import IN_WORDS, ROLES, Permission
from onestory.kernel.errors import Refused

pytestmark = pytest.mark.django_db


def test_the_first_administrator_comes_by_command(world):
    admin = actions.create_admin(
        email="First@Example.org", name="Ann First", password="three sharp forks"
    )
    assert admin.email == "first@example.org"
    assert admin.check_password("three sharp forks")
    assert actor_of(admin).may(Permission.STAFF_MANAGE)
    assert not actor_of(admin).team_ids


@pytest.mark.parametrize("password", ["short", "first@example.org"])
def test_the_first_administrator_needs_a_good_password(world, password):
    with pytest.raises(Refused):
        actions.create_admin(email="first@example.org", name="Ann First", password=password)


@pytest.mark.parametrize("name", ["tess", "mina", "gwen"])
def test_only_administrators_keep_the_list(as_, world, name):
    with as_(name) as by:
        for action in (
            lambda: actions.add_user(by=by, email="new@example.org", name="New"),
            lambda: actions.unlock_user(by=by, user_id=world.users["nell"]),
            lambda: actions.set_active(
                by=by, user_id=world.users["nell"], active=False, reason="left"
            ),
        ):
            with pytest.raises(Refused):
                action()


def test_the_database_itself_lets_nobody_give_themselves_a_role(as_, world):
    with (
        as_("adam") as by,
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        Membership.objects.create(
            user_id=by.user_id,
            team=Team.objects.get(code="mash"),
            role="practitioner",
            works_cases=True,
            starts_on="2020-01-01",
        )


def test_the_database_itself_lets_only_administrators_give_roles(as_, world):
    with (
        as_("mina"),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        Membership.objects.create(
            user_id=world.users["nell"],
            team=Team.objects.get(code="mash"),
            role="practitioner",
            works_cases=True,
            starts_on="2020-01-01",
        )


def test_addresses_are_kept_in_small_letters(as_):
    with as_("adam") as by:
        user = actions.add_user(by=by, email=" New.One@Example.org ", name=" New One ")
    assert (user.email, user.name) == ("new.one@example.org", "New One")
    assert not User.objects.get(pk=user.pk).has_usable_password()


def test_every_permission_is_said_in_words():
    assert set(IN_WORDS) == set(Permission)
    assert ROLES["officer"].in_words[0] == "Find people"

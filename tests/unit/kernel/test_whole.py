"""An action goes back as a whole; as a step of another it has no savepoint of its own."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onestory.agencies.models import User
from onestory.kernel.errors import Refused
from onestory.kernel.whole import whole

pytestmark = pytest.mark.django_db


@whole
def step(name, refuse=False):
    User.objects.create(name=name, email=f"{name}@example.org", joined_at=timezone.now())
    if refuse:
        raise Refused("No.")


@whole
def both(*, careless=False):
    step("one")
    try:
        step("two", refuse=True)
    except Refused:
        if not careless:
            raise
    step("three")


def names():
    return set(User.objects.values_list("name", flat=True)) & {"one", "two", "three"}


def test_a_refusal_takes_back_the_whole_and_no_more():
    step("one")
    with pytest.raises(Refused):
        step("two", refuse=True)
    assert names() == {"one"}


def test_a_refused_step_takes_back_the_whole_action():
    with pytest.raises(Refused):
        both()
    assert names() == set()


def test_nobody_goes_on_after_a_refused_step():
    with pytest.raises(transaction.TransactionManagementError):
        both(careless=True)
    assert names() == set()


def test_only_the_outermost_has_a_savepoint():
    @whole
    def two_steps():
        step("one")
        step("two")

    with CaptureQueriesContext(connection) as asked:
        two_steps()
    assert sum(query["sql"].startswith("SAVEPOINT") for query in asked) == 1
    assert names() == {"one", "two"}

"""Builds the template database by the real setup; run as a process of its own."""

import os

import django

from tests.environment import HOME, TEMPLATE

os.environ["ONESTORY_DATABASE"] = TEMPLATE
django.setup()

from onestory import setup  # noqa: E402
from synthetic import world  # noqa: E402


def main() -> None:
    setup.prepare_database()
    setup.migrate()
    setup.apply_policies()
    setup.load_pack_of("thurrock")
    world.build().save(HOME / "world.json")


if __name__ == "__main__":
    main()

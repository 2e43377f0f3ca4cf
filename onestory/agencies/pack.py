"""The area pack of this system: the one that it was set up with."""

from functools import cache

from django.conf import settings
from django.db import connection

from onestory.agencies.area import Pack, load_pack
from onestory.agencies.models import Area


def pack() -> Pack:
    """The pack in use. Read once for each process and database; a new pack needs a restart."""
    return _pack_of(connection.settings_dict["NAME"])


@cache
def _pack_of(database: str) -> Pack:
    return load_pack(settings.AREAS / Area.objects.get().code)

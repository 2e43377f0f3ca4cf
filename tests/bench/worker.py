"""A process that serves one county: told what to visit, it answers with what that took."""

import gc
from multiprocessing.connection import Connection

from django.conf import settings

from onestory import setup
from tests.bench import policies
from tests.bench.visits import Visits

SEED = 2_500_000


def serve(orders: Connection) -> None:
    """Until told to stop: ("visit", kind) is answered by a sample, ("cost", kind) by two times."""
    setup.apply_policies()
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    visits = Visits(SEED)
    orders.send("ready")
    while order := orders.recv():
        what, kind = order
        gc.collect()
        orders.send(visits.kinds[kind]() if what == "visit" else policies.cost(visits, kind))

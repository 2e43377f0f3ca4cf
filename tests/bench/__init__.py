"""How fast, and how steady: `make bench` and `make load`, on the county-size set.

    __main__   one tenth and the whole county side by side; writes docs/benchmarks.md
    snapshots  a snapshot of the whole county, table by table
    measures   all measures over ten years of one drawn by chance
    reports    a compiled report's page after such a snapshot, looked at for the first time
    load       fifty people at work at once, in front of the real server

The settings are read here, before anything else: those of a demonstration, so that no second factor
is asked for. Which database it is, ONESTORY_DATABASE says, in each process its own.
"""

import os

import django

os.environ["ONESTORY_DEMO"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "onestory.settings"
os.environ.setdefault("ONESTORY_DATABASE", "onestory_bench")
django.setup()

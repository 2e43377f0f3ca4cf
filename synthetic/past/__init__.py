"""The made-up area's past: years of contacts and cases from which printed figures come out exactly.

`quotas/` says how many of what in which year, with the source; `hub`, `housing` and `sericc` make
stories of it, and `load` writes them down with the county's scribe. `marac` adds years of meetings,
which no source prints. All of it was decided and closed
long ago. Its state is held against that of the actions by tests/unit/synthetic/test_past.py.

    ONESTORY_DATABASE=onestory_past python -m synthetic.past
"""

"""A county of made-up people, for measuring: 250,000 on record with ten years of work.

`stories` says what happened, `scribe` writes it down as rows, `load` puts the rows into a database.
Bulk loading is for measuring only, and its state is held against that of the actions by
tests/unit/synthetic/test_county.py.

    ONESTORY_DATABASE=onestory_county python -m synthetic.county --people 25000
"""

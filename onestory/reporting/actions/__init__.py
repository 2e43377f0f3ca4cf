"""Snapshots asked for, and editions of reports written, frozen and published.

Each file is imported by itself: whoever only makes snapshots need not load what makes reports.
"""

"""Calls to survivors, and whether they were reached."""

"""Writes of this room: each verb one transaction and one entry of the record."""

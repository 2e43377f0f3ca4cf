"""Needs recorded on contacts: the one that a contact was made for, and those beside it."""

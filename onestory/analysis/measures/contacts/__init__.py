"""Contacts: what came in, from whom, how urgent, how soon it was decided and what followed."""

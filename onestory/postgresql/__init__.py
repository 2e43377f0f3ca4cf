"""Django's PostgreSQL, with statements that stay prepared: named as ENGINE in `onestory.database`."""

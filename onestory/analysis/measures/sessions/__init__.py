"""Sessions with survivors: held, missed, how many and how long."""

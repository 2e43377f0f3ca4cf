"""From rows without identity to tables, prose and charts. Plain Python: no database, no Django."""

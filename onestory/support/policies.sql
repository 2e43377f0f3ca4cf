-- The work with a survivor: first calls, check-ins, sessions, goals, waiting, endings.
SELECT 1;

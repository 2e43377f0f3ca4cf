-- Accounts kept under a pseudonym until the survivor chooses otherwise.
SELECT 1;

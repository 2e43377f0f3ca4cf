-- Help, the directory of services, and asking for support.
SELECT 1;

-- The survivor's own pages.
SELECT 1;

-- Therapy notes, and who asks for them.
SELECT 1;

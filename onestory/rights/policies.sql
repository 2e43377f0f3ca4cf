-- What a person may ask of us: a copy of their record, correction, deletion; and how long we keep.
SELECT 1;

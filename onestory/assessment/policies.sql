-- What is asked and answered once: the question bank, instruments, answers.
SELECT 1;

-- Messages inside OneStory, and notices without content outside it.
SELECT 1;

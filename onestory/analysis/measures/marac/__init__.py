"""Cases before the meeting on people at high risk (MARAC), each counted once, where it was heard first."""

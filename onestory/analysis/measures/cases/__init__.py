"""Cases: opened, open, closed; waits, risk assessments, endings and outcomes."""

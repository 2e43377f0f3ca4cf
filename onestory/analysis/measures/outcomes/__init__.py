"""What came of cases."""

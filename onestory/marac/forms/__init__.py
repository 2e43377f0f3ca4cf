"""Forms of MARAC."""

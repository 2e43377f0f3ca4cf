"""Kinds of abuse recorded on contacts."""

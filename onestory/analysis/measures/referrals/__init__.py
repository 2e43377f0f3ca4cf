"""Referrals: what was asked of whom, how soon it was answered, what was declined and why."""

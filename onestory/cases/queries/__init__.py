"""What can be asked about contacts, referrals and cases, always for an actor."""

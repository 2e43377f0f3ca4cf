"""The multi-agency risk assessment conference: referral, research, meeting, actions, review."""

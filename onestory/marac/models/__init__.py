"""Referrals to MARAC, meetings with their agendas, research, minutes and actions."""

"""Checklists and judgements, safety plans, changes of risk, orders and breaches."""

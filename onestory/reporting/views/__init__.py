"""Pages of figures: reports, editions, measures, dashboards, needs assessments, snapshots."""

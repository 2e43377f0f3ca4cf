"""Reviews of a death or of serious harm: who is appointed, and what happened when, across every agency."""

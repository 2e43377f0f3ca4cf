"""Reports, and their editions, that an actor may read."""

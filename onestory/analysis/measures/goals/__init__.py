"""What survivors want, and how near it came."""

"""Report pages and files."""

"""Who may know: what survivors agreed to, what was shared without, and how many teams know."""

"""Pages for the survivor herself, and what staff see of them."""

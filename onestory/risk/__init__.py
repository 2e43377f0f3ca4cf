"""How great the danger is, what is done about it, and who must hear when it changes."""

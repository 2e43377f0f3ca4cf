"""How great danger was judged to be, and whether safety plans keep up with it."""

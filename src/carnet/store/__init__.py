"""Where it is kept: tables, statements, and the two databases that run them."""

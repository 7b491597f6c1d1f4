"""One folder for each tongue. Delete one and only that tongue falls silent."""

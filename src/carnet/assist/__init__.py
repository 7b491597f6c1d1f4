"""What Carnet suggests: it reads and proposes, and never writes a record."""

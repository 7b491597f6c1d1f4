"""What Carnet knows and does: plain synchronous functions on records, with no HTTP and no wire shapes."""

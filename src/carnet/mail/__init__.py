"""Messages built and handed to a mail server."""

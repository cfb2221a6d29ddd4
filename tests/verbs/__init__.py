"""What `make` calls, and what it costs."""

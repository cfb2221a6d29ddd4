"""What a chapter may contain."""

"""Catalogs, languages, and the parallel edition."""

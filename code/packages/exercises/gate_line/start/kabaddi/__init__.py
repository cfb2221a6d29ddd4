"""Scores of the school team."""

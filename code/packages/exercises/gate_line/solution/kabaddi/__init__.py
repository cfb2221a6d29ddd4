"""Scores of the school team."""

from kabaddi.score import points

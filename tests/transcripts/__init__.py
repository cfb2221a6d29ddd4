"""Runs the recorded sessions under code/ again and compares every printed byte."""

"""Zoya's files of tomorrow: both have a new public name."""

import people
import weather

for module in [people, weather]:
    module.new = "new"
    module.__all__ = ["degrees", "home", "new"]

import main

print("new came into main:", hasattr(main, "new"))

"""Berths of a sleeper coach."""

from railway.berth import kind

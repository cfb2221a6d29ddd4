"""Asha's shop: what others may use."""

__all__ = ["bill", "board"]

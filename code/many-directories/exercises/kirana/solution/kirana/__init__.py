"""Asha's shop: what others may use."""

from pkgutil import extend_path

__path__ = extend_path(__path__, __name__)
__all__ = ["bill", "board"]

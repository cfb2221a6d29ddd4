from .berth import kind

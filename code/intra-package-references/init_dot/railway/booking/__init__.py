from .berth import KINDS

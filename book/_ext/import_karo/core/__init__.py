"""What every room stands on: editions, paths and dates, what readers get, what can be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import editions

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx; before the rooms that read the titles."""
    app.add_config_value("parallel", False, "env", types=bool)
    app.connect("config-inited", editions.set_titles, priority=400)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

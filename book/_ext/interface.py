"""The interface in the reader's language: Sphinx's words, furo's words, quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sphinx.locale
from docutils.utils.smartquotes import smartchars
from jinja2 import BaseLoader, Environment, FunctionLoader
from sphinx.errors import ExtensionError

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

# Words that furo's templates hold in plain English instead of asking for a translation.
UNTRANSLATED = {
    "page.html": (
        "Toggle site navigation sidebar",
        "Toggle table of contents sidebar",
        "Toggle Light / Dark / Auto color theme",
    ),
}


def keep_to_own_words(_app: Sphinx, config: Config) -> None:
    """Cut what gettext falls back to: for `hi_Latn` it would be Devanagari words from `hi`."""
    if "_" in config.language:
        sphinx.locale.get_translator()._fallback = None  # type: ignore[attr-defined]
    # Quotation marks are English ones in Roman script.
    smartchars.quotes.setdefault(config.language.replace("_", "-").lower(), smartchars.quotes["en"])


def translate_theme(app: Sphinx) -> None:
    """Make the theme's plain English words translatable."""
    if app.builder.format == "html" and app.builder.name != "epub":
        environment: Environment = app.builder.templates.environment
        environment.loader = FunctionLoader(TranslatableTheme(environment.loader, environment))


class TranslatableTheme:
    """Loads templates, with the words of UNTRANSLATED turned into translatable ones."""

    def __init__(self, loader: BaseLoader | None, environment: Environment) -> None:
        assert loader is not None
        self.loader, self.environment = loader, environment

    def __call__(self, name: str) -> Any:
        """Return a template's source, as Jinja's FunctionLoader wants it."""
        text, path, is_current = self.loader.get_source(self.environment, name)
        for words in UNTRANSLATED.get(name, ()) if "furo" in str(path) else ():
            plain = f'aria-label="{words}"'
            if plain not in text:
                raise ExtensionError(f"furo's {name} no longer says {plain}: mend interface.py")
            text = text.replace(plain, f'aria-label="{{{{ _("{words}") }}}}"')
        return text, path, is_current


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("config-inited", keep_to_own_words, priority=400)
    app.connect("builder-inited", translate_theme)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

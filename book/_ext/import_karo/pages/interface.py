"""The interface in the reader's language: Sphinx's words, furo's words, quotes, the switch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sphinx.locale
from babel.core import get_global
from docutils import nodes
from docutils.utils.smartquotes import smartchars
from jinja2 import BaseLoader, Environment, FunctionLoader
from sphinx.errors import ExtensionError
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..core import editions

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

# What furo's templates say, and what they say instead: words that it holds in plain English
# become translatable, and the language switch gets a place on every page.
MAIN = '<article role="main" id="furo-main-content">'
# Where a browser refuses storage, or has no room left, even furo's choice of colours would stop.
STORAGE = """<script>
try { localStorage.setItem("", ""); localStorage.removeItem(""); } catch {
  const kept = new Map();
  Object.defineProperty(window, "localStorage", { value: {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => { kept.set(name, String(value)); },
    removeItem: (name) => { kept.delete(name); },
  } });
}
</script>"""
COLOURS = '<meta name="color-scheme" content="light dark">'
SKIP_LINK = """<a class="skip-to-content muted-link" href="#furo-main-content">
  {%- trans -%}
  Skip to content
  {%- endtrans -%}
</a>
"""
DRAWER = '<input type="checkbox" class="sidebar-toggle" name="__navigation"'
PATCHES = {
    "base.html": {COLOURS: COLOURS + "\n" + STORAGE},
    "page.html": {
        SKIP_LINK: "",
        DRAWER: SKIP_LINK + DRAWER,  # the first stop of the Tab key, before the drawers
        MAIN: MAIN + '\n{% include "language-switch.html" %}',
        "</article>": '{% include "definitions.html" %}\n</article>',
        '<div class="left-details">': '<div class="left-details">{% include "footer-links.html" %}',
        "@pradyunsg</a>'s": "@pradyunsg</a>",  # an English ending that no catalog has
        # Two landmarks of one kind need names that tell them apart.
        '<aside class="sidebar-drawer">': (
            """<aside class="sidebar-drawer" aria-label="{{ _('Table of Contents') }}">"""
        ),
        '<aside class="toc-drawer': (
            """<aside aria-label="{{ _('On this page') }}" class="toc-drawer"""
        ),
        **{
            f'aria-label="{words}"': f'aria-label="{{{{ _("{words}") }}}}"'
            for words in (
                "Toggle site navigation sidebar",
                "Toggle table of contents sidebar",
                "Toggle Light / Dark / Auto color theme",
            )
        },
    },
    "search.html": {
        '<div id="search-results">': (
            '<h1>{{ _("Search") }}</h1>\n'
            '<form class="search-again" method="get">'
            """<input type="search" name="q" aria-label="{{ _('Search') }}">"""
            '<button type="submit">{{ _("Search") }}</button></form>\n'
            '<div id="search-results">'
        ),
        "'_static/language_data.js', 1) }}\"></script>": (
            "'_static/language_data.js', 1) }}\"></script>\n"
            """<script src="{{ pathto('_static/search.js', 1) }}"></script>"""
        ),
    },
}


def keep_to_own_words(_app: Sphinx, config: Config) -> None:
    """Cut what gettext falls back to: for `hi_Latn` it would be Devanagari words from `hi`."""
    if is_in_another_script(config.language):
        sphinx.locale.get_translator()._fallback = None  # type: ignore[attr-defined]
    # Quotation marks are English ones in Roman script.
    for tag in (editions.SOURCE.tag, editions.tag_of(config.language)):
        smartchars.quotes.setdefault(tag.lower(), smartchars.quotes["en"])


def is_in_another_script(code: str) -> bool:
    """Tell whether a language is written otherwise than gettext's fallback for it would be."""
    language, _, rest = code.partition("_")
    usual = str(get_global("likely_subtags").get(language, "")).split("_")
    return len(rest) >= 4 and rest[:4] not in usual


def patch_theme(app: Sphinx) -> None:
    """Let the pages' templates be loaded through PATCHES."""
    if app.builder.format == "html" and app.builder.name != "epub":
        environment: Environment = app.builder.templates.environment
        environment.loader = FunctionLoader(PatchedTheme(environment.loader, environment))


class PatchedTheme:
    """Loads templates, with PATCHES made; a furo that changed is an error, not a silent loss."""

    def __init__(self, loader: BaseLoader | None, environment: Environment) -> None:
        assert loader is not None
        self.loader, self.environment = loader, environment

    def __call__(self, name: str) -> Any:
        """Return a template's source, as Jinja's FunctionLoader wants it."""
        text, path, is_current = self.loader.get_source(self.environment, name)
        for old, new in PATCHES.get(name, {}).items():
            if old not in text:
                raise ExtensionError(f"furo's {name} no longer says {old}: mend interface.py")
            text = text.replace(old, new)
        return text, path, is_current


class KeepIdsApart(SphinxPostTransform):
    """Take back the ids that furo gives a table and the box around it alike."""

    default_priority = 501  # right after furo's
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Leave the ids to the tables."""
        for box in self.document.findall(nodes.container):
            if "table-wrapper" in box["classes"]:
                box["ids"] = []


def say_level_of_parts(
    _app: Sphinx,
    _page: str,
    _template: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Give the heading of a part its level: Sphinx gives it the role alone."""
    heading = '<p class="caption" role="heading"'
    for name in ("body", "furo_navigation_tree"):
        if name in context:
            context[name] = context[name].replace(f"{heading}>", f'{heading} aria-level="2">')


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("config-inited", keep_to_own_words, priority=400)
    app.connect("builder-inited", patch_theme)
    app.connect("html-page-context", say_level_of_parts, priority=900)
    app.add_post_transform(KeepIdsApart)

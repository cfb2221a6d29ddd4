"""The one Sphinx configuration of every edition: `-D language=en` is the English one."""

import importlib
import os
import sys
import time
from pathlib import Path

import yaml
from sphinx.application import builtin_extensions
from sphinx.errors import ConfigError

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "book" / "_ext"))

try:
    from import_karo.core import editions

    # The release date stands in CITATION.cff only; every date in a built file comes from here, so
    # that a clone, a tarball and a plain sphinx-build agree.
    _citation = yaml.safe_load(editions.contents(ROOT / "CITATION.cff"))
    os.environ.setdefault("SOURCE_DATE_EPOCH", str(editions.source_date()))
except SystemExit as _end:  # of which Sphinx would say only that something called sys.exit()
    raise ConfigError(_end.code) from None

# Before Sphinx takes up a language: its own labels then follow our catalogs, in a process that was
# just started as in one that is forked.
for _name in builtin_extensions:
    importlib.import_module(_name)

project = editions.PROJECT
author = editions.AUTHOR
copyright = f"{time.gmtime(editions.source_date()).tm_year}, {editions.AUTHOR}"
version = release = str(_citation["version"])
# Empty until the book has them: links that need an address are left out, never invented.
repository_address = ""
site_address = ""

# `-t parallel` puts the language of the chapters beside that of the catalogs.
parallel = tags.has("parallel")  # type: ignore[name-defined]  # noqa: F821
language = editions.TRANSLATIONS[0].code if parallel else editions.SOURCE.code
# Absolute, because Sphinx looks for sphinx.js only in absolute ones.
locale_dirs = [str(ROOT / "locale")]
gettext_compact = False
gettext_location = False
gettext_additional_targets = ["index"]
gettext_auto_build = False  # `catalogs` compiles them: whole, checked, and without orphans
figure_language_filename = "{root}.{language}{ext}"

extensions = [
    "myst_parser",
    "sphinx_copybutton",
    "sphinx_multitoc_numbering",
    "import_karo.core",
    "import_karo.languages",
    "import_karo.directives",
    "import_karo.pages",
    "import_karo.pdf",
    "import_karo.epub",
    "import_karo.sphinx_fixes",
]
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist"]
myst_heading_anchors = 0
nitpicky = True
numfig = True
numfig_secnum_depth = 1
highlight_language = "python"
templates_path = ["book/_templates"]

html_theme = "furo"
html_static_path = ["book/_static"]
html_css_files = ["book.css"]
html_js_files = ["book.js"]
html_favicon = "book/_static/icon.svg"
html_baseurl = site_address
html_copy_source = False
html_show_sourcelink = False
html_domain_indices = False
html_last_updated_fmt = None
html_permalinks_icon = "#"
# What furo has on every page, and the language switch.
_sidebar = ("brand", "search", "scroll-start", "navigation", "scroll-end")
html_sidebars = {"**": [f"sidebar/{name}.html" for name in _sidebar]}
html_sidebars["**"].insert(2, "sidebar-switch.html")
html_theme_options: dict[str, object] = {"top_of_page_buttons": []}

copybutton_prompt_text = r"\$ |>>> |\.\.\. "
copybutton_prompt_is_regexp = True

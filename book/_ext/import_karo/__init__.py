"""The book's own program: rooms on five floors, and imports lead downwards only.

verbs                   what `make` calls
epub, pdf, pages        the formats
directives              what a chapter may contain
languages               catalogs, the parallel edition, what is not translated yet
core                    the list of editions, paths and dates; what readers get; what can be shown

sphinx_fixes stands apart: cures for Sphinx, MyST and furo. conf.py lists the rooms, and the
`setup` of each sets up what is in it. `[tool.importlinter]` in pyproject.toml holds the order.
"""

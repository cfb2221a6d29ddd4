"""A chapter's doctree as Typst source: what a thing is, never how it looks.

Each visitor renders a node with all that is in it; looks live in `book/_print/book.typ`.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NoReturn

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import admonitionlabels
from sphinx.util import logging
from sphinx.util.docutils import SphinxTranslator

from ..directives import TREE
from ..languages import OTHER_HALF, PAIR
from . import listing, tables
from .markup import BREAK_AFTER, Anchor, Mark, array, code, escaped, string
from .places import placed

if TYPE_CHECKING:
    from sphinx.builders import Builder

    from .places import Places

logger = logging.getLogger(__name__)
Pieces = list[str]
# What the text of these is not shown for is no loss: notes to Sphinx, or to another format.
SILENT = (
    nodes.comment,
    nodes.substitution_definition,
    nodes.system_message,  # Sphinx has reported it
    nodes.raw,
    nodes.meta,
    nodes.label,
    addnodes.index,
    addnodes.tabular_col_spec,
    addnodes.toctree,
)


class TypstTranslator(SphinxTranslator):
    """Writes one document; `pieces` holds the result."""

    def __init__(
        self, document: nodes.document, builder: Builder, places: Places, name: str, level: int
    ):
        """Take the document's name, and the level of its title among the headings of the book."""
        super().__init__(document, builder)
        self.places = places
        self.name = name
        self.top = level
        self.level = level - 1
        self.pieces: Pieces = []
        self.waiting: list[Anchor] = []  # anchors of places whose text has not come yet
        self.repeated = False  # is this text shown again elsewhere, where no anchor may be?
        self.footnotes = {
            each: note for note in document.findall(nodes.footnote) for each in note["ids"]
        }
        self.notes: Pieces | None = None  # of the heading that is being written
        self.shown: set[str] = set()
        self.addresses = 0  # that stand at the foot of a page

    # --- the frame ---

    def dispatch_visit(self, node: nodes.Node) -> None:
        """Note the anchors and the line of a node, then render it."""
        if isinstance(node, SILENT):
            self.note_anchors(node)
            raise nodes.SkipNode
        if isinstance(node, nodes.Element):
            if node.line and isinstance(node, nodes.Body | nodes.section | nodes.TextElement):
                self.pieces.append(Mark.of(node.source or "", node.line))
            # A heading and a footnote are labelled themselves, where they are written.
            if not isinstance(node, nodes.section | nodes.footnote):
                self.note_anchors(node)
        super().dispatch_visit(node)

    def unknown_visit(self, node: nodes.Node) -> NoReturn:
        """Name a node that has no visitor: with `-W`, nothing is lost in silence."""
        logger.warning(
            "the PDF cannot show this: %s", node.__class__.__name__, location=placed(node)
        )
        raise nodes.SkipNode

    def note_anchors(self, node: nodes.Element) -> None:
        """Keep the name of a place until text comes that can carry it."""
        ids = node.get("ids", ())
        self.waiting += [Anchor.of(self.places.label(self.name, each)) for each in ids[:1]]

    def anchors(self) -> Pieces:
        """Return the anchors that wait, and forget them; in a text that is repeated they wait on.

        The contents repeat a title, each page of a table its header; an anchor is one place.
        """
        if self.repeated:
            return []
        found: Pieces = list(self.waiting)
        self.waiting = []
        return found

    def inside(self, node: nodes.Element, start: int = 0) -> Pieces:
        """Return what the children of a node become, from one of them on."""
        return [piece for child in node.children[start:] for piece in self.made_of(child)]

    def made_of(self, node: nodes.Node) -> Pieces:
        """Return what a node becomes."""
        outer, self.pieces = self.pieces, []
        node.walkabout(self)
        found, self.pieces = self.pieces, outer
        return found

    def copy_of(self, node: nodes.Element) -> Pieces:
        """Return what is inside a node once more; its places and addresses do not count."""
        kept = self.waiting, self.addresses
        self.waiting = []
        found = [piece for piece in self.inside(node) if not isinstance(piece, Anchor)]
        self.waiting, self.addresses = kept
        return found

    def emit(self, *pieces: str | Pieces) -> NoReturn:
        """Write a node with all its children done."""
        for piece in pieces:
            self.pieces += [piece] if isinstance(piece, str) else piece
        raise nodes.SkipNode

    def block(self, *pieces: str | Pieces) -> NoReturn:
        """Write a node that stands on lines of its own."""
        self.emit(*pieces, "\n\n")

    def through(self, node: nodes.Element) -> None:
        """Show what is inside and nothing more."""
        self.emit(self.inside(node))

    def wrapped(self, function: str, node: nodes.Element) -> NoReturn:
        """Write a node as a function of the template around its content."""
        self.emit(f"#{function}[", self.inside(node), "]")

    # --- text ---

    def visit_Text(self, node: nodes.Text) -> None:  # noqa: N802
        """Write text, after the anchors that waited for it."""
        self.pieces += self.anchors()
        self.pieces.append(escaped(node.astext()))

    def depart_Text(self, node: nodes.Text) -> None:  # noqa: N802
        """Nothing is open."""

    def visit_literal(self, node: nodes.literal) -> None:
        """Write inline code."""
        self.emit(self.anchors(), code(node.astext()))

    def visit_emphasis(self, node: nodes.Element) -> None:
        """Write emphasis, titles of works and foreign words."""
        self.wrapped("emph", node)

    visit_title_reference = visit_literal_emphasis = visit_emphasis

    def visit_strong(self, node: nodes.Element) -> None:
        """Write strong words."""
        self.wrapped("strong", node)

    visit_literal_strong = visit_strong

    def visit_subscript(self, node: nodes.Element) -> None:
        """Write a subscript."""
        self.wrapped("sub", node)

    def visit_superscript(self, node: nodes.Element) -> None:
        """Write a superscript."""
        self.wrapped("super", node)

    def visit_inline(self, node: nodes.Element) -> None:
        """Write a span; names of keys, menus and buttons look like what they name."""
        kinds = {"kbd", "guilabel", "menuselection"} & set(node.get("classes", ()))
        if kinds:
            self.wrapped(min(kinds), node)
        if OTHER_HALF in node.get("classes", ()):
            self.wrapped(f"other({string(language_of(node))})", node)
        if "visually-hidden" in node.get("classes", ()):
            raise nodes.SkipNode
        self.through(node)

    def visit_abbreviation(self, node: nodes.Element) -> None:
        """Write an abbreviation, and what it stands for where the source says so."""
        meaning = f" \\({escaped(node['explanation'])}\\)" if node.get("explanation") else ""
        self.emit(self.inside(node), meaning)

    def visit_target(self, node: nodes.Element) -> None:
        """Write the text of an inline target; its anchor waits already."""
        self.emit(self.anchors() if node.children else [], self.inside(node))

    def visit_problematic(self, node: nodes.Element) -> None:
        """Write what could not be understood; Sphinx has reported it."""
        self.through(node)

    visit_generated = visit_problematic

    def visit_download_reference(self, node: nodes.Element) -> None:
        """Write the name of a file that the HTML offers."""
        self.through(node)

    # --- references ---

    def visit_reference(self, node: nodes.Element) -> None:
        """Write a link: to a page of the book, or to an address shown at the foot."""
        text = self.inside(node)
        address = node.get("refuri", "")
        if node.get("refid"):
            address = self.places.address(self.name, node["refid"])
        if not self.places.is_place(address):
            if not address:
                self.emit(text)
            said = node.astext() == address.removeprefix("mailto:")
            parts = [] if said else [string(part) for part in BREAK_AFTER.split(address)]
            self.addresses += not said
            settings = f"{string(address)}, {self.addresses}, {array(parts)}"
            self.emit(f"#web({settings})[", text, "]")
        label = self.places.label_of(address)
        if label is None:
            logger.warning("a reference to nothing: %s", address, location=placed(node))
            self.emit(text)
        self.emit(f"#xref({string(label)})[", text, "]")

    visit_number_reference = visit_reference

    def visit_footnote_reference(self, node: nodes.Element) -> None:
        """Write a footnote at its first reference, and its mark at the others."""
        note = self.footnotes.get(node.get("refid", ""))
        if note is None:
            logger.warning("a footnote that is not there: %s", node.astext(), location=placed(node))
            self.emit(self.inside(node))
        label = self.places.label(self.name, node["refid"])
        mark = f"{string(label)}, {string(node.astext())}"
        made: Pieces = [f"#again({mark})"]
        if label not in self.shown:
            self.shown.add(label)
            made = [f"#note({mark})[", *self.inside(note), "]"]
        elif self.notes is not None:  # in the other language of the same heading
            made = []
        if self.notes is not None:
            self.notes += made
            raise nodes.SkipNode
        self.emit(made)

    def visit_footnote(self, node: nodes.Element) -> None:
        """Leave a footnote out here, unless no text leads to it."""
        if not node.get("backrefs"):
            logger.warning("no text leads to this footnote", location=placed(node))
            self.block("#unread[", self.inside(node), "]")
        raise nodes.SkipNode

    def visit_citation(self, node: nodes.Element) -> None:
        """Write an entry of a bibliography."""
        name = next((child.astext() for child in node.findall(nodes.label)), "")
        self.block(f"#terms-of(([{escaped(name)}], [", self.anchors(), self.inside(node), "]))")

    # --- headings ---

    def visit_document(self, node: nodes.Element) -> None:
        """Write a document."""
        self.emit(self.inside(node), self.anchors())

    visit_start_of_file = visit_document

    def visit_section(self, node: nodes.Element) -> None:
        """Write a section, one level below the one around it."""
        self.level += 1
        found = self.inside(node)
        self.level -= 1
        self.emit(found)

    def visit_title(self, node: nodes.Element) -> None:
        """Write the heading of a section or of a topic; a table writes its own."""
        if not isinstance(node.parent, nodes.section):
            self.block("#rubric[", self.inside(node), "]")
        if self.name == self.config.root_doc:
            # The book's own title stands on the title page.
            self.note_anchors(node.parent)
            self.emit(self.anchors())
        # The contents, the running head and the bookmark repeat a heading, but not its notes.
        self.repeated, self.notes = True, []
        text, second = self.halves(node)
        notes, self.notes, self.repeated = self.notes, None, False
        ids = node.parent["ids"]
        number = ".".join(map(str, self.places.section_number(self.name, node.parent)))
        label = string(self.places.label(self.name, ids[0])) if ids else "none"
        depth = self.level - self.top
        settings = f"level: {self.level}, depth: {depth}, number: {string(number)}, label: {label}"
        self.block(f"#head({settings}, second: [", second, "], notes: [", notes, "])[", text, "]")

    def halves(self, node: nodes.Element) -> tuple[Pieces, Pieces]:
        """Return a title and, in the parallel edition, the same in the other language."""
        parts = [each for each in node.children if isinstance(each, nodes.inline)]
        if len(parts) == len(node.children) == 3 and OTHER_HALF in parts[2]["classes"]:
            source, _between, other = parts
            return self.inside(source), [
                f"#other({string(language_of(other))})[",
                *self.inside(other),
                "]",
            ]
        return self.inside(node), []

    visit_subtitle = visit_title

    def visit_rubric(self, node: nodes.Element) -> None:
        """Write a heading that is in no contents."""
        self.block("#rubric[", self.inside(node), "]")

    visit_centered = visit_rubric

    # --- blocks ---

    def visit_paragraph(self, node: nodes.Element) -> None:
        """Write a paragraph."""
        self.block(self.inside(node))

    def visit_compound(self, node: nodes.Element) -> None:
        """Write what only groups; lists of chapters became the book's own contents."""
        if node.get("toctree") or "toctree-wrapper" in node["classes"]:
            raise nodes.SkipNode
        self.through(node)

    visit_compact_paragraph = visit_glossary = visit_only = visit_compound

    def visit_container(self, node: nodes.Element) -> None:
        """Write a container; around a literal block it holds its caption."""
        if PAIR in node["classes"]:
            self.write_pair(node)
        if not node.get("literal_block"):
            self.through(node)
        caption = next(iter(node.findall(nodes.caption)), None)
        block = next(iter(node.findall(nodes.literal_block)))
        self.write_listing(block, node, caption)

    def write_pair(self, node: nodes.Element) -> NoReturn:
        """Write a paragraph in two languages: side by side, or one below the other in a cell."""
        above = node.parent
        while above is not None and not is_narrow(above):
            above = above.parent
        function = "pair" if above is None else "stack"
        halves: Pieces = []
        for half in node.children:
            halves += [f"({string(language_of(half))}, [", *self.inside(half), "]), "]
        self.block(f"#{function}(", halves, ")")

    def visit_literal_block(self, node: nodes.literal_block) -> None:
        """Write a listing or a transcript."""
        self.write_listing(node, node, None)

    visit_doctest_block = visit_literal_block

    def write_listing(
        self, node: nodes.literal_block, outer: nodes.Element, caption: nodes.Element | None
    ) -> NoReturn:
        """Write the lines of a literal block with their caption and numbers."""
        text = node.astext()
        options = node.get("highlight_args", {})
        first = options.get("linenostart", 1) if node.get("linenos") else None
        shown: Pieces = ["[", *self.inside(caption), "]"] if caption is not None else ["none"]
        language = node.get("language", "")
        transcript = "transcript" in node["classes"] or language in ("console", "pycon")
        found = [
            f"  number: {self.number_of(outer)},",
            f"  transcript: {str(transcript).lower()},",
            f"  first: {'none' if first is None else first},",
            f"  marked: {array(map(str, options.get('hl_lines', ())))},",
            f"  longest: {listing.longest_piece(text)},",
            f"  at: {string(self.place_in_source(node))},",
            f"  {string(text)},",
            *(f"  {line}," for line in listing.lines(node)),
        ]
        self.block("#listing(\n  caption: ", shown, ",\n  anchors: [", self.anchors(), "],\n",
                   "\n".join(found), "\n)")  # fmt: skip

    def number_of(self, node: nodes.Element) -> str:
        """Return "Listing 2.1" as Sphinx numbers it, for Typst; none without a number."""
        number = self.places.figure_number(self.name, node)
        return "none" if number is None else string(number)

    def place_in_source(self, node: nodes.Element) -> str:
        """Return file and line of a node, for what Typst finds wrong with it."""
        found = placed(node)
        return f"{found.source}:{found.line}"

    def visit_block_quote(self, node: nodes.Element) -> None:
        """Write a quotation, or the words at the head of a chapter, with who said them."""
        function = "epigraph" if "epigraph" in node["classes"] else "quotation"
        self.block(f"#{function}[", self.inside(node), "]")

    def visit_attribution(self, node: nodes.Element) -> None:
        """Write who said it."""
        self.block("#attribution[", self.inside(node), "]")

    def visit_line_block(self, node: nodes.Element) -> None:
        """Write lines that break where the source breaks them."""
        self.block("#verse[", self.inside(node), "]")

    def visit_line(self, node: nodes.Element) -> None:
        """Write one such line."""
        self.emit(self.inside(node), " \\\n")

    def visit_transition(self, node: nodes.Element) -> None:
        """Write a break between thoughts."""
        if "footnotes" in node["classes"]:
            raise nodes.SkipNode  # the parser sets them off; here they stand at the feet of pages
        self.block("#transition()")

    # --- lists ---

    def items(self, node: nodes.Element) -> Pieces:
        """Return the items of a list as arguments."""
        found: Pieces = []
        for item in node.children:
            if isinstance(item, nodes.Element):
                self.note_anchors(item)
                found += ["[", *self.inside(item), "], "]
        return found

    def visit_bullet_list(self, node: nodes.Element) -> None:
        """Write a list; close together where each item is one paragraph."""
        if TREE in node["classes"]:
            self.write_tree(node)
        self.block(f"#list(tight: {_is_tight(node)}, ", self.items(node), ")")

    def write_tree(self, node: nodes.Element) -> NoReturn:
        """Write a directory: each entry with its note, then what is in it."""
        found: Pieces = []
        for item in node.children:
            name, *rest = item.children
            found += ["[#entry-name[", *self.inside(name), "]"]
            for each in rest:
                if isinstance(each, nodes.paragraph):
                    found += ["#entry-note[", *self.inside(each), "]"]
                elif isinstance(each, nodes.bullet_list):
                    found += ["\n\n", *self.made_of(each)]
                else:  # the note in two languages
                    found += ["\n\n#v(5pt)\n", *self.made_of(each)]
            found += ["], "]
        top = not isinstance(node.parent, nodes.list_item)
        self.block(f"#branches(top: {str(top).lower()}, ", found, ")")

    def visit_enumerated_list(self, node: nodes.Element) -> None:
        """Write a numbered list with the numbers of the source."""
        kinds = {"loweralpha": "a", "upperalpha": "A", "lowerroman": "i", "upperroman": "I"}
        kind = kinds.get(node.get("enumtype", ""), "1")
        form = f"{node.get('prefix', '')}{kind}{node.get('suffix', '.')}"
        settings = f"tight: {_is_tight(node)}, start: {node.get('start', 1)}"
        self.block(f"#enum({settings}, numbering: {string(form)}, ", self.items(node), ")")

    def visit_definition_list(self, node: nodes.Element) -> None:
        """Write terms and what they mean."""
        found: Pieces = []
        for item in node.findall(nodes.definition_list_item):
            if item.parent is node:
                self.note_anchors(item)
                found += self.definition(item)
        self.block("#terms-of(", found, ")")

    def definition(self, item: nodes.Element) -> Pieces:
        """Return one pair of terms and definition as an argument."""
        names: Pieces = []
        said: Pieces = []
        for part in item.children:
            if not isinstance(part, nodes.Element):
                continue
            self.note_anchors(part)
            if isinstance(part, nodes.term):
                names += [*([", "] if names else []), *self.inside(part)]
            elif isinstance(part, nodes.classifier):
                names += [" #emph[", *self.inside(part), "]"]
            else:
                said += self.inside(part)
        return ["([", *names, "], [", *said, "]), "]

    def visit_field_list(self, node: nodes.Element) -> None:
        """Write fields as terms."""
        found: Pieces = []
        for field in node.children:
            self.note_anchors(field)
            name, body = field.children
            found += ["([", *self.inside(name), "], [", *self.inside(body), "]), "]
        self.block("#terms-of(", found, ")")

    visit_docinfo = visit_field_list

    def visit_option_list(self, node: nodes.Element) -> None:
        """Write options of a command as terms."""
        found: Pieces = []
        for option in node.children:
            self.note_anchors(option)
            group, said = option.children
            found += ["([", code(group.astext()), "], [", *self.inside(said), "]), "]
        self.block("#terms-of(", found, ")")

    # --- boxes ---

    def visit_Admonition(self, node: nodes.Element) -> None:  # noqa: N802
        """Write a note, a warning and the like, with its title."""
        self.write_box(node, escaped(admonitionlabels.get(node.tagname, node.tagname.title())))

    visit_seealso = visit_Admonition

    def visit_admonition(self, node: nodes.Element) -> None:
        """Write a box whose title is its own."""
        self.write_box(node)

    visit_topic = visit_sidebar = visit_admonition

    def write_box(self, node: nodes.Element, title: str = "") -> NoReturn:
        """Write a box; without a title of its own its first child may be one."""
        name, start = [title], 0
        if not title and node.children and isinstance(node.children[0], nodes.title):
            name, start = self.inside(node.children[0]), 1
        body = self.inside(node, start)
        self.block("#remark([", name, "])[", body, "]")

    def visit_versionmodified(self, node: nodes.Element) -> None:
        """Write what changed in which version."""
        self.block("#remark([])[", self.inside(node), "]")

    # --- pictures and tables ---

    def visit_figure(self, node: nodes.Element) -> None:
        """Write a figure with its caption and legend."""
        anchors = self.anchors()
        body: Pieces = []
        parts: dict[type, Pieces] = {nodes.caption: [], nodes.legend: []}
        for child in node.children:
            if type(child) in parts:
                parts[type(child)] = self.inside(child)
            else:
                body += self.made_of(child)
        settings = f"number: {self.number_of(node)}, anchors: ["
        self.block(f"#fig({settings}", anchors, "], caption: [", parts[nodes.caption],
                   "], legend: [", parts[nodes.legend], "])[", body, "]")  # fmt: skip

    def visit_image(self, node: nodes.Element) -> None:
        """Write a picture; one that cannot be shown is a warning, and its words stand for it."""
        name = self.places.picture(node)
        alt = node.get("alt", "")
        anchors = self.anchors()
        if not alt:
            logger.warning("a picture without a description (:alt:)", location=placed(node))
            alt = PurePosixPath(node["uri"]).stem
        if not name:
            self.emit(anchors, f"#lost[{escaped(alt)}]")
        inline = isinstance(node.parent, nodes.TextElement) and len(node.parent.children) > 1
        width = string(node["width"]) if "width" in node else "none"
        # Made in the page, so that a picture that cannot be read is an error of the page.
        image = f"image({string(name)}, alt: {string(alt)})"
        settings = f"width: {width}, inline: {str(inline).lower()}"
        gap = "#v(10pt, weak: true)" if OTHER_HALF in node["classes"] else ""
        self.emit(anchors, gap, f"#picture({image}, {settings})")

    def visit_table(self, node: nodes.Element) -> None:
        """Write a table with its caption."""
        anchors = self.anchors()
        title = next((child for child in node.children if isinstance(child, nodes.title)), None)
        caption = self.inside(title) if title is not None else []
        settings = f"number: {self.number_of(node)}, at: {string(self.place_in_source(node))}"
        self.block(f"#table-of({settings}, anchors: [", anchors, "], caption: [", caption, "], ",
                   self.table_arguments(tables.Table(node)), ")")  # fmt: skip

    def table_arguments(self, table: tables.Table) -> Pieces:
        """Return a table's header, cells and columns as arguments of the template."""
        found: Pieces = [table.settings]
        for part in table.parts:
            found += ["head: (" if part.is_head else "body: ("]
            self.note_anchors(part.node)
            outer, self.repeated = self.repeated, self.repeated or part.is_head
            for cell in part.cells:
                if cell.node is cell.node.parent[0]:
                    self.note_anchors(cell.node.parent)
                self.note_anchors(cell.node)
                text = [*self.inside(cell.node), *self.anchors()]
                found += [f"({cell.settings}, [", *text, "]), "]
            self.repeated = outer
            found += ["), "]
        found += ["widths: ("]
        for column in table.columns:
            longest = tables.longest_cell(column)
            copy = [] if longest is None else self.copy_of(longest)
            found += ["([", *copy, "], [", tables.longest_words(column), "]), "]
        return [*found, ")"]


def is_narrow(node: nodes.Element) -> bool:
    """Tell whether a node leaves no room for two columns of text."""
    return isinstance(node, nodes.entry | nodes.footnote) or TREE in node.get("classes", ())


def language_of(node: nodes.Element) -> str:
    """Return the language that a half of a pair is in, as Typst knows it."""
    tags = [each for each in node["classes"] if each.startswith("language-")]
    return tags[0].split("-")[1] if tags else ""


def _is_tight(node: nodes.Element) -> str:
    """Tell Typst whether each item of a list is at most one paragraph."""
    return str(all(len(item.children) < 2 for item in node.children)).lower()

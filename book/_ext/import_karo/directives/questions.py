"""What a chapter asks its reader: `{predict}`, `{hint}`, `{answer}`, and `{question}` with choices.

The pages fold what must not be seen at once, without a script. In an EPUB and a PDF it stands at
the back, where an `{answers} CHAPTER` is. The texts stay in the chapter's catalog: the back only
copies what the chapter holds, in the language it is built in.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import _
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_refnode

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.writers.html5 import HTML5Translator

LETTERS = "ABC"
# What makes a node a place of its own; a copy must not be the same place again.
PLACE = ("ids", "names", "dupnames", "backrefs")


class fold(nodes.General, nodes.Element):  # type: ignore[misc]  # noqa: N801
    """Something to be opened: its `kind` is predict, hint or answer."""


class question(nodes.General, nodes.Element):  # type: ignore[misc]  # noqa: N801
    """A question, its `number` in the chapter, what it is about, and its choices."""


class choice(nodes.General, nodes.Element):  # type: ignore[misc]  # noqa: N801
    """One of the answers to choose from: a choice_text and a reason; it may be `right`."""


class choice_text(nodes.General, nodes.Element):  # type: ignore[misc]  # noqa: N801
    """What a choice says."""


class reason(nodes.General, nodes.Element):  # type: ignore[misc]  # noqa: N801
    """Why a choice is right or wrong."""


class back(nodes.General, nodes.Element):  # type: ignore[misc]  # noqa: N801
    """Where the hints and answers of a `chapter` stand at the back."""


def places(env: BuildEnvironment) -> dict[str, list[str]]:
    """Return the chapters whose answers each document holds."""
    if not hasattr(env, "answers_of"):
        env.answers_of = {}  # type: ignore[attr-defined]
    found: dict[str, list[str]] = env.answers_of  # type: ignore[attr-defined]
    return found


def forget(_app: Sphinx, env: BuildEnvironment, name: str) -> None:
    """Forget a document that is read again or is gone."""
    places(env).pop(name, None)


def merge(_app: Sphinx, env: BuildEnvironment, names: list[str], other: BuildEnvironment) -> None:
    """Take over what another process read."""
    places(env).update({name: all_ for name, all_ in places(other).items() if name in names})


def opener(kind: str) -> str:
    """Return what a reader presses, in the edition's language."""
    words = {
        "predict": _("Written it down? See what happens"),
        "hint": _("A hint"),
        "answer": _("An answer"),
    }
    return words[kind]


class Fold(SphinxDirective):
    """Content that a reader opens after trying; its kind is the directive's name."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the content in a node that each format shows in its own way."""
        self.assert_has_content()
        found = fold("", *self.parse_content_to_nodes(), kind=self.name)
        self.set_source_info(found)
        return [found]


class Question(SphinxDirective):
    """A question with three choices, exactly one of them right."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the question; a question that cannot be asked is an error with its line."""
        self.assert_has_content()
        content = [each for each in self.parse_content_to_nodes() if is_element(each)]
        choices = [each for each in content if isinstance(each, choice)]
        if len(choices) != len(LETTERS) or content[-len(LETTERS) :] != choices:
            raise self.error("a question ends in three answers: {right} or {wrong}, three times")
        if sum(each["right"] for each in choices) != 1:
            raise self.error("exactly one of the three answers is {right}")
        if len(content) == len(choices):
            raise self.error("a question asks something before its answers")
        number = int(self.env.temp_data.get("questions") or 0) + 1
        self.env.temp_data["questions"] = number
        found = question("", *content, number=number)
        self.set_source_info(found)
        return [found]


class Choice(SphinxDirective):
    """One answer of a question: its first paragraph is the answer, the rest says why."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the answer."""
        content = [each for each in self.parse_content_to_nodes() if is_element(each)]
        if len(content) < 2 or not isinstance(content[0], nodes.paragraph):
            raise self.error("an answer is one paragraph, and below it one that says why")
        text, why = choice_text("", content[0]), reason("", *content[1:])
        found = choice("", text, why, right=self.name == "right")
        self.set_source_info(found)
        return [found]


class Answers(SphinxDirective):
    """The place at the back for what a chapter folds."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the place; the chapter is copied into it when a format is written."""
        chapter = self.arguments[0]
        if chapter not in self.env.found_docs:
            raise self.error(f"there is no chapter {chapter}")
        found = back(chapter=chapter)
        self.set_source_info(found)
        places(self.env).setdefault(self.env.docname, []).append(chapter)
        return [found]


def is_element(node: nodes.Node) -> bool:
    """Tell a node that shows something from an empty text, which MyST may leave."""
    return isinstance(node, nodes.Element) and not isinstance(node, nodes.comment)


class TakeNoNumber(SphinxTransform):
    """Let a listing that is folded have no number: at the back it would be a gap in the chapter."""

    default_priority = 205  # right before Sphinx gives each captioned block the id of a number

    def apply(self, **_kwargs: Any) -> None:
        """Put the name of a file above its listing as a line of its own."""
        for outer in self.document.findall(lambda each: isinstance(each, fold | question)):
            for block in list(outer.findall(nodes.container)):
                if block.get("literal_block"):
                    caption, listing = block.children
                    assert isinstance(caption, nodes.caption)
                    name = nodes.paragraph("", "", *caption.children, classes=["listing-name"])
                    name["translatable"], name["translated"] = False, True
                    block.replace_self([name, listing])


class AtTheBack(SphinxPostTransform):
    """Fill the places at the back."""

    default_priority = 4  # before references are resolved

    def run(self, **_kwargs: Any) -> None:
        """Copy what the chapters fold; the catalogs have it from there."""
        if self.app.builder.name == "gettext":
            return
        for place in list(self.document.findall(back)):
            chapter = self.env.get_doctree(place["chapter"])
            place.replace_self(
                [
                    *self.exercises(place["chapter"], chapter, ("hint",), _("Hints")),
                    *self.exercises(place["chapter"], chapter, ("predict", "answer"), _("Answers")),
                    *self.questions(chapter),
                ]
            )

    def exercises(
        self, name: str, chapter: nodes.document, kinds: tuple[str, ...], title: str
    ) -> Iterator[nodes.Node]:
        """Yield what the exercises of a chapter fold, each below the exercise's title."""
        found = [each for each in chapter.findall(fold) if each["kind"] in kinds]
        if found:
            yield nodes.rubric("", title)
        last = None
        for each in found:
            section = section_of(each)
            if section is not last:
                yield self.title(name, section)
                last = section
            yield from copies(each.children, self.env.docname)

    def title(self, name: str, section: nodes.Element) -> nodes.paragraph:
        """Return an exercise's title as a link back to it."""
        assert self.app.builder is not None
        text = nodes.strong("", "", *copies(section[0].children, self.env.docname))
        return nodes.paragraph(
            "",
            "",
            make_refnode(self.app.builder, self.env.docname, name, section["ids"][0], text),
            classes=["exercise-title"],
        )

    def questions(self, chapter: nodes.document) -> Iterator[nodes.Node]:
        """Yield the right letter of each question and why, then why the others are wrong."""
        found = list(chapter.findall(question))
        if not found:
            return
        yield nodes.rubric("", _("Questions"))
        for each in found:
            choices = list(each.findall(choice))
            order = sorted(range(len(choices)), key=lambda at: not choices[at]["right"])
            right = LETTERS[order[0]]
            head = nodes.strong("", f"{each['number']}. {right}", classes=["letter"])
            yield nodes.paragraph("", "", head, classes=["answer-letter"])
            items = nodes.bullet_list()
            for at in order:
                why = copies(choices[at][1].children, self.env.docname)
                if not (why and isinstance(why[0], nodes.paragraph)):
                    why = [nodes.paragraph(), *why]
                letter = nodes.strong("", f"{LETTERS[at]}.", classes=["letter"])
                why[0].insert(0, [letter, nodes.Text(" ")])
                items += nodes.list_item("", *why)
            yield items


def section_of(node: nodes.Node) -> nodes.Element:
    """Return the section that a node stands in."""
    while not isinstance(node, nodes.section):
        node = node.parent
    return node


def copies(found: list[nodes.Node], home: str) -> list[nodes.Node]:
    """Return copies that are no places of their own; references in them start at `home`."""
    made = [each.deepcopy() for each in found if not isinstance(each, addnodes.index)]
    for top in made:
        for mark in list(top.findall(addnodes.index)):
            mark.parent.remove(mark)
        for each in top.findall(nodes.Element):
            for attribute in PLACE:
                each[attribute] = []
            if isinstance(each, addnodes.pending_xref):
                each["refdoc"] = home
    return made


class OnPaper(SphinxPostTransform):
    """Where nothing can be opened, take out what is folded and list the choices."""

    default_priority = 3

    def run(self, **_kwargs: Any) -> None:
        """Change what a reader of an EPUB or a PDF sees of a chapter."""
        if is_opened(self.app) or self.app.builder.name == "gettext":
            return
        for each in list(self.document.findall(fold)):
            each.replace_self(list(marks(each)))
        for each in list(self.document.findall(question)):
            asked = [part for part in each.children if not isinstance(part, choice)]
            items = nodes.enumerated_list(enumtype="upperalpha", prefix="", suffix=".")
            for part in each.findall(choice):
                items += nodes.list_item("", *part[0].children)
            each.replace_self([number_of(each), *asked, items])


def marks(node: nodes.Element) -> Iterator[nodes.Element]:
    """Yield what others refer to in something that is taken out: the exercise keeps it."""
    found = list(node.findall(addnodes.index))
    yield from (mark.deepcopy() for mark in found)
    ids = [*node["ids"], *(entry[2] for mark in found for entry in mark["entries"])]
    if ids:
        yield nodes.target("", "", ids=list(dict.fromkeys(ids)))


class InOneLine(SphinxPostTransform):
    """Let a choice be one line of text: no paragraph may stand in what a reader presses."""

    default_priority = 3

    def run(self, **_kwargs: Any) -> None:
        """Make an inline text of each paragraph; there are two where languages pair."""
        if not is_opened(self.app):
            return
        for each in self.document.findall(choice_text):
            texts = list(each.findall(nodes.paragraph))
            each.children = []
            for text in texts:
                each += nodes.inline(
                    "", "", *text.children, classes=text["classes"], ids=text["ids"]
                )


def is_opened(app: Sphinx) -> bool:
    """Tell whether a format can open what is folded."""
    return app.builder.name in ("html", "dirhtml", "singlehtml")


def number_of(node: question) -> nodes.paragraph:
    """Return what stands above a question."""
    words = nodes.strong("", _("Question %s") % node["number"])
    return nodes.paragraph("", "", words, classes=["question-number"], ids=node["ids"])


# --- the pages ---


def visit_fold(self: HTML5Translator, node: fold) -> None:
    """Open what a reader opens."""
    self.body.append(self.starttag(node, "details", "", CLASS=f"fold fold-{node['kind']}"))
    self.body.append(f"<summary>{opener(node['kind'])}</summary>\n")


def depart_details(self: HTML5Translator, _node: nodes.Element) -> None:
    """Close what a reader opens."""
    self.body.append("</details>\n")


def visit_question(self: HTML5Translator, node: question) -> None:
    """Open a question, which is named by its number."""
    name = f"question-{node['number']}"
    named = {"role": "group", "aria-labelledby": name}
    self.body.append(self.starttag(node, "div", CLASS="question", **named))
    self.body.append(
        f'<p class="question-number" id="{name}">{_("Question %s") % node["number"]}</p>\n'
    )


def depart_div(self: HTML5Translator, _node: nodes.Element) -> None:
    """Close a question or a reason."""
    self.body.append("</div>\n")


def visit_choice(self: HTML5Translator, node: choice) -> None:
    """Open a choice; a browser shows the reason of one at a time."""
    asked = node.parent
    assert isinstance(asked, question)
    letter = LETTERS[[each for each in asked.children if isinstance(each, choice)].index(node)]
    kind = "right" if node["right"] else "wrong"
    name = f"question-{asked['number']}"
    self.body.append(self.starttag(node, "details", CLASS=f"choice choice-{kind}", name=name))
    self.body.append(f'<summary><span class="letter">{letter}</span> ')


def depart_choice_text(self: HTML5Translator, _node: nodes.Element) -> None:
    """Close what a reader presses."""
    self.body.append("</summary>\n")


def visit_reason(self: HTML5Translator, node: reason) -> None:
    """Say first whether the choice is right."""
    right = node.parent["right"] if isinstance(node.parent, choice) else False
    verdict = _("Right.") if right else _("Not this one.")
    self.body.append(f'<div class="reason"><p class="verdict">{verdict}</p>\n')


def do_nothing(_self: HTML5Translator, _node: nodes.Element) -> None:
    """Show the children alone."""


def rewrite_the_back(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Return the documents that hold a copy of what a changed chapter folds."""
    touched = added | changed | removed
    return [name for name, chapters in places(env).items() if touched & set(chapters)]


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    for name in ("predict", "hint", "answer"):
        app.add_directive(name, Fold, override=True)
    app.add_directive("question", Question)
    app.add_directive("right", Choice)
    app.add_directive("wrong", Choice)
    app.add_directive("answers", Answers)
    app.add_node(fold, html=(visit_fold, depart_details))
    app.add_node(question, html=(visit_question, depart_div))
    app.add_node(choice, html=(visit_choice, depart_details))
    app.add_node(choice_text, html=(do_nothing, depart_choice_text))
    app.add_node(reason, html=(visit_reason, depart_div))
    app.add_node(back)
    app.add_transform(TakeNoNumber)
    for each in (OnPaper, InOneLine, AtTheBack):
        app.add_post_transform(each)
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
    app.connect("env-get-outdated", rewrite_the_back)

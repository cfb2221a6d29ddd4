"""Where boxes, arrows and their words go: a grid as wide as a phone, sized by counted letters.

No font is at hand while HTML is made, so a letter counts as 0.61 of the type size. That is the
width of DejaVu Sans Mono (0.602), the widest of the usual fonts of code; running text in the usual
sans-serif fonts takes 0.5 to 0.58. Columns share the width as those of a table do: each gets what
its longest word needs, then what its texts would like.

Lengths are in units of the drawing; 320 of them are the width of a small phone.
"""

from __future__ import annotations

import itertools
import textwrap
import unicodedata
from dataclasses import dataclass, field
from typing import NamedTuple

WIDTH = 320.0
TYPE = 14.0  # of the labels of boxes and arrows
LETTER = 0.61 * TYPE
LEADING = 18.0
PAD = 8.0  # between a box and its label
GAP = 14.0  # between boxes that no arrow joins
STEM = 12.0  # what is seen of an arrow before its label, and of one after it
HEAD = 9.0
LINES, ARROW_LINES = 4, 3


class LayoutError(Exception):
    """A drawing that cannot be made; `part` is the box or the arrow whose words are too long."""

    def __init__(self, text: str, part: str = "") -> None:
        super().__init__(text)
        self.part = part


class Run(NamedTuple):
    """Letters of one style: "", "code", "strong" or "emphasis"."""

    text: str
    style: str


Word = tuple[Run, ...]  # never broken
Row = list[Word]


@dataclass
class Box:
    """A box in the cells of the grid; the last row and column are counted in."""

    name: str
    label: Row
    top: int
    left: int
    bottom: int
    right: int
    x: float = 0
    y: float = 0
    width: float = 0
    height: float = 0
    rows: list[Row] = field(default_factory=list)


@dataclass
class Arrow:
    """An arrow between two boxes, straight."""

    name: str
    start: Box
    end: Box
    dashed: bool
    label: Row
    rows: list[Row] = field(default_factory=list)
    at: tuple[float, float, float, float] = (0, 0, 0, 0)  # x and y of both ends

    @property
    def is_upright(self) -> bool:
        """Whether it goes from row to row."""
        return self.start.bottom < self.end.top or self.end.bottom < self.start.top

    @property
    def ordered(self) -> tuple[Box, Box]:
        """Both boxes, the upper or the left one first."""
        one, other = self.start, self.end
        is_first = one.top < other.top if self.is_upright else one.left < other.left
        return (one, other) if is_first else (other, one)

    def shared(self) -> tuple[int, int]:
        """Return the first and last column, or row, that both boxes have; none if first > last."""
        one, other = self.start, self.end
        if self.is_upright:
            return max(one.left, other.left), min(one.right, other.right)
        return max(one.top, other.top), min(one.bottom, other.bottom)


def width_of(word: Word) -> float:
    """Return how wide a word may get in any font."""
    return sum(map(letters, (run.text for run in word))) * LETTER


def letters(text: str) -> float:
    """Count the letters of a text: marks on a letter take no room, wide ones of Asia more."""
    return sum(
        1.7 if unicodedata.east_asian_width(each) in "WF" else 1.0
        for each in text
        if unicodedata.category(each) not in ("Mn", "Me", "Cf")
    )


def longest(label: Row) -> float:
    """Return the width of the longest word."""
    return max(map(width_of, label), default=0)


def length(label: Row) -> float:
    """Return the width of a label on one line."""
    return sum(map(width_of, label)) + LETTER * max(0, len(label) - 1)


def wrapped(label: Row, width: float) -> list[Row]:
    """Break a label into as few lines as fit, and those about as long as each other."""
    lines = _wrapped(label, width)
    while lines and width > LETTER:
        width -= LETTER
        tighter = _wrapped(label, width)
        if len(tighter) > len(lines) or longest(label) > width:
            break
        lines = tighter
    return lines


def _wrapped(label: Row, width: float) -> list[Row]:
    lines: list[Row] = []
    for word in label:
        if lines and length([*lines[-1], word]) <= width:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def start_of(label: Row) -> str:
    """Return the first words of a label, for a message."""
    return repr(textwrap.shorten(text_of(label), 40, placeholder=" ..."))


def text_of(label: Row) -> str:
    """Return a label as plain text."""
    return " ".join("".join(run.text for run in word) for word in label)


# --- the grid ---


def cells(rows: str) -> dict[str, tuple[int, int, int, int]]:
    """Read a grid as CSS has it (grid-template-areas): rows of names, `.` for an empty cell.

    A name may fill a rectangle of cells. Returns the top, left, bottom and right cell of each.
    """
    grid = [row.split() for row in rows.split("/")]
    if len({len(row) for row in grid}) > 1 or not grid[0]:
        raise LayoutError("every row has as many names; write . where there is no box")
    found: dict[str, list[tuple[int, int]]] = {}
    for top, row in enumerate(grid):
        for left, name in enumerate(row):
            if name != ".":
                found.setdefault(name, []).append((top, left))
    areas = {}
    for name, places in found.items():
        (top, left), (bottom, right) = min(places), max(places)
        if len(places) != (bottom - top + 1) * (right - left + 1) or left > right:
            raise LayoutError(f"the cells of {name} are no rectangle")
        areas[name] = (top, left, bottom, right)
    return areas


class Grid:
    """Boxes and arrows, placed when made; `width` and `height` are those of the drawing.

    Raises LayoutError where words are too long or an arrow cannot run straight.
    """

    def __init__(self, boxes: list[Box], arrows: list[Arrow]) -> None:
        self.boxes, self.arrows = boxes, arrows
        self.upright = [arrow for arrow in arrows if arrow.is_upright]
        self.level = [arrow for arrow in arrows if not arrow.is_upright]
        for arrow in arrows:
            first, last = arrow.shared()
            if first > last or arrow.start is arrow.end:
                raise LayoutError("an arrow runs straight: put both boxes into one row or column",
                              arrow.name)  # fmt: skip
        self.width = self.place_columns()
        self.height = self.place_rows()
        for arrow in arrows:
            self.place_arrow(arrow)
        self.check_crossings()

    # A track is a column or the gap behind it; gaps have the odd numbers.

    def place_columns(self) -> float:
        """Give every box its left edge and its width; return the width of all."""
        count = 2 * max(box.right for box in self.boxes) + 1
        least = [GAP if track % 2 else 0.0 for track in range(count)]
        for arrow in self.level:
            first, second = arrow.ordered
            for track in range(2 * first.right + 1, 2 * second.left, 2):
                least[track] = max(least[track], 2 * STEM + HEAD)
        liked = list(least)
        for first_track, last_track, label, extra in self.wishes():
            _enlarge(least, first_track, last_track, longest(label) + extra)
            _enlarge(liked, first_track, last_track, length(label) + extra)
        if sum(least) > WIDTH:
            raise self.too_wide(sum(least))
        room = max(1.0, sum(liked) - sum(least))
        share = min(1.0, (WIDTH - sum(least)) / room)
        sizes = [low + share * (high - low) for low, high in zip(least, liked, strict=True)]
        edges = [0.0, *itertools.accumulate(sizes)]
        for box in self.boxes:
            box.x = edges[2 * box.left]
            box.width = edges[2 * box.right + 1] - box.x
            box.rows = wrapped(box.label, box.width - 2 * PAD)
            if len(box.rows) > LINES:
                raise LayoutError(f"{len(box.rows)} lines in a box, and {LINES} fit: shorten "
                              f"{start_of(box.label)}", box.name)  # fmt: skip
        return edges[-1]

    def wishes(self) -> list[tuple[int, int, Row, float]]:
        """Return each label with the tracks it stands over and the room beside it."""
        found = [(2 * box.left, 2 * box.right, box.label, 2 * PAD) for box in self.boxes]
        for arrow in self.arrows:
            if arrow.is_upright:
                left, right = arrow.shared()
                found.append((2 * left, 2 * right, arrow.label, 0.0))
            else:
                first, second = arrow.ordered
                tracks = 2 * first.right + 1, 2 * second.left - 1
                found.append((*tracks, arrow.label, HEAD + STEM))
        # Those that stand over one track say what it needs; only then the others ask for more.
        return sorted(found, key=lambda wish: wish[1] - wish[0])

    def too_wide(self, needed: float) -> LayoutError:
        """Say which word takes the most room."""
        labels = [(box.name, box.label) for box in self.boxes]
        labels += [(arrow.name, arrow.label) for arrow in self.arrows]
        parts = dict(labels)
        name = max(parts, key=lambda part: longest(parts[part]))
        word = max(parts[name], key=width_of)
        return LayoutError(
            f"{needed:.0f} wide, and {WIDTH:.0f} fit on a phone: shorten or part "
            f"{text_of([word])!r}, or put fewer boxes side by side",
            name,
        )

    def place_rows(self) -> float:
        """Give every box its top edge and its height; return the height of all."""
        count = 2 * max(box.bottom for box in self.boxes) + 1
        sizes = [GAP if track % 2 else 0.0 for track in range(count)]
        for arrow in self.upright:
            first, second = arrow.ordered
            for track in range(2 * first.bottom + 1, 2 * second.top, 2):
                sizes[track] = max(sizes[track], STEM + HEAD + 3)
        for box in sorted(self.boxes, key=lambda box: box.bottom - box.top):
            height = len(box.rows) * LEADING + 2 * PAD
            _enlarge(sizes, 2 * box.top, 2 * box.bottom, height)
        for arrow in self.level:
            self.break_label(arrow)
            first_row, last_row = arrow.shared()
            _enlarge(sizes, 2 * first_row, 2 * last_row, 2 * len(arrow.rows) * LEADING)
        for arrow in self.upright:
            self.break_label(arrow)
            first, second = arrow.ordered
            height = len(arrow.rows) * LEADING + 2 * STEM + HEAD if arrow.rows else 0
            _enlarge(sizes, 2 * first.bottom + 1, 2 * second.top - 1, height)
        edges = [0.0, *itertools.accumulate(sizes)]
        for box in self.boxes:
            box.y = edges[2 * box.top]
            box.height = edges[2 * box.bottom + 1] - box.y
        return edges[-1]

    def break_label(self, arrow: Arrow) -> None:
        """Break the label of an arrow into lines: between its boxes, or as wide as both are."""
        first, second = arrow.ordered
        if arrow.is_upright:
            edges = (each.x + each.width for each in (first, second))
            room = min(edges) - max(first.x, second.x)
        else:
            room = second.x - first.x - first.width - HEAD
        arrow.rows = wrapped(arrow.label, room)
        if len(arrow.rows) > ARROW_LINES:
            raise LayoutError(f"{len(arrow.rows)} lines at an arrow, and {ARROW_LINES} fit: "
                          f"shorten {start_of(arrow.label)}", arrow.name)  # fmt: skip

    def place_arrow(self, arrow: Arrow) -> None:
        """Lay an arrow from edge to edge, in the middle of what its boxes have in common."""
        first, second = arrow.ordered
        if arrow.is_upright:
            right = min(first.x + first.width, second.x + second.width)
            middle = (max(first.x, second.x) + right) / 2
            ends = (middle, first.y + first.height, middle, second.y)
        else:
            bottom = min(first.y + first.height, second.y + second.height)
            middle = (max(first.y, second.y) + bottom) / 2
            ends = (first.x + first.width, middle, second.x, middle)
        arrow.at = ends if first is arrow.start else (*ends[2:], *ends[:2])

    def check_crossings(self) -> None:
        """Refuse an arrow that runs through a box or along another arrow."""
        for arrow in self.arrows:
            for box in self.boxes:
                place = box.x, box.y, box.x + box.width, box.y + box.height
                others = (arrow.start, arrow.end)
                if box not in others and any(_overlap(it, place) for it in _extents(arrow)):
                    raise LayoutError(f"an arrow runs through the box {box.name}", arrow.name)
        for one, other in itertools.combinations(self.arrows, 2):
            pairs = itertools.product(_extents(one), _extents(other))
            if any(_overlap(*pair) for pair in pairs):
                raise LayoutError(f"an arrow meets another, {other.name}", one.name)


def _enlarge(sizes: list[float], first: int, last: int, wanted: float) -> None:
    """Make tracks together as large as wanted, by the last of them that is of the first's kind."""
    missing = wanted - sum(sizes[first : last + 1])
    if missing > 0:
        sizes[last - (last - first) % 2] += missing


def _extents(arrow: Arrow) -> list[tuple[float, float, float, float]]:
    """Return the room of an arrow, a little thicker than its line, and that of its label."""
    x, y, to_x, to_y = arrow.at
    line = min(x, to_x) - 1, min(y, to_y) - 1, max(x, to_x) + 1, max(y, to_y) + 1
    if not arrow.rows:
        return [line]
    middle, half = (x + to_x) / 2, max(map(length, arrow.rows)) / 2
    top, bottom = label_edges(arrow)
    return [line, (middle - half, top, middle + half, bottom)]


def label_edges(arrow: Arrow) -> tuple[float, float]:
    """Return the upper and lower edge of a label: above a level arrow, in the gap of an upright."""
    _x, y, _to_x, to_y = arrow.at
    height = len(arrow.rows) * LEADING
    if not arrow.is_upright:
        return y - height, y
    # Its head makes the part of an arrow before the label look longer than that after it.
    middle = (y + to_y) / 2 + (HEAD / 2 if to_y < y else -HEAD / 2)
    return middle - height / 2, middle + height / 2


def _overlap(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> bool:
    """Tell whether two places have room in common."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide > 0 and high > 0

"""A laid out drawing as SVG: text that stays text, in the colours and fonts that it is given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from .layout import HEAD, LEADING, TYPE, Arrow, Grid, Row, label_edges

MARGIN = 2.0  # for the lines of the outermost boxes
SHAPES = {
    "code": ' font-family="{mono}" class="code"',
    "strong": ' font-weight="bold"',
    "emphasis": ' font-style="italic"',
}


@dataclass(frozen=True)
class Look:
    """What a format wants; without paper the page shines through, without a font its own is used.

    `pad` is the room between the edge and the drawing.
    """

    ink: str = "currentColor"
    paper: str = ""
    sans: str = ""
    mono: str = "ui-monospace, DejaVu Sans Mono, Menlo, Consolas, monospace"
    pad: float = MARGIN


def drawn(grid: Grid, look: Look, said: str, attributes: str = "") -> str:
    """Return the drawing; `said` is what a screen reader reads in its place."""
    wide, high = grid.width + 2 * look.pad, grid.height + 2 * look.pad
    font = f' font-family="{look.sans}"' if look.sans else ""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(wide)} {_n(high)}" '
        f'width="{_n(wide)}" height="{_n(high)}" role="img" aria-label="{escape(said)}"'
        f'{font} font-size="{_n(TYPE)}" text-anchor="middle"{attributes}>'
    ]
    if look.paper:
        parts.append(f'<rect width="100%" height="100%" rx="10" fill="{look.paper}"/>')
    parts.append(f'<g transform="translate({_n(look.pad)} {_n(look.pad)})" fill="{look.ink}">')
    for box in grid.boxes:
        place = f'x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}" height="{_n(box.height)}"'
        middle = box.x + box.width / 2
        top = box.y + (box.height - len(box.rows) * LEADING) / 2
        parts += [
            f'<g><rect {place} rx="6" fill="none" stroke="{look.ink}" stroke-width="1.5"/>',
            *lines(box.rows, middle, top, look),
            "</g>",
        ]
    for arrow in grid.arrows:
        parts += _arrow(arrow, look)
    return "\n".join([*parts, "</g></svg>"])


def lines(rows: list[Row], middle: float, top: float, look: Look) -> Iterator[str]:
    """Yield the lines of a label, centred."""
    for count, row in enumerate(rows):
        base = top + count * LEADING + LEADING / 2 + 0.35 * TYPE
        yield f'<text x="{_n(middle)}" y="{_n(base)}">{_text(row, look)}</text>'


def _text(row: Row, look: Look) -> str:
    words = ["".join(_run(run.text, run.style, look) for run in word) for word in row]
    return " ".join(words)


def _run(text: str, style: str, look: Look) -> str:
    if not style:
        return escape(text)
    return f"<tspan{SHAPES[style].format(mono=look.mono)}>{escape(text)}</tspan>"


def _arrow(arrow: Arrow, look: Look) -> Iterator[str]:
    x, y, to_x, to_y = arrow.at
    along, down = (to_x > x) - (to_x < x), (to_y > y) - (to_y < y)
    end_x, end_y = to_x - along * HEAD, to_y - down * HEAD
    top, bottom = label_edges(arrow)
    path = f"M{_n(x)} {_n(y)}L{_n(end_x)} {_n(end_y)}"
    if arrow.is_upright and arrow.rows:  # the label stands in the line
        near, far = (top, bottom) if down > 0 else (bottom, top)
        path = f"M{_n(x)} {_n(y)}V{_n(near)}M{_n(x)} {_n(far)}V{_n(end_y)}"
    dashes = ' stroke-dasharray="4 4"' if arrow.dashed else ""
    half = HEAD / 2
    corners = ((end_x + down * half, end_y + along * half), (to_x, to_y),
               (end_x - down * half, end_y - along * half))  # fmt: skip
    head = "L".join(f"{_n(a)} {_n(b)}" for a, b in corners)
    yield f'<path d="{path}" fill="none" stroke="{look.ink}" stroke-width="1.5"{dashes}/>'
    yield f'<path d="M{head}z"/>'
    shift = (to_x - x) / 2 - along * HEAD / 2
    yield from lines(arrow.rows, x + shift, top - (0 if arrow.is_upright else 3), look)


def _n(value: float) -> str:
    """Return a number as short as it can be: the same on every machine."""
    return f"{value:.1f}".removesuffix(".0")

"""`make language L=mr` starts a language, a second run finishes it; `OUT=mr` takes it back out."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from ...core import editions
from . import write
from .compiled import LOCALE, replace

ENTRY = """
# Translate title, invitation and description.
[[edition]]
code = {code}
folder = {folder}
name = {name}
title = {title}
invitation = {name}
description = {description}
released = false
"""


def start(code: str) -> int:
    """Make the files of a new language and enter it in the list; 1 if it cannot be one."""
    if said := refusal(code):
        print(f"make language: {said}", file=sys.stderr)
        return 1
    write.refuse_broken([code, editions.TRANSLATIONS[0].code])
    write.extract("make language: the chapters do not build; nothing was made")
    is_new = editions.by_code(code) is None
    write.report(code, *write.refresh(code, new=is_new))
    if is_new:  # entered last: a language that is listed is whole
        replace(editions.LIST, editions.LIST.read_bytes() + entry(code).encode())
        print(f"{editions.LIST.relative_to(editions.ROOT)}: {code} added; translate its words")
    print(f"Next: translate locale/{code}/LC_MESSAGES/, then make po-check L={code}")
    return 0


def take_out(code: str) -> int:
    """Take a language that is not released out of the list, and its catalogs out of the way."""
    edition, folder_ = editions.by_code(code), LOCALE / code
    said = ""
    if edition is None and not folder_.is_dir():
        said = f"there is no language {code}"
    elif edition is editions.SOURCE or (edition and edition.released):
        said = f"{code} is released; readers have it. First say released = false of it"
    if said:
        print(f"make language: {said}", file=sys.stderr)
        return 1
    text = editions.LIST.read_text(encoding="utf-8")
    replace(editions.LIST, without(text, code).encode())
    if folder_.is_dir():
        kept = editions.CACHE / "removed"
        kept.mkdir(parents=True, exist_ok=True)
        number = len(list(kept.glob(f"{code}-*"))) + 1
        moved = shutil.move(folder_, kept / f"{code}-{number}")
        print(f"locale/{code}: now {Path(moved).relative_to(editions.ROOT)}, until make clean")
    print(f"{editions.LIST.relative_to(editions.ROOT)}: {code} taken out")
    return 0


def without(text: str, code: str) -> str:
    """Return the list of editions without those of a language, and without what is said of them."""
    kept: list[str] = []
    for entry in re.split(r"(?m)^(?=\[\[edition\]\])", text):
        if not re.search(rf'(?m)^code = "{re.escape(code)}"$', entry):
            kept.append(entry)
        elif kept:  # what is said of an entry stands above it
            kept[-1] = re.sub(r"\n(?:#.*\n)+\Z", "\n", kept[-1])
    return "".join(kept).rstrip("\n") + "\n"


def refusal(code: str) -> str:
    """Say why a code cannot be a new language; nothing, if it can."""
    if not code:
        return "which? For Marathi: make language L=mr"
    if "-" in code:
        return f"write the code with an underscore: L={code.replace('-', '_')}"
    if not re.fullmatch("[a-z]{2,3}(_[A-Z][a-z]{3})?(_[A-Z]{2})?", code):
        return f"{code} is no code of a language, such as mr, hi_Deva or pt_BR"
    name = re.split("_", code)[0]
    if (short := get_global("language_aliases").get(name, name)) != name:
        return f"{name} is {short}, of which there must be one; write L={code.replace(name, short)}"
    if code == "hi":
        return "gettext would mix hi into the Hinglish edition; write L=hi_Deva"
    try:
        Locale.parse(code)
    except UnknownLocaleError:
        return f"the Unicode data on languages (CLDR) do not know {code}"
    if Locale.parse(code).text_direction == "rtl":
        return f"{code} is written from right to left, which no format of the book can do yet"
    if code == editions.SOURCE.code:
        return f"the chapters are written in {editions.SOURCE.name}; it needs no catalogs"
    taken = [each.code for each in editions.EDITIONS if each.folder == folder(code)]
    if taken and code not in taken:
        return f"{taken[0]} has the folder {folder(code)} already"
    return ""


def folder(code: str) -> str:
    """Return the name of a language's folder: its English name."""
    name = str(Locale.parse(code).english_name).lower()
    return re.sub("[^a-z0-9]+", "-", name).strip("-")


def entry(code: str) -> str:
    """Return a language's entry in the list; its words are English ones until translated."""
    model = editions.TRANSLATIONS[0]
    name = str(Locale.parse(code).display_name)
    values = {
        "code": code,
        "folder": folder(code),
        "name": name,
        "title": f"{model.title} ({name})",
        "description": model.description,
    }
    quoted = {key: json.dumps(value, ensure_ascii=False) for key, value in values.items()}
    return ENTRY.format(**quoted)

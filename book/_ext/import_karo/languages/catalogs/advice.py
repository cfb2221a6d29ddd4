"""What a translator may want to look at again: never an error, never a reason to stop a build."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

from .check import INTERFACE, prose, tokens
from .syntax import Entry, Fault, read
from .terms import Term

# A vowel sign of an Indian script is part of its word, though Python's \w leaves it out.
LETTER = r"[\w\u0300-\u036f\u0900-\u0963\u0966-\u0dff]"
NUMBER = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*(?!\w)")
DOUBLED = re.compile(rf"(?<!{LETTER})({LETTER}+)\s+\1(?!{LETTER})", re.IGNORECASE)
# The end of a sentence in other scripts: danda, ideographic and Arabic marks.
ENDS_ALIKE = str.maketrans("\u0964\u3002\uff1f\u061f\uff01\uff1a", "..??!:")
ENDS = ".?!:"
CLOSING = " \"'\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK})*_"  # behind an end
# Words that tell a Hinglish text from an English one, such as an error's in the index.
OURS = re.compile(r"\b(?:hai|hain|ka|ki|ke|ko|se|mein|aur|nahi|par|toh|yeh|woh|kya|jo)\b", re.I)
# A translator's comment at a message that was looked at again: no more advice on it.
ANSWERED = re.compile(r"#\s*advice: ok\b")
LONG = 40  # letters of a source whose length says something about that of a translation
RATIOS = (0.45, 2.2)


def advice(path: Path, terms: list[Term]) -> list[Fault]:
    """Return what is worth a second look in a catalog."""
    entries, faults = read(path)
    if faults or path.name == INTERFACE:
        return []
    return [
        entry.fault(path, text)
        for entry in entries
        if entry.is_printed and not any(map(ANSWERED.match, entry.comments))
        for text in doubts(entry, terms)
    ]


def doubts(entry: Entry, terms: list[Term]) -> list[str]:
    """Say what looks unlike the source: numbers, doubled words, ends, length, nothing done."""
    source, target = (prose(tokens(text)) for text in (entry.msgid, entry.msgstr))
    if entry.msgid == entry.msgstr:
        is_ours = OURS.search(source)
        return ["the translation is the source, word for word"] if is_ours else []
    said = []
    lost = Counter(numbers(source)) - Counter(numbers(target))
    if lost:
        said.append(f"the number {', '.join(lost)} is not in the translation")
    if (doubled := DOUBLED.search(target)) and not DOUBLED.search(source):
        said.append(f'the word "{doubled[1]}" stands twice')
    texts = (entry.msgid, entry.msgstr)
    ends = [text.rstrip(CLOSING)[-1:].translate(ENDS_ALIKE) for text in texts]
    if ends[0] != ends[1] and (ends[0] in ENDS or ends[1] in ENDS):
        ends = [f'"{end}"' if end and end in ENDS else "no such mark" for end in ends]
        said.append(f"the source ends with {ends[0]}, the translation with {ends[1]}")
    ratio = len(target) / max(1, len(source))
    if len(source) > LONG and not RATIOS[0] < ratio < RATIOS[1]:
        said.append(f"the translation is {ratio:.1f} times as long as the source")
    return said + forbidden_words(source, target, terms)


def numbers(text: str) -> list[str]:
    """Return the numbers of a text in the digits 0-9, whatever the script."""
    digits = ((str(unicodedata.digit(each)) if each.isdecimal() else each) for each in text)
    return NUMBER.findall("".join(digits))


def forbidden_words(source: str, target: str, terms: list[Term]) -> list[str]:
    """Say which word of the term base a translation should use instead of another."""
    return [
        f'"{word}" for {term.term}; the term base '
        + (f'says "{term.translation}"' if term.translation else "asks not to say so")
        + (f" ({term.note})" if term.note else "")
        for term in terms
        if whole(term.term).search(source)
        for word in term.forbidden
        if whole(word).search(target)
    ]


@cache
def whole(words: str) -> re.Pattern[str]:
    """Return a pattern that finds words, whatever their case, and not parts of longer ones."""
    return re.compile(rf"(?<!{LETTER}){re.escape(words)}(?!{LETTER})", re.IGNORECASE)

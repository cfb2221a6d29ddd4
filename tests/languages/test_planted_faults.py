"""Every fault of a translation, planted in copies of the book's own catalogs, is caught there."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from import_karo.core import editions
from import_karo.languages import catalogs
from import_karo.languages.catalogs import check, syntax
from transcripts.sandbox import ROOT

CODE = re.compile(r"(?<![`}])`([^`]+)`(?!`)")
ROLE = re.compile(r"\{(ref|term|doc)\}`([^`]+)`")
LINK = re.compile(r"\]\((https?://[^)]+)\)")
NAMED = re.compile(r"\{(\w+)\}`[^`<]+(<[^`]+>)`")
NOTE = re.compile(r"\[\^[\w-]+\]")


def sub(pattern, by):
    """Return what replaces the first match; nothing is planted where there is none."""
    return lambda text: pattern.sub(by, text, count=1) if pattern.search(text) else None


def code(by):
    """Return what replaces the first code; where roles stand, backticks are not code alone."""
    return lambda text: None if "{" in text else sub(CODE, by)(text)


def renamed(match):
    """Give a role another target."""
    words, _, target = match[2].rpartition("<")
    return f"{{{match[1]}}}`{words}<other-{target}`" if words else f"{{{match[1]}}}`other`"


# What each does to a translation: nothing to some, where it does not apply.
PLANTS = {
    "code changed": code(r"`\1_`"),
    "code no longer code": code(r"\1"),
    "a blank inside code": code(r"` \1`"),
    "an odd backtick": lambda text: f"{text} `",
    "code that the source has not": lambda text: f"{text} `new`",
    "an odd star": lambda text: f"{text} *new",
    "a link that is not whole": lambda text: f"{text} [new](https://example.in/",
    "code with a name": code(r"`\1`{#new}"),
    "words of a reference lost": sub(NAMED, r"{\1}`\2`"),
    "bold lost": lambda text: text.replace("**", "", 2) if text.count("**") > 1 else None,
    "bold added": lambda text: f"{text} **new**",
    "raw HTML": lambda text: f"{text} <br>",
    "an address changed": sub(LINK, r"](https://example.in/)"),
    "a link lost": sub(re.compile(r"\[([^]]+)\]\(https?://[^)]+\)"), r"\1"),
    "a reference lost": sub(ROLE, r"\2"),
    "a reference to another place": sub(ROLE, renamed),
    "an unknown role": sub(ROLE, r"{reff}`\2`"),
    "a footnote lost": sub(NOTE, ""),
    "a footnote added": lambda text: f"{text}[^new]",
    "a second paragraph": lambda text: f"{text}\n\nMore.",
    "a list": lambda text: f"- {text}",
    "a numbered list": lambda text: f"16. {text}",
    "a heading": lambda text: f"# {text}",
    "a quotation": lambda text: f"> {text}",
    "a code block": lambda text: f"     {text}",
    "a fence": lambda text: f"```\n{text}\n```",
    "a colon fence": lambda text: f":::{{note}}\n{text}\n:::",
    "a comment": lambda text: f"% {text}",
    "a label": lambda _text: "(label)=",
}
# What each does to the text of a whole file, which has an entry "Ek" / "One" at its end.
BREAKS = {
    "a quote missing at the end": ('msgstr "One"', 'msgstr "One'),
    "a conflict": ('msgid "Ek"', '<<<<<<< HEAD\nmsgid "Ek"'),
    "a msgid that stands twice": ('msgid "Ek"\nmsgstr "One"\n', 'msgid "Ek"\nmsgstr "One"\n' * 2),
    "a context": ('msgid "Ek"', 'msgctxt "here"\nmsgid "Ek"'),
    "Windows line ends": ("\n", "\r\n"),
    "a byte order mark": ("# English", "\ufeff# English"),
    "a plural": ('msgstr "One"', 'msgid_plural "Do"\nmsgstr[0] "One"'),
    "no header": ('msgid ""\nmsgstr ""', 'msgid "header"\nmsgstr ""'),
}


# What a translation can lose that the book's own have seldom or never.
RARE = [
    ("[Yahan](https://docs.python.org/3/) padhiye", "Read [here](https://docs.python.org/3/)"),
    ("Note[^a] hai", "A note[^a]"),
]


@pytest.fixture
def copies(tmp_path):
    """Give a copy of the English catalogs, alone in a locale folder."""
    folder = tmp_path / "en/LC_MESSAGES"
    shutil.copytree(ROOT / "locale/en/LC_MESSAGES", folder, ignore=shutil.ignore_patterns("*.mo"))
    return folder


@pytest.fixture(scope="module")
def entries():
    """Return every translation of the book."""
    found = [
        entry
        for path in catalogs.catalogs_of("en")
        for entry in syntax.read(path)[0]
        if entry.is_printed
    ]
    assert len(found) > 1000
    return found + [
        syntax.Entry(0, [], dict(zip(("msgid", "msgstr"), each, strict=True))) for each in RARE
    ]


def planted(entry, plant):
    """Return an entry with a fault; nothing, where the fault does not apply."""
    target = plant(entry.msgstr)
    if target is None or entry.msgid == entry.msgstr:
        return None
    return syntax.Entry(entry.line, [], {"msgid": entry.msgid, "msgstr": target})


@pytest.mark.parametrize("name", PLANTS)
def test_a_fault_is_caught_wherever_it_is_planted(entries, name):
    faulty = [each for entry in entries if (each := planted(entry, PLANTS[name]))]
    assert faulty
    assert [each.msgstr for each in faulty[-1::-7] if not check.differences(each)] == []


def test_all_faults_at_once_are_each_named_with_their_line(copies):
    """Polib writes them, in its own way, and says where they stand."""
    expected, used = set(), set()
    files = {path: polib.pofile(str(path)) for path in sorted(copies.glob("*.po"))}
    for number, plant in enumerate(PLANTS.values()):
        for path, file in [*files.items()][number % 5 :]:
            found = next(
                (
                    each
                    for each in file
                    if each.msgid != each.msgstr
                    and id(each) not in used
                    and plant(each.msgstr) is not None
                ),
                None,
            )
            if found:
                found.msgstr = plant(found.msgstr)
                used.add(id(found))
                expected.add((path.name, found.msgid))
                break
    assert len(expected) > len(PLANTS) - 4
    for file in files.values():
        file.save()
    lines = {(path.name, each.linenum) for path in files for each in polib.pofile(str(path))
             if (path.name, each.msgid) in expected}  # fmt: skip
    faults = [fault for path in files for fault in check.faults(path)]
    assert {(fault.path.name, fault.line) for fault in faults} == lines


@pytest.mark.parametrize("name", BREAKS)
def test_a_file_that_is_broken_is_named(copies, name):
    path = copies / "modules.po"
    text = path.read_text(encoding="utf-8") + '\nmsgid "Ek"\nmsgstr "One"\n'
    path.write_text(text, encoding="utf-8")
    assert check.faults(path) == []
    broken = text.replace(*BREAKS[name])
    assert broken != text
    path.write_text(broken, encoding="utf-8", newline="")
    assert check.faults(path)


def test_a_catalog_in_another_encoding_or_of_no_bytes_is_a_fault_and_nothing_is_compiled(copies):
    text = (copies / "modules.po").read_text(encoding="utf-8")
    (copies / "modules.po").write_bytes(text.encode("latin-1", "replace") + b"# caf\xe9\n")
    (copies / "packages.po").write_bytes(b"")
    found = catalogs.compile_language("en", copies.parents[1])
    assert [(fault.path.name, fault.line) for fault in found] == [
        ("modules.po", text.count("\n") + 1),
        ("packages.po", 1),
    ]
    assert not list(copies.glob("*.mo"))


def test_faults_of_form_hide_no_other_and_say_which_text_they_are_in(copies):
    path = copies / "index.po"
    ends = 'msgid "Ek `x`"\nmsgstr "One"\n\nmsgctxt "here"\nmsgid "Do"\nmsgstr "Two"\n'
    path.write_text(path.read_text(encoding="utf-8") + "\n" + ends, encoding="utf-8")
    lost, hidden = check.faults(path)
    assert lost.line < hidden.line
    assert '"Ek `x`": the code `x` is not in the translation' in str(lost)
    assert '"Do": has a msgctxt' in str(hidden)


@pytest.mark.parametrize("piece", ["word ", "[", "[a](", "` ", "x", "*", "<b "])
def test_a_translation_of_a_million_letters_is_one_fault_and_never_parsed(copies, piece):
    path = copies / "index.po"
    entry = f'\nmsgid "Ek `x`"\nmsgstr "{piece * (1_000_000 // len(piece))}`x"\n'
    path.write_text(path.read_text(encoding="utf-8") + entry, encoding="utf-8")
    (fault,) = check.faults(path)
    assert re.search(r'"Ek `x`": \d+ characters for 6; no more than 2120 fit', str(fault))


def test_two_terms_of_one_name_are_a_fault(copies):
    path = copies / "glossary.po"
    catalog = polib.pofile(str(path))
    first, second = [each for each in catalog if each.msgid in ("module", "attribute")]
    second.msgstr = first.msgstr.upper()
    catalog.save()
    (fault,) = check.faults(path)
    assert f'"{second.msgid}": called like the term of line ' in str(fault)


# --- no false alarm: the book's catalogs, saved by the programs that translators use ---


def saved_by_polib(path):
    file = polib.pofile(str(path), wrapwidth=60)
    file.metadata["X-Generator"] = "Poedit 3.4.2"
    file.metadata["PO-Revision-Date"] = "2026-11-22 10:00+0530"
    for entry in file[::3]:
        entry.flags.append("no-wrap")
    file.save(newline="\n")


def saved_by_msgcat(path):
    if not shutil.which("msgcat"):
        pytest.skip("msgcat is not here (apt install gettext)")
    command = ["msgcat", "--width=60", "--sort-output", "-o", str(path), str(path)]
    subprocess.run(command, check=True)


@pytest.mark.parametrize("save", [saved_by_polib, saved_by_msgcat])
def test_catalogs_saved_in_another_way_have_no_fault_and_become_what_they_were(
    tmp_path, small_book, save
):
    folder = tmp_path / "locale"
    shutil.copytree(ROOT / "locale", folder, ignore=shutil.ignore_patterns("*.mo", "*.js"))
    paths = catalogs.catalogs_of("en", folder)
    for path in paths:
        save(path)
    assert [str(fault) for path in paths for fault in check.faults(path)] == []
    if save is saved_by_polib:  # the other one sorts the entries
        from import_karo.languages.catalogs import write

        for path in paths:
            original = editions.ROOT / path.relative_to(tmp_path)
            made = write.text_of(write.renewed(path, path, "en"), "en", path)
            credit = b'"X-Generator: Poedit 3.4.2\\n"\n'
            assert made.replace(credit, b"") == original.read_bytes()


@pytest.mark.parametrize(
    ("msgid", "msgstr", "said"),
    [
        ("Copyright &#169; %(copyright)s", "Copyright", "%(copyright)s is lost; keep it"),
        ("Edition %s, %s", "Sanskaran %s", "%s is lost"),
        ("page %s", "page %s %s", "%s is not in the source"),
        ("${resultCount} pages", "${count} page", "${resultCount} is lost"),
        ('<a href="x">Furo</a>', "Furo", '<a href="x"> is lost'),
    ],
)
def test_a_word_of_the_interface_keeps_what_is_filled_in(tmp_path, msgid, msgstr, said):
    path = tmp_path / "sphinx.po"
    file = polib.POFile()
    file.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    file.append(polib.POEntry(msgid=msgid, msgstr=msgstr))
    file.save(str(path))
    assert any(said in fault.text for fault in check.faults(path))


# --- where translators work, and where the faults are shown ---

# "Translation projects" in Weblate's documentation, and "component" in its schema of a backup.
WEBLATE_FIELDS = {
    "name", "slug", "vcs", "repo", "branch", "filemask", "new_base", "file_format", "license",
    "source_language", "check_flags", "new_lang", "language_code_style", "language_regex",
    "allow_translation_propagation", "manage_units",
}  # fmt: skip


def test_the_description_for_weblate_finds_every_catalog_and_no_other_file():
    described = json.loads((ROOT / "locale/weblate.json").read_text(encoding="utf-8"))
    component, discovery = described["component"], described["addon"]["configuration"]
    assert set(component) == WEBLATE_FIELDS
    files = [path.relative_to(ROOT).as_posix() for path in (ROOT / "locale").rglob("*.*")]
    found = [match for name in files if (match := re.fullmatch(discovery["match"], name))]
    languages = {match["language"] for match in found}
    assert {code for code in languages if re.fullmatch(component["language_regex"], code)} == {
        each.code for each in editions.TRANSLATIONS
    }
    chapters = {path.stem for path in (ROOT / "book").glob("*.md")}
    assert {match["component"] for match in found} == chapters
    for name in (component["filemask"].replace("*", "en"), component["new_base"]):
        assert (ROOT / name).exists()


def test_github_shows_faults_and_advice_beside_their_lines(small_book):
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    entries = 'msgid "Ek chapter"\nmsgstr "# 100% one"\n\nmsgid "12 cups"\nmsgstr "Cups"\n'
    small_book.write("locale/en/LC_MESSAGES/chapter.po", header + entries)
    done = small_book.run(
        sys.executable, "-m", "import_karo.verbs.catalogs", "po-check", "en", GITHUB_ACTIONS="true"
    )
    path = "locale/en/LC_MESSAGES/chapter.po"
    assert done.stdout.splitlines() == [
        f'::notice file={path},line=8::"12 cups": the number 12 is not in the translation',
        f'::error file={path},line=5::"Ek chapter": the translation turns into a heading; write '
        "\\# for a # at the start",
    ]
    assert done.returncode == 1


def test_what_would_end_a_line_or_a_value_is_escaped():
    fault = syntax.Fault(Path("a,b: c"), 3, "100%\nand more")
    assert fault.annotation("error") == "::error file=a%2Cb%3A c,line=3::100%25%0Aand more"

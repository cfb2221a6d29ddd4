"""What only a browser can tell. Needs Chromium; `make test` says so where there is none."""

import pytest
from import_karo.core import editions

# A phone, a tablet, and the windows of laptops and screens, where side bars come and go.
WIDTHS = (360, 800, 1100, 1280, 1366, 1440, 1920)


def test_no_page_scrolls_sideways_whatever_the_window(look, site):
    pages = site.pages()
    assert len(pages) > 12
    jobs = [(page, page, 360) for page in pages]
    jobs += [
        (f"{folder} {width}", f"{folder}/modules.html", width)
        for folder in {page.partition("/")[0] for page in pages if "/" in page}
        for width in WIDTHS
    ]
    script = "(page) => page.document.documentElement.scrollWidth"
    found = look(jobs, script)
    assert [name for name, _page, width in jobs if found[name] > width] == []


def test_the_switch_keeps_the_anchor_and_the_place(look):
    jobs = [
        ("anchor", "hinglish/modules.html#modules-label", 800),
        ("top", "english/modules.html", 800),
    ]
    found = look(
        jobs,
        """async (page) => {
          // Smooth scrolling waits for frames that virtual time never draws.
          page.document.documentElement.style.scrollBehavior = "auto";
          page.document.querySelector(page.location.hash || "body").scrollIntoView();
          const link = page.document.querySelector(".language-switch a");
          link.dispatchEvent(new page.Event("focus"));
          return link.getAttribute("href");
        }""",
    )
    assert found == {
        "anchor": "../english/modules.html#modules-label",
        "top": "../hinglish/modules.html",
    }


def test_the_copy_button_speaks_the_language_of_the_page_and_copies_commands_alone(look):
    found = look(
        [(edition.folder, f"{edition.folder}/modules.html", 800) for edition in editions.EDITIONS],
        """async (page) => {
          const button = page.document.querySelector(".highlight-console button.copybtn");
          const tooltip = button.dataset.tooltip;
          let copied;
          page.document.execCommand = () => {
            copied = page.document.activeElement.value || page.getSelection().toString();
            return true;
          };
          button.click();
          return [tooltip, copied];
        }""",
    )
    words = {name: tooltip for name, (tooltip, _) in found.items()}
    assert words == {"hinglish": "Copy kijiye", "english": "Copy", "parallel": "Copy"}
    recorded = (editions.ROOT / "code/modules/not_imported/run.console").read_text().splitlines()
    typed = "\n".join(line[2:] for line in recorded if line.startswith("$ "))
    assert {copied for _, copied in found.values()} == {typed}


# --- the parallel edition ---

PLACES = """
  const places = (page) => [...page.document.querySelectorAll("#pkg-gate .pair > p")].slice(0, 2)
    .map((half) => { const box = half.getBoundingClientRect();
                     return [half.lang, Math.round(box.left), Math.round(box.top),
                             box.height > 0]; });
"""


def test_pairs_stand_side_by_side_and_are_stacked_on_a_phone(look):
    jobs = [(str(width), "parallel/packages.html", width) for width in (360, 690, 1280)]
    found = look(jobs, "(page) => {" + PLACES + " return places(page); }")
    for width, ((_, left, top, _), (_, other_left, other_top, _)) in found.items():
        assert (top == other_top) == (width == "1280")
        assert (left < other_left) == (width == "1280")
    assert [half[0] for half in found["360"]] == ["hi-Latn", "en"]


def test_a_reader_may_choose_a_language_and_stays_in_place(look):
    found = look(
        [("parallel", "parallel/packages.html", 1280)],
        "async (page) => {"
        + PLACES
        + """
          const { document } = page, seen = {};
          document.documentElement.style.scrollBehavior = "auto";
          const choose = (value) =>
            document.querySelector(`.which-language [value=${value}]`).click();
          const here = document.querySelector("#pkg-four-ways h2");
          for (const value of ["source", "other", "both"]) {
            here.scrollIntoView();
            const before = here.getBoundingClientRect().top;
            choose(value);
            seen[value] = [places(page).map((half) => half[3]),
                           Math.abs(here.getBoundingClientRect().top - before) < 3,
                           page.localStorage.getItem("languages")];
          }
          return seen;
        }""",
    )["parallel"]
    assert found == {
        "source": [[True, False], True, "source"],
        "other": [[False, True], True, "other"],
        "both": [[True, True], True, "both"],
    }


def test_the_choice_is_remembered_and_labelled(look):
    found = look(
        [("first", "parallel/packages.html", 800), ("second", "parallel/modules.html", 800)],
        """async (page) => {
          if (page.location.pathname.includes("packages")) {
            page.localStorage.setItem("languages", "other");
            return "";
          }
          const group = page.document.querySelector(".which-language");
          return [group.tagName, group.querySelector("legend").textContent,
                  group.querySelector("input:checked").value, page.getComputedStyle(
                    page.document.querySelector(".pair-source")).display];
        }""",
    )
    assert found["second"] == ["FIELDSET", "Show", "other", "none"]


@pytest.mark.parametrize("word", ["katoriyan", "bowls"])
def test_the_search_of_the_parallel_edition_finds_words_of_both_languages(look, word):
    found = look(
        [("search", f"parallel/search.html?q={word}", 1280)],
        """async (page) => {
          for (let turn = 0; turn < 100; turn += 1) {
            await new Promise((done) => setTimeout(done, 50));
            const links = page.document.querySelectorAll("#search-results li a");
            if (links.length) return [...links].map((link) => link.getAttribute("href"));
          }
          return [];
        }""",
    )["search"]
    assert any(link.startswith("modules.html") for link in found), found


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_on_any_page_light_or_dark(look, site, axe, width):
    """A theme changes colours alone; the other rules are asked once."""
    script = f"""async (page) => {{
      const found = [];
      const colours = {{ runOnly: ["color-contrast", "link-in-text-block"] }};
      for (const [theme, rules] of [["light", {{}}], ["dark", colours]]) {{
        page.document.body.dataset.theme = theme;
        for (const fault of await ({axe})(page, rules)) found.push(`${{theme}}: ${{fault}}`);
      }}
      return found;
    }}"""
    found = look([(page, page, width) for page in site.pages()], script)
    assert len(found) > 30
    assert {page: faults for page, faults in found.items() if faults} == {}

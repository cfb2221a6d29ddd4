"""What a reader does with a page, in a real browser: served, and opened from the disk."""

import re
import zipfile

import pytest
from import_karo.core import editions
from pdf.test_pdf import Pdf

FOLDERS = [edition.folder for edition in editions.EDITIONS]


EVERYWHERE = pytest.mark.parametrize("root", ["served", "from the disk"], indirect=True)


@pytest.fixture
def root(request, site):
    """Give the address of the built pages: served, or where a test asks for it, of the files."""
    is_served = getattr(request, "param", "served") == "served"
    return site.address if is_served else site.folder.as_uri()


@pytest.fixture
def open_page(root, browser):
    """Give a function that opens a page in a new profile; no page may report an error."""
    contexts, errors = [], []

    def opened(page, width=1280, height=800, script="", **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(5000)
        contexts.append(context)
        if script:
            context.add_init_script(script)
        tab = context.new_page()
        tab.on("pageerror", lambda error: errors.append(error.message))
        tab.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        tab.on("request", lambda asked: None if asked.url.startswith((root, "data:", "blob:"))
               else errors.append(asked.url))  # fmt: skip
        tab.goto(f"{root}/{page}")
        return tab

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


@EVERYWHERE
@pytest.mark.parametrize("folder", FOLDERS)
def test_the_switch_keeps_the_place(open_page, folder):
    tab = open_page(f"{folder}/packages.html", reduced_motion="reduce")
    heading = tab.locator("section section h2").nth(2)
    heading.evaluate("(here) => here.scrollIntoView()")
    place = heading.evaluate("(here) => here.parentElement.id")
    link = tab.locator(".sidebar-switch a").first
    link.click()
    tab.wait_for_url(f"**/packages.html#{place}")
    top = tab.locator(f"#{place} h2").first.evaluate("(it) => it.getBoundingClientRect().top")
    assert 0 <= top < 200


@EVERYWHERE
@pytest.mark.parametrize("folder", FOLDERS)
def test_a_word_typed_in_the_search_leads_to_a_page(open_page, folder):
    tab = open_page(f"{folder}/index.html")
    tab.locator(".sidebar-search").first.fill("__init__.py namespace package")
    tab.keyboard.press("Enter")
    found = tab.locator("#search-results li a").first
    found.click()
    tab.wait_for_load_state()
    assert tab.locator("article h1").count() == 1
    assert "search.html" not in tab.url


@pytest.mark.parametrize("query", ["sys.path", "import", "__all__", "package"])
@pytest.mark.parametrize("folder", FOLDERS)
def test_each_hit_of_a_search_has_its_own_excerpt(open_page, folder, query):
    """Among them are hits of the index and of the glossary; a page that throws fails by itself."""
    tab = open_page(f"{folder}/search.html?q={query}", reduced_motion="reduce")
    tab.wait_for_load_state("networkidle")
    hits = tab.locator("#search-results li")
    shown = [each.inner_text().split("\n", 1) for each in hits.all()]
    assert len(shown) > 3
    assert [title for title, *rest in shown if len(" ".join(rest).split()) < 4] == []


@EVERYWHERE
def test_a_listing_is_copied_without_its_prompts(open_page):
    tab = open_page("english/modules.html", permissions=["clipboard-read", "clipboard-write"])
    listing = tab.locator(".transcript", has=tab.locator(".gp")).first
    button = listing.locator("button.copybtn")
    button.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_selector("button.copybtn.success")
    copied = tab.evaluate("() => navigator.clipboard.readText()")
    shown = listing.locator("pre").inner_text()
    assert copied
    assert ">>>" in shown or "$" in shown
    assert not re.search(r"^(>>>|\$) ", copied, re.MULTILINE)


@pytest.mark.parametrize("folder", FOLDERS)
def test_answers_are_folded_and_printed_open(open_page, folder, tmp_path):
    tab = open_page(f"{folder}/modules.html", color_scheme="dark")
    answer = tab.locator("details.fold-answer").first
    inside = answer.locator("p").first
    assert not inside.is_visible()
    answer.locator("summary").focus()
    tab.keyboard.press("Enter")
    assert inside.is_visible()
    tab.keyboard.press("Enter")
    assert not inside.is_visible()
    path = tmp_path / "printed.pdf"
    tab.pdf(path=path, format="A4")
    words = inside.evaluate("(it) => it.textContent").split()[:4]
    assert not inside.is_visible()  # folded again
    printed = Pdf(path)
    assert " ".join(words) in " ".join(printed.text.split())
    assert len(printed.pages) > 3


@EVERYWHERE
def test_an_example_comes_as_a_zip(open_page):
    tab = open_page("hinglish/modules.html")
    with tab.expect_download() as waiting:
        tab.locator("a.example-zip").first.click()
    with zipfile.ZipFile(waiting.value.path()) as example:
        assert example.testzip() is None
        assert any(name.endswith(".py") for name in example.namelist())


def test_an_error_that_names_another_one_in_quotes_is_found_all_the_same(open_page):
    tab = open_page("english/search.html")
    said = "AttributeError: module 'shop' has no attribute 'StockError'"
    tab.evaluate(
        "(query) => Search.performSearch(query)",
        f'Traceback (most recent call last):\n  File "a.py", line 1, in <module>\n{said}',
    )
    first = tab.locator("#search-results li a").first
    assert "error-finder.html" in first.get_attribute("href")


@EVERYWHERE
def test_a_pasted_traceback_leads_to_its_chapter(open_page):
    tab = open_page("english/error-finder.html")
    tab.locator(".error-box textarea").fill(
        'Traceback (most recent call last):\n  File "a.py", line 1, in <module>\n'
        "    import nimbu\nModuleNotFoundError: No module named 'nimbu'\n"
    )
    tab.locator(".error-box button").click()
    link = tab.locator(".error-box li > a").first
    assert "nimbu" in tab.locator(".error-box").inner_text()
    link.click()
    tab.wait_for_load_state()
    assert tab.locator("article h1").is_visible()


# --- light, dark, large ---

BACKGROUND = "() => getComputedStyle(document.body).backgroundColor"


def brightness(colour):
    return sum(map(int, re.findall(r"\d+", colour)[:3]))


@EVERYWHERE
def test_dark_mode_follows_the_system_or_the_reader_who_is_remembered(open_page):
    tab = open_page("hinglish/modules.html", color_scheme="dark")
    assert brightness(tab.evaluate(BACKGROUND)) < 150
    seen = set()
    for _ in range(3):
        tab.locator(".theme-toggle:visible").first.click()
        seen.add((tab.evaluate("() => document.body.dataset.theme"), tab.evaluate(BACKGROUND)))
    assert {theme for theme, _ in seen} == {"auto", "light", "dark"}
    while tab.evaluate("() => document.body.dataset.theme") != "light":
        tab.locator(".theme-toggle:visible").first.click()
    tab.goto(tab.url.replace("modules.html", "packages.html"))
    assert brightness(tab.evaluate(BACKGROUND)) > 700


WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("page", ["modules", "packages", "error-finder", "glossary", "genindex"])
def test_nothing_is_lost_at_twice_the_size(open_page, folder, page):
    """A zoom of 200 % is a window of half the width and height."""
    tab = open_page(f"{folder}/{page}.html", width=640, height=400, device_scale_factor=2)
    assert tab.evaluate(WIDE) <= 0


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_search_can_be_mended_where_its_hits_stand(open_page, folder):
    tab = open_page(f"{folder}/search.html?q=qqqq", width=360)
    field = tab.locator("article .search-again input")
    assert field.input_value() == "qqqq"
    field.fill("namespace")
    field.press("Enter")
    tab.wait_for_url("**/search.html?q=namespace")
    tab.locator("#search-results li").first.wait_for()


@EVERYWHERE
def test_the_front_page_has_the_colours_that_a_reader_chose(open_page):
    tab = open_page("index.html", script='localStorage.setItem("theme", "dark")')
    assert tab.evaluate("() => getComputedStyle(document.documentElement).colorScheme") == "dark"


@pytest.mark.parametrize("drawer", [".toc-drawer a", ".sidebar-tree a.reference"])
def test_links_of_the_drawers_are_tapped_one_by_one(open_page, drawer):
    tab = open_page("hinglish/modules.html", width=360, has_touch=True)
    low = """(links) => links.map((each) => each.getBoundingClientRect().height)
      .filter((height) => height && height < 44)"""
    assert tab.locator(drawer).count() > 5
    assert tab.locator(drawer).evaluate_all(low) == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_words_in_a_large_figure_can_be_read_on_a_phone(open_page, folder):
    """It is scrolled; by keyboard, too."""
    tab = open_page(f"{folder}/modules.html", width=360)
    figure = tab.locator("#modules-fig-dabba").first
    assert figure.locator("img").first.bounding_box()["width"] > 500
    assert figure.get_attribute("tabindex") == "0"
    assert tab.evaluate(WIDE) <= 0


# Code that goes over several lines, and punctuation that begins a line after code.
BROKEN = """() => {
  const found = { parted: [], broken: [] };
  for (const code of document.querySelectorAll("article :not(pre) > code")) {
    if (code.closest(".code-block-caption")) continue; // a path, which breaks at its slashes
    for (const word of code.querySelectorAll(".pre")) {
      const lines = new Set([...word.getClientRects()].map((line) => Math.round(line.top)));
      if (lines.size > 1 && word.textContent.length < 25) found.broken.push(word.textContent);
    }
    const next = code.nextSibling;
    if (!/^[.,;:!?)]/.test(next?.data || "")) continue;
    const mark = document.createRange();
    mark.setStart(next, 0);
    mark.setEnd(next, 1);
    const { top, height } = mark.getBoundingClientRect();
    const end = [...code.getClientRects()].at(-1);
    if (height && top > end.bottom - 4) found.parted.push(code.textContent);
  }
  return found;
}"""


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("page", ["standard-modules", "error-finder", "imprint"])
@pytest.mark.parametrize("width", [320, 360, 800])
def test_code_is_neither_broken_nor_parted_from_its_comma(open_page, folder, page, width):
    tab = open_page(f"{folder}/{page}.html", width=width)
    assert tab.evaluate(BROKEN) == {"parted": [], "broken": []}
    assert tab.evaluate(WIDE) <= 0


@EVERYWHERE
def test_lines_wrap_where_a_reader_wants_that_and_it_is_remembered(open_page):
    scrolled = """() => [...document.querySelectorAll(".highlight pre")].filter(
      (each) => each.scrollWidth > each.clientWidth).length"""
    tab = open_page("hinglish/modules.html", width=360)
    assert tab.evaluate(scrolled) > 0
    tab.locator(".wrap-lines input").check()
    assert tab.evaluate(scrolled) == 0
    tab.goto(tab.url.replace("modules.html", "packages.html"))
    assert tab.evaluate(scrolled) == 0
    assert tab.locator(".wrap-lines input").is_checked()
    tab.locator(".wrap-lines input").uncheck()
    assert tab.evaluate(scrolled) > 0
    tab.set_viewport_size({"width": 1280, "height": 800})
    narrow = tab.evaluate(scrolled)
    assert tab.locator(".wrap-lines").is_visible() == (narrow > 0)


# --- what a reader has told the system ---


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_nothing_moves_for_those_who_want_no_motion(open_page, motion):
    tab = open_page("english/modules.html", reduced_motion=motion)
    moving = tab.evaluate("""() => [...document.querySelectorAll("*")].filter((each) => {
      const style = getComputedStyle(each);
      return style.scrollBehavior === "smooth" || style.animationName !== "none"
        || style.transitionDuration.split(", ").some((it) => parseFloat(it));
    }).length""")
    assert (moving == 0) == (motion == "reduce")


SHAPES = """() => {
  const probe = document.body.appendChild(document.createElement("p"));
  const of = (each, name) => getComputedStyle(each)[name];
  const system = (name) => { probe.style.color = name; return of(probe, "color"); };
  const at = (selector) => document.querySelector(selector);
  return {
    system: ["Canvas", "CanvasText", "LinkText"].map(system),
    page: [of(document.body, "backgroundColor"), of(document.body, "color"),
           of(at("article p a"), "color")],
    drawn: [of(at(".flow svg rect"), "stroke"), of(at(".flow svg text"), "fill"),
            of(at(".language-switch span"), "borderTopColor")],
  };
}"""


@pytest.mark.parametrize("forced", ["active", "none"])
def test_with_forced_colours_text_and_figures_are_in_the_colours_of_the_reader(open_page, forced):
    tab = open_page("english/modules.html", forced_colors=forced, color_scheme="dark")
    seen = tab.evaluate(SHAPES)
    _, ink, _ = seen["system"]
    is_theirs = (seen["page"], set(seen["drawn"])) == (seen["system"], {ink})
    assert is_theirs == (forced == "active"), seen


# --- by keyboard and by finger ---

FOCUS = """() => {
  const it = document.activeElement;
  const style = getComputedStyle(it), box = it.getBoundingClientRect();
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  const inSight = box.width * box.height > 0 && box.right > 0 && box.left < innerWidth
    && it.checkVisibility({ checkVisibilityCSS: true });
  return [it.outerHTML.slice(0, 80), ring, inSight];
}"""
REACHABLE = """() => [...document.querySelectorAll(
  "a[href], button, input, textarea, select, summary, [tabindex='0']")].filter((it) =>
  it.tabIndex >= 0 && !it.disabled && !it.matches("[type=radio]:not(:checked)")
  && it.checkVisibility({ checkVisibilityCSS: true })).length"""


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("page", ["hinglish/modules", "parallel/error-finder", "english/search"])
def test_the_keyboard_alone_reaches_everything_and_shows_where_it_is(open_page, page, width):
    tab = open_page(f"{page}.html", width=width, reduced_motion="reduce")
    wanted = tab.evaluate(REACHABLE)
    tab.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    seen = []
    for _ in range(wanted + 40):
        tab.keyboard.press("Tab")
        seen.append(tab.evaluate(FOCUS))
        if seen[-1][0].startswith("<body"):
            break
    stops = [each for each in seen if not each[0].startswith("<body")]
    assert "skip-to-content" in stops[0][0]
    assert [stop for stop, has_ring, is_in_sight in stops if not (has_ring and is_in_sight)] == []
    assert len(stops) >= wanted


@pytest.mark.parametrize("scripts", [True, False])
def test_the_keyboard_opens_the_contents_on_a_narrow_page(open_page, scripts):
    tab = open_page(
        "hinglish/modules.html", width=640, reduced_motion="reduce", java_script_enabled=scripts
    )
    for name, drawer in (("nav", ".sidebar-drawer"), ("toc", ".toc-drawer")):
        inside = tab.locator(f"{drawer} a:visible").first
        opener = f".{name}-overlay-icon:visible" if scripts else f"#__{name}"
        opener = tab.locator(opener.replace("__nav", "__navigation"))
        assert not tab.locator(drawer).is_visible()
        opener.focus()
        tab.keyboard.press("Space")
        assert tab.locator(drawer).is_visible()
        assert 0 <= inside.bounding_box()["x"] < 640
        tab.keyboard.press("Escape" if scripts else "Space")
        assert not tab.locator(drawer).is_visible()


SMALL = """() => [...document.querySelectorAll(
  "button, summary, input, textarea, label:has(input, svg), .language-switch > a, "
  + ".footer-links a, .example-zip, .sidebar-switch a, .related-pages a")].filter((it) => {
    const box = (it.closest("label") || it).getBoundingClientRect();
    return it.checkVisibility({ checkVisibilityCSS: true, opacityProperty: true })
      && box.width * box.height > 0 && (box.height < 43.5 || box.width < 43.5);
  }).map((it) => it.outerHTML.slice(0, 90))"""


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("page", ["index", "modules", "error-finder", "search"])
def test_what_a_finger_presses_is_large_enough(open_page, folder, page):
    tab = open_page(f"{folder}/{page}.html", width=360, has_touch=True, is_mobile=True)
    assert tab.evaluate(SMALL) == []


def test_contents_that_were_opened_take_the_focus_and_give_it_back(open_page):
    tab = open_page("english/modules.html", width=640, reduced_motion="reduce")
    for name, drawer in (("nav", ".sidebar-drawer"), ("toc", ".toc-drawer")):
        button = tab.locator(f"button.{name}-overlay-icon:visible")
        assert button.get_attribute("aria-expanded") == "false"
        button.focus()
        tab.keyboard.press("Enter")
        assert button.get_attribute("aria-expanded") == "true"
        assert tab.evaluate(f"() => !!document.activeElement.closest('{drawer}')")
        tab.keyboard.press("Escape")
        assert button.evaluate("(it) => it === document.activeElement")
    tab.locator("button.toc-overlay-icon:visible").click()
    tab.locator(".toc-drawer a").nth(2).click()
    assert not tab.locator(".toc-drawer").is_visible()


def test_contents_are_closed_when_a_reader_comes_back(open_page):
    tab = open_page("english/modules.html", width=360, reduced_motion="reduce")
    tab.locator("button.nav-overlay-icon").click()
    tab.locator(".sidebar-drawer a[href='packages.html']").click()
    tab.wait_for_url("**/packages.html")
    tab.go_back()
    button = tab.locator("button.nav-overlay-icon")
    assert button.get_attribute("aria-expanded") == "false"
    assert not tab.locator(".sidebar-drawer").is_visible()


# --- terms ---

TERM = 'article a.reference[href*="#term-"]'
DEFINITION = ".definition:popover-open"


def test_a_term_explains_itself_on_hover_and_on_focus(open_page):
    tab = open_page("english/packages.html")
    term = tab.locator(TERM).first
    term.hover()
    note = tab.locator(DEFINITION)
    note.wait_for()
    words = note.inner_text()
    assert len(words.split()) > 5
    note.hover()  # a note may be read, and scrolled
    tab.wait_for_timeout(400)
    assert note.is_visible()
    tab.mouse.move(5, 5)
    note.wait_for(state="hidden")
    term.focus()
    tab.keyboard.press("Shift+Tab")
    tab.keyboard.press("Tab")
    note.wait_for()
    assert note.inner_text() == words
    tab.keyboard.press("Escape")
    note.wait_for(state="hidden")
    described = term.get_attribute("aria-describedby")
    assert tab.locator(f"#{described}").count() == 1


@EVERYWHERE
def test_a_term_explains_itself_when_tapped_and_leads_on(open_page):
    tab = open_page("hinglish/packages.html", width=360, has_touch=True, is_mobile=True)
    tab.locator(TERM).first.tap()
    note = tab.locator(DEFINITION)
    note.wait_for()
    box = note.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    tab.keyboard.press("Escape")
    tab.locator(TERM).first.focus()
    tab.keyboard.press("Enter")  # a tap explains, Enter follows
    tab.wait_for_url("**/glossary.html#term-*")
    tab.go_back()
    tab.locator(TERM).first.tap()
    note.locator("a").first.tap()
    tab.wait_for_url("**/glossary.html#term-*")


# --- where a reader was ---


@EVERYWHERE
def test_the_first_page_offers_the_place_where_a_reader_was(open_page):
    tab = open_page("english/index.html", reduced_motion="reduce")
    assert tab.locator(".read-on").count() == 0
    tab.goto(tab.url.replace("index.html", "packages.html"))
    tab.locator("section section h2").nth(1).evaluate("(it) => it.scrollIntoView()")
    place = tab.locator("section section h2").nth(1).evaluate("(it) => it.parentElement.id")
    # A phone may say no more than that a page is out of sight; to look up a word is not to read.
    tab.evaluate("""() => {
      Object.defineProperty(document, "visibilityState", { value: "hidden" });
      document.dispatchEvent(new Event("visibilitychange"));
      addEventListener("pagehide", (event) => event.stopImmediatePropagation(), true);
    }""")
    tab.goto(tab.url.replace("packages.html", "glossary.html"))
    tab.goto(tab.url.replace("glossary.html", "index.html"))
    link = tab.locator(".read-on a")
    assert link.get_attribute("href") == f"packages.html#{place}"
    link.click()
    tab.wait_for_url(f"**/packages.html#{place}")


# --- what may be missing ---

REFUSED = """Object.defineProperty(window, "localStorage", {
  configurable: true, get() { throw new DOMException("refused", "SecurityError"); } });"""


FULL = """Storage.prototype.setItem = () => {
  throw new DOMException("full", "QuotaExceededError"); };"""
PAGES = ["index.html", "modules.html#50%", "error-finder.html", "search.html?q=module"]


@EVERYWHERE
@pytest.mark.parametrize("storage", [REFUSED, FULL], ids=["refused", "full"])
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("folder", FOLDERS)
def test_a_page_does_its_work_where_nothing_can_be_stored(open_page, folder, page, storage):
    tab = open_page(f"{folder}/{page}", script=storage)
    if "?q=" in page:
        tab.locator("#search-results li a").first.wait_for()
    tab.locator(".language-switch a").first.hover()
    tab.locator(".theme-toggle:visible").first.click()
    assert tab.evaluate("() => document.body.dataset.theme") in ("light", "dark")
    for choice in tab.locator(".which-language input").all():
        choice.check()
    for box in tab.locator(".wrap-lines:visible input").all():
        box.check()


@EVERYWHERE
@pytest.mark.parametrize("folder", FOLDERS)
def test_without_scripts_everything_can_be_read_and_links_work(open_page, folder):
    tab = open_page(f"{folder}/modules.html", java_script_enabled=False)
    assert tab.locator("article h1").is_visible()
    assert tab.locator("button:visible").count() == 0
    assert not tab.locator(".which-language").is_visible()
    answer = tab.locator("details.fold-answer").first
    answer.locator("summary").click()
    assert answer.locator("p").first.is_visible()
    tab.locator(".language-switch a").first.click()
    tab.wait_for_url("**/modules.html")
    assert f"/{folder}/" not in tab.url
    tab.locator(TERM).first.click()
    tab.wait_for_url("**/glossary.html#term-*")
    for page in ("error-finder", "search"):
        tab.goto(re.sub(r"[\w-]+\.html.*", f"{page}.html", tab.url))
        assert tab.locator("article h1").is_visible()
        assert tab.locator(":is(button, textarea):visible").count() == 0


@EVERYWHERE
def test_a_query_in_an_address_is_never_run(open_page):
    tab = open_page(
        "english/search.html?q=%3Cimg%20src%3Dx%20onerror%3D%22document.title%3D1%22%3E"
    )
    tab.wait_for_timeout(300)
    assert tab.title() != "1"
    assert tab.locator("#search-results img").count() == 0

/* The few things a page does by script; without scripts everything can still be read. */
"use strict";

/* sphinx-copybutton knows eight languages and Hinglish is none of them; `messages` is its table. */
if (typeof messages !== "undefined") {
  messages.en.copy = Documentation.gettext("Copy");
  messages.en.copy_to_clipboard = Documentation.gettext("Copy to clipboard");
  messages.en.copy_success = Documentation.gettext("Copied!");
  messages.en.copy_failure = Documentation.gettext("Failed to copy");
}

/* A listing wider than the page scrolls: it must be reached by the keyboard too. */
const letScrollersBeReached = () => {
  for (const block of document.querySelectorAll(".highlight pre, .table-wrapper")) {
    if (block.scrollWidth > block.clientWidth) block.tabIndex = 0;
    else block.removeAttribute("tabindex");
  }
};
letScrollersBeReached();
addEventListener("resize", letScrollersBeReached);

/* The parallel edition shows both languages, or one of them: remembered, and the page stays. */
const remembered = {
  get: () => { try { return localStorage.getItem("languages"); } catch { return null; } },
  set: (value) => { try { localStorage.setItem("languages", value); } catch { /* not allowed */ } },
};

const showLanguages = (which) => { document.documentElement.dataset.languages = which; };

/* The first thing in sight, and how far from the top it stands. */
const anchorInSight = () => {
  for (const each of document.querySelectorAll("article :is(h1, h2, h3, h4, .pair, .highlight, li, figure)")) {
    const { top, bottom } = each.getBoundingClientRect();
    if (bottom > 0 && bottom > top) return { each, top };
  }
  return null;
};

const choices = document.querySelector(".which-language");
if (choices) {
  const which = ["source", "other"].find((known) => known === remembered.get()) ?? "both";
  const first = choices.querySelector(`input[value="${which}"]`);
  first.checked = true;
  showLanguages(first.value);
  choices.hidden = false;
  choices.addEventListener("change", (event) => {
    const place = window.scrollY > 100 ? anchorInSight() : null;
    showLanguages(event.target.value);
    remembered.set(event.target.value);
    if (place) window.scrollBy({ top: place.each.getBoundingClientRect().top - place.top, behavior: "instant" });
  });
}

/* The other edition opens where the reader is: ids are the same in every edition. */
const whereTheReaderIs = () => {
  if (location.hash.length > 1) {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && Math.abs(target.getBoundingClientRect().top) < innerHeight) return location.hash;
  }
  let found = "";
  for (const section of document.querySelectorAll("article section[id]")) {
    if (section.getBoundingClientRect().top > innerHeight / 3) break;
    found = section.id;
  }
  return found && window.scrollY > 100 ? `#${found}` : "";
};

for (const link of document.querySelectorAll(".language-switch a")) {
  const page = link.getAttribute("href");
  for (const event of ["click", "auxclick", "focus", "pointerenter"]) {
    link.addEventListener(event, () => link.setAttribute("href", page + whereTheReaderIs()));
  }
}

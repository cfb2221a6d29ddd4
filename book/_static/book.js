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
  for (const block of document.querySelectorAll(".highlight pre, .table-wrapper, figure")) {
    if (block.scrollWidth > block.clientWidth) block.tabIndex = 0;
    else block.removeAttribute("tabindex");
  }
};
letScrollersBeReached();
addEventListener("resize", letScrollersBeReached);

/* What opens furo's drawers is a label, which no keyboard reaches: here a button stands for it. */
const drawerOf = { __navigation: ".sidebar-drawer", __toc: ".toc-drawer" };
for (const [id, selector] of Object.entries(drawerOf)) {
  const box = document.getElementById(id),
    drawer = document.querySelector(selector);
  const buttons = [
    ...document.querySelectorAll(
      `label.nav-overlay-icon[for="${id}"], label.toc-overlay-icon[for="${id}"]`,
    ),
  ].map((label) => {
    const button = document.createElement("button");
    button.className = label.className;
    button.setAttribute("aria-label", box.getAttribute("aria-label"));
    button.append(...label.childNodes);
    button.addEventListener("click", () => {
      box.click();
      const first = [...drawer.querySelectorAll("a, input")].find(
        (each) => each.getClientRects().length,
      );
      if (box.checked && first) first.focus({ preventScroll: true });
    });
    label.replaceWith(button);
    return button;
  });
  const say = () => {
    for (const button of buttons) button.setAttribute("aria-expanded", box.checked);
  };
  const close = () => {
    const isInside = drawer.contains(document.activeElement);
    if (box.checked) box.click();
    if (isInside)
      buttons.find((button) => button.getClientRects().length)?.focus({ preventScroll: true });
  };
  box.addEventListener("change", say);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && box.checked) close();
  });
  drawer.addEventListener("click", (event) => {
    if (event.target.closest('a[href^="#"]') && box.checked) box.click();
  });
  /* A browser that goes back opens the boxes that were open. */
  addEventListener("pageshow", () => {
    box.checked = false;
    say();
  });
}

/* What a page remembers on this device, if it may; nothing is ever sent anywhere. */
const memory = {
  get: (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  },
  set: (name, value) => {
    try {
      localStorage.setItem(name, value);
    } catch {
      /* not allowed */
    }
  },
};

/* Wide listings scroll, or wrap if the reader wants that; asked where a listing is too wide now. */
const listings = [...document.querySelectorAll("article .highlight pre")];
if (listings.length) {
  const box = document.createElement("label");
  box.className = "wrap-lines";
  const input = document.createElement("input");
  input.type = "checkbox";
  input.checked = memory.get("wrap") === "yes";
  const wrapLines = () => {
    document.documentElement.dataset.wrap = input.checked ? "yes" : "no";
    letScrollersBeReached();
  };
  const offer = () => {
    box.hidden = !input.checked && !listings.some((each) => each.scrollWidth > each.clientWidth);
  };
  input.addEventListener("change", () => {
    wrapLines();
    memory.set("wrap", input.checked ? "yes" : "no");
  });
  addEventListener("resize", offer);
  box.append(input, " ", Documentation.gettext("Wrap long lines"));
  document.querySelector("article h1").after(box);
  wrapLines();
  offer();
}

/* Folded answers are printed open, and folded again. */
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")];
  for (const each of opened) each.open = true;
});
addEventListener("afterprint", () => {
  for (const each of opened) each.open = false;
});

/* A term explains itself where it stands: on hover, on focus, and on the first tap. Several links
   share the note of a term; it stands by the one that was asked last. */
const noteOf = (link) => document.getElementById(`definition-${link.hash.slice(1)}`);
const isMouse = (event) => event.pointerType === "mouse";
let explained = null,
  hiding = 0;
const standByTerm = () => {
  const note = explained && noteOf(explained);
  if (!note || !note.matches(":popover-open")) return;
  const { left, top, bottom } = explained.getBoundingClientRect();
  const { width, height } = note.getBoundingClientRect();
  note.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
  const isBelow = bottom + height + 8 < innerHeight || top < height;
  note.style.top = `${isBelow ? bottom + 4 : top - height - 4}px`;
};
const stay = () => clearTimeout(hiding);
const explain = (link) => {
  stay();
  explained = link;
  noteOf(link).showPopover();
  standByTerm();
};
const hideNote = () => {
  if (explained) noteOf(explained).hidePopover();
};
const hideSoon = () => {
  stay();
  hiding = setTimeout(hideNote, 300);
};
const notes = [...document.querySelectorAll(".definition")].filter((note) => note.showPopover);
for (const note of notes) {
  note.addEventListener("pointerenter", (event) => {
    if (isMouse(event)) stay();
  });
  note.addEventListener("pointerleave", (event) => {
    if (isMouse(event)) hideSoon();
  });
}
for (const link of document.querySelectorAll('article a.reference[href*="#term-"]')) {
  const note = noteOf(link);
  if (!notes.includes(note)) continue;
  let byTouch = false;
  link.setAttribute("aria-describedby", note.id);
  link.addEventListener("pointerenter", (event) => {
    if (isMouse(event)) explain(link);
  });
  link.addEventListener("pointerleave", (event) => {
    if (isMouse(event)) hideSoon();
  });
  link.addEventListener("pointerdown", (event) => {
    byTouch = !isMouse(event);
  });
  link.addEventListener("focus", () => {
    if (!byTouch && link.matches(":focus-visible")) explain(link);
  });
  link.addEventListener("blur", (event) => {
    if (!note.contains(event.relatedTarget)) note.hidePopover();
  });
  link.addEventListener("pointercancel", () => {
    byTouch = false;
  }); // it became a scroll
  link.addEventListener("click", (event) => {
    if (byTouch) {
      event.preventDefault();
      explain(link);
    }
    byTouch = false; // Enter follows the link
  });
}
/* A page that scrolls to a link in focus must not take the note away from it. */
addEventListener("scroll", standByTerm, { passive: true });
addEventListener("keydown", (event) => {
  if (event.key === "Escape") hideNote();
});

/* The first page of an edition offers the place where the reader was. */
const place = `place ${location.pathname.replace(/[^/]*$/, "")}`;
const contents = document.querySelector("article .toctree-wrapper");
if (contents) {
  const [page, title] = (memory.get(place) || "").split("\n");
  /* A name of a page of this edition, and nothing else that could stand in the memory. */
  if (/^[\w-]+\.html(#[\w-]*)?$/.test(page) && title) {
    const line = document.createElement("p");
    const link = document.createElement("a");
    link.href = page;
    link.textContent = title;
    line.className = "read-on";
    line.append(Documentation.gettext("Read on where you were:"), " ", link);
    contents.before(line);
  }
}

/* The parallel edition shows both languages, or one of them: remembered, and the page stays. */
const showLanguages = (which) => {
  document.documentElement.dataset.languages = which;
};

/* The first thing in sight, and how far from the top it stands. */
const anchorInSight = () => {
  for (const each of document.querySelectorAll(
    "article :is(h1, h2, h3, h4, .pair, .highlight, li, figure)",
  )) {
    const { top, bottom } = each.getBoundingClientRect();
    if (bottom > 0 && bottom > top) return { each, top };
  }
  return null;
};

const choices = document.querySelector(".which-language");
if (choices) {
  const which = ["source", "other"].find((known) => known === memory.get("languages")) ?? "both";
  const first = choices.querySelector(`input[value="${which}"]`);
  first.checked = true;
  showLanguages(first.value);
  choices.hidden = false;
  choices.addEventListener("change", (event) => {
    const kept = window.scrollY > 100 ? anchorInSight() : null;
    showLanguages(event.target.value);
    memory.set("languages", event.target.value);
    if (kept)
      window.scrollBy({
        top: kept.each.getBoundingClientRect().top - kept.top,
        behavior: "instant",
      });
  });
}

/* The other edition opens where the reader is: ids are the same in every edition. */
const whereTheReaderIs = () => {
  if (location.hash.length > 1) {
    const target = document.querySelector(":target");
    if (target && Math.abs(target.getBoundingClientRect().top) < innerHeight) return location.hash;
  }
  let found = "";
  for (const section of document.querySelectorAll("article section[id]")) {
    if (section.getBoundingClientRect().top > innerHeight / 3) break;
    found = section.id;
  }
  return found && window.scrollY > 100 ? `#${found}` : "";
};

for (const link of document.querySelectorAll(":is(.language-switch, .sidebar-switch) a")) {
  const page = link.getAttribute("href");
  for (const event of ["click", "auxclick", "focus", "pointerenter"]) {
    link.addEventListener(event, () => link.setAttribute("href", page + whereTheReaderIs()));
  }
}

/* The chapters remember where the reader is, for the first page to offer it. */
if (document.querySelector("article h1 .section-number")) {
  const title = document.querySelector("article h1");
  const remember = () => {
    const words = [...title.childNodes].filter(
      (each) => !each.classList || !each.classList.contains("headerlink"),
    );
    const name = words
      .map((each) => each.textContent)
      .join("")
      .trim();
    memory.set(place, `${location.pathname.replace(/.*\//, "")}${whereTheReaderIs()}\n${name}`);
  };
  addEventListener("pagehide", remember);
  /* A phone that closes what is in the background says no more than this. */
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") remember();
  });
}

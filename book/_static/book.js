/* The few things a page does by script; without scripts everything can still be read. */
"use strict";

/* sphinx-copybutton knows eight languages and Hinglish is none of them; `messages` is its table. */
if (typeof messages !== "undefined") {
  messages.en.copy = Documentation.gettext("Copy");
  messages.en.copy_to_clipboard = Documentation.gettext("Copy to clipboard");
  messages.en.copy_success = Documentation.gettext("Copied!");
  messages.en.copy_failure = Documentation.gettext("Failed to copy");
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

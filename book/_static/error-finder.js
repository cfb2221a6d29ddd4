/* The box of the error finder: reads a pasted traceback and shows its row, all in this page.
   ERROR_ROWS comes from import_karo/directives/error_finder.py. What is pasted is only ever text: it is put
   into the page by textContent, kept nowhere and sent nowhere. */
"use strict";

const LONGEST_LINE = 2000; // a longer line is no error text
const JOINED = 3; // a narrow terminal cuts an error text into so many lines at most
const FRAME = 30; // lines that a frame of a traceback may have
const COLOURS =
  /[\u001b\u241b]?\[\d{1,3}(?:;\d{1,3})*m|\u001b\[[\d;?]*[A-Za-z]|\u001b\][^\u0007]*\u0007/g;
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u200b-\u200f\u2028-\u202e\u2060\ufeff]/g;
const PROMPTS = /^(?:[\s>|*`\u2022]+|\.\.\. |\$ |E {2,})+/;
const EXCEPTION =
  /^[A-Za-z_][\w.]*(?:Error|Exception|Warning|Interrupt|Exit|Iteration|Group)(?::|$)/;
const SPEAKER = /py\S*: /; // Python itself, before any program runs
const PLACE = /^File ".*", line \d+/;

const words = (text) => Documentation.gettext(text);

/* A line as the rows know it: no colours, prompts or marks of a chat, plain quotes, one blank. */
const plain = (line) =>
  line
    .slice(0, LONGEST_LINE)
    .replace(COLOURS, "")
    .replace(UNSEEN, "")
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(PROMPTS, "")
    .replace(/[\s`|]+$/, "")
    .replace(/\s+/g, " ");

const ROWS = ERROR_ROWS.map((row) => ({
  ...row,
  whole: new RegExp(`^(?:${row.pattern})$`),
  // In the middle of other words; a bracket behind it would be more of another error's text.
  part: new RegExp(`(?:^|[^\\w'])(?:${row.pattern})(?=$|[^\\w'])(?! \\()`),
  causes: row.causes.map((cause) => ({ ...cause, sign: cause.sign && new RegExp(cause.sign) })),
}));

/* The row whose fixed words are the most of the line. */
const best = (line, form) =>
  ROWS.filter((row) => line.includes(row.key) && row[form].test(line)).reduce(
    (one, other) => (one === null || other.weight > one.weight ? other : one),
    null,
  );

/* A line, and what it may have been before a narrow terminal cut it. */
const whole = (lines, at) => {
  const found = [lines[at]];
  if (!EXCEPTION.test(lines[at]) && !SPEAKER.test(lines[at])) return found;
  let starts = found;
  for (const next of lines.slice(at + 1, at + JOINED)) {
    starts = starts.flatMap((start) => [start + next, `${start} ${next}`]);
    found.push(...starts);
  }
  return found;
};

/* The row of a line with nothing else in it, and the line as it was before it was cut. */
const ofWhole = (lines, at) =>
  whole(lines, at)
    .map((line) => ({ line, row: best(line, "whole") }))
    .filter(({ row }) => row)
    .reduce((one, other) => (one && one.row.weight >= other.row.weight ? one : other), null);

/* The row of words in the middle of a line. */
const ofPart = (line) => {
  const row = best(line, "part");
  return row && { line, row };
};

/* The last frame of a traceback down to its error, or what stands right above the error. */
const frame = (lines, at, error) => {
  let start = at;
  while (start > 0 && at - start < FRAME && !PLACE.test(lines[start])) start -= 1;
  if (!PLACE.test(lines[start])) start = Math.max(0, at - 2);
  return [...lines.slice(start, at), error].join("\n");
};

/* The causes that the traceback shows, or those that show nothing; then the others. */
const sorted = (row, context) => {
  const score = ({ sign, weight }) => (sign ? (sign.test(context) ? weight : -1) : 0);
  const top = Math.max(...row.causes.map(score));
  return {
    likely: row.causes.filter((cause) => score(cause) === top),
    others: row.causes.filter((cause) => score(cause) !== top),
  };
};

/* The last error counts: what stands above it led to it. */
const findError = (text) => {
  const lines = text.split(/\r\n|\r|\n/).map(plain);
  let unknown = null;
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    if (!lines[at]) continue;
    const found = ofWhole(lines, at) ?? (unknown === null ? ofPart(lines[at]) : null);
    if (found) return { ...found, unknown, ...sorted(found.row, frame(lines, at, found.line)) };
    if (unknown === null && EXCEPTION.test(lines[at])) unknown = lines[at];
  }
  return { row: null, unknown };
};

/* --- the page --- */

const made = (name, className, ...children) => {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...children);
  return element;
};

const code = (text) => made("code", "docutils literal", text);

const link = (id, label) => {
  const found = made("a", "", label);
  found.href = `#${id}`;
  return found;
};

/* What a cause is called: its bold words, in each language that the page has. */
const nameOf = (id) =>
  [...document.getElementById(id).querySelectorAll("strong:first-child")]
    .map((strong) => strong.textContent)
    .filter((text, at, all) => all.indexOf(text) === at)
    .join(" / ");

const places = (id) => {
  const found = document.getElementById(id).querySelector(".error-places").cloneNode(true);
  return made("span", "error-places", ...found.querySelectorAll("a"));
};

const wholeCause = (id) => {
  const copy = document.getElementById(id).cloneNode(true);
  for (const each of [copy, ...copy.querySelectorAll("[id]")]) each.removeAttribute("id");
  const first = copy.querySelector("strong");
  first.replaceWith(made("strong", "", link(id, first.textContent)));
  return copy;
};

const causeList = (causes) =>
  made("ul", "", ...causes.map(({ id }) => made("li", "", link(id, nameOf(id)), places(id))));

const answer = (found) => {
  const { row, line, unknown, likely, others } = found;
  const shown = [];
  if (unknown !== null) {
    shown.push(made("p", "", words("The last error is not in this book:"), " ", code(unknown)));
    if (row) shown.push(made("p", "", words("Above it stands one that is:")));
  }
  if (!row) {
    shown.push(
      made(
        "p",
        "",
        words(
          "Paste the whole traceback, down to its last line. Errors that no chapter has shown yet are not on this page.",
        ),
      ),
    );
    return shown;
  }
  shown.push(made("p", "", words("Line that was read:"), " ", code(line)));
  shown.push(made("p", "", words("Its entry on this page:"), " ", link(row.id, code(row.text))));
  const several = made("p", "", words("Possible causes; check them in this order:"));
  shown.push(
    likely.length === 1
      ? made("div", "error-likely", wholeCause(likely[0].id))
      : made("div", "error-likely", several, causeList(likely)),
  );
  if (others.length) {
    const same = made("p", "", words("Other causes with the same words:"));
    shown.push(made("div", "error-others", same, causeList(others)));
  }
  return shown;
};

const addBox = () => {
  const field = made("textarea");
  Object.assign(field, { id: "error-field", rows: 6, spellcheck: false, autocomplete: "off" });
  field.setAttribute("autocapitalize", "off");
  field.setAttribute("aria-describedby", "error-promise");
  const label = made("label", "", words("Paste your whole traceback here"));
  label.htmlFor = field.id;
  const promise = made("p", "", words("It stays in this page: nothing is sent or stored."));
  promise.id = "error-promise";
  const button = made("button", "", words("Find the error"));
  button.type = "button";
  const status = made("p", "error-status");
  status.setAttribute("role", "status");
  const result = made("div", "error-result");
  const show = () => {
    if (!field.value.trim()) {
      status.textContent = words("Nothing is pasted yet.");
      result.replaceChildren();
      return;
    }
    const found = findError(field.value);
    status.textContent = words(
      found.row ? "Found. The answer is below." : "No error from this book was found in your text.",
    );
    result.replaceChildren(...answer(found));
  };
  button.addEventListener("click", show);
  field.addEventListener("paste", () => {
    setTimeout(show);
  });
  const box = made("div", "error-box", label, field, promise, button, status, result);
  document.querySelector("article section > section").before(box);
};

addBox();

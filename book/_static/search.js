/* Which page comes first. Sphinx wants every word of a query on the page, and takes the best word's
   score for the page's; learners misspell a word, or paste a whole traceback with their own names.
   Here pages are ranked as by Okapi BM25 (S. Robertson, H. Zaragoza: The Probabilistic Relevance
   Framework, 2009): a word counts by how few pages have it and how often this one does. A word of
   the page's title counts more, and one that no page has counts nothing. */
"use strict";

(() => {
  const MOST_WORDS = 60; // of a query: what comes after is more of the same
  const NEAREST = 0.1; // of the best page's score: what has less is another matter

  /* What an error says is explained best by the error finder, which leads on to its chapter. */
  const ERROR =
    /\b[a-z]\w*(?:error|exception|warning)\b|can't open file|no module named|is not defined/i;
  const FINDER = "error-finder",
    FINDER_FIRST = 3;
  const FRONT = "index"; // its title is the book's name, and says nothing of what it is about

  /* Of a pasted traceback the last error says what happened; before it stand the reader's paths. */
  const errorOf = (query) => {
    const end = query.slice(-20000);
    // Not a name in quotes.
    const said = /(^|[^'".\w])([A-Z]\w*(?:Error|Exception|Warning))(?=:|\s*$)/gm;
    const found = [...end.matchAll(said)].at(-1);
    return query.includes("Traceback") && found ? end.slice(found.index + found[1].length) : query;
  };

  /* On a phone the field of the side bar is out of sight. */
  document.addEventListener("DOMContentLoaded", () => {
    const asked = new URLSearchParams(location.search).get("q") || "";
    for (const field of document.querySelectorAll(".search-again input")) field.value = asked;
  });

  /* From the disk no page may read another: no excerpts then, and no errors in their place. */
  if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

  /* How many letters to add, drop, change or swap with their neighbour until two words are one
     (F. Damerau, Communications of the ACM 7, 1964); `most` + 1 for all that are further apart. */
  const distance = (one, other, most) => {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let before = [],
      row = [...Array(other.length + 1).keys()];
    for (let i = 1; i <= one.length; i++) {
      const next = [i];
      for (let j = 1; j <= other.length; j++) {
        const changed = row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1);
        next[j] = Math.min(changed, row[j] + 1, next[j - 1] + 1);
        const isSwap = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
        if (isSwap) next[j] = Math.min(next[j], before[j - 2] + 1);
      }
      if (Math.min(...next) > most) return most + 1;
      [before, row] = [row, next];
    }
    return row[other.length];
  };

  const filesOf = (terms, word) => {
    if (Object.hasOwn(terms, word)) return [terms[word]].flat();
    if (word.length < 4) return [];
    return Object.keys(terms)
      .filter((term) => term.startsWith(word))
      .flatMap((term) => terms[term]);
  };
  const pagesOf = (word) => {
    const { terms, titleterms } = Search._index;
    return new Set([...filesOf(terms, word), ...filesOf(titleterms, word)]);
  };

  /* A word that no page has is a slip of the finger: the nearest one is meant, and of two that
     which more pages have. A short word may hold one slip, a longer one two, and none where it
     begins: otherwise too many words that the book does not have would turn into others. */
  const SHORT = 7;
  const canBeSlip = (word) => /^\p{L}{4,30}$/u.test(word) && !pagesOf(word).size;
  const meant = (word) => {
    if (!canBeSlip(word)) return word;
    const best = { term: word, apart: word.length > SHORT ? 2 : 1, pages: 0 };
    for (const term of Object.keys(Search._index.terms)) {
      if (term[0] !== word[0]) continue;
      const apart = distance(word, term, best.apart);
      if (apart > best.apart) continue;
      const pages = pagesOf(term).size;
      if (apart < best.apart || pages > best.pages) Object.assign(best, { term, apart, pages });
    }
    return best.term;
  };

  /* Who types `init` means `__init__`, of which a book on packages says more. */
  const withUnderscores = (word) => {
    const name = `__${word}__`;
    return pagesOf(name).size > pagesOf(word).size ? [word, name] : [word];
  };

  let isError = false;
  const parse = Search._parseQuery;
  Search._parseQuery = (query) => {
    const said = errorOf(query).split(/\s+/).slice(0, MOST_WORDS).join(" ");
    isError = ERROR.test(query);
    const parsed = parse(said);
    /* Sphinx knows a stop word in one spelling; a stem is all of them. */
    const terms = [...parsed[1]].filter((word) => !stopwords.has(word));
    /* What an error names is the reader's own, and no page need have it. */
    if (terms.length)
      parsed[1] = new Set(isError ? terms : terms.map(meant).flatMap(withUnderscores));
    return parsed;
  };

  /* An excerpt shows the page, not the buttons around it; of a place without words what is near. */
  const AROUND =
    ".language-switch, .which-language, .completeness, .definition, .example-zip, .headerlink";
  const near = (place) => {
    if (place.matches("dt"))
      return place.parentElement.querySelector(`#${CSS.escape(place.id)} ~ dd`) || place;
    return place.textContent.trim()
      ? place
      : place.closest("dd, li, section") || place.ownerDocument.body;
  };
  const toText = Search.htmlToText;
  Search.htmlToText = (text, anchor) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    for (const each of page.querySelectorAll(AROUND)) each.remove();
    const place = anchor && page.getElementById(anchor.slice(1));
    return place ? near(place).textContent : toText(page.documentElement.outerHTML, "");
  };

  /* Of a page that the index names often, and that has the words, the best hit is enough. */
  const perform = Search._performSearch;
  Search._performSearch = (...query) => {
    const seen = new Set();
    const kept = perform(...query)
      .reverse()
      .filter(([page, , , , , , kind]) => {
        if (![SearchResultKind.index, SearchResultKind.text].includes(kind)) return true;
        const isFirst = !seen.has(page);
        seen.add(page);
        return isFirst;
      });
    return kept.reverse();
  };

  const K = 1.2, // the usual values: how soon more of a word says nothing new, and
    B = 0.75; // how much a long page pays for being long
  /* A title of one word says more of it than one of four. Whoever made the index knew best which
     page explains a thing; it may send there more than once. */
  const IN_TITLE = 4,
    IN_HEADING = 1,
    IN_INDEX = 4;
  const half = (often) => often / (often + 1); // of it for the first, and less for each that follows
  /* Answers and glossary repeat what a chapter explains, and a chapter what an earlier one does. */
  const ofChapter = (number) => (number ? 1 + 0.02 / number : 0.7);

  const stemmer = new Stemmer();
  const wordsOf = (text) => {
    const stems = splitQuery(text.toLowerCase()).map((word) => stemmer.stemWord(word));
    return new Set(stems.filter((word) => !stopwords.has(word)));
  };
  /* In the parallel edition a title is two, one of each language. */
  const wordsOfEach = (title) => title.split("\u2002/\u2002").map(wordsOf);

  /* What stands in the titles, in the headings and in the index of each page, as sets of words. */
  const namesOfPages = () => {
    const { docnames, titles, alltitles, indexentries } = Search._index;
    const names = titles.map((title, page) => ({
      titles: docnames[page] === FRONT ? [] : wordsOfEach(title),
      headings: [],
      entries: [],
    }));
    for (const [title, places] of Object.entries(alltitles)) {
      for (const [page] of places) names[page].headings.push(wordsOf(title));
    }
    for (const [entry, places] of Object.entries(indexentries)) {
      for (const [page] of places) names[page].entries.push(wordsOf(entry));
    }
    return names;
  };

  /* How much a word tells pages apart: one that all have, hardly at all. */
  const weightOf = (word) => {
    const count = pagesOf(word).size;
    return Math.log(1 + (Search._index.docnames.length - count + 0.5) / (count + 0.5));
  };
  const scoreInText = (word, page, average) => {
    const { counts, lengths } = Search._index;
    const often = Object.hasOwn(counts, word) ? counts[word][page] || 1 : 1;
    return (often * (K + 1)) / (often + K * (1 - B + (B * lengths[page]) / average));
  };
  const scoreInNames = (word, { titles, headings, entries }, asked) => {
    const having = (names) => names.filter((words) => words.has(word));
    const inTitle = having(titles).map(({ size }) => IN_TITLE / Math.sqrt(size));
    const meant = having(entries).filter((words) => [...words].every((each) => asked.has(each)));
    return (
      Math.max(0, ...inTitle) +
      IN_HEADING * half(having(headings).length) +
      IN_INDEX * half(meant.length)
    );
  };

  Search.performTermsSearch = (searchTerms) => {
    const { lengths, chapters, docnames, titles, filenames } = Search._index;
    const average = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
    const names = namesOfPages();
    const scores = new Map();
    let possible = 0;
    for (const word of searchTerms) {
      const weight = weightOf(word);
      const pages = pagesOf(word);
      if (pages.size) possible += weight * (K + 1 + IN_TITLE + IN_HEADING + IN_INDEX);
      for (const page of pages) {
        const score =
          scoreInText(word, page, average) + scoreInNames(word, names[page], searchTerms);
        scores.set(page, (scores.get(page) || 0) + weight * score);
      }
    }
    for (const [page, score] of scores) {
      const isAnswer = isError && docnames[page] === FINDER;
      scores.set(page, (isAnswer ? FINDER_FIRST : ofChapter(chapters[page])) * score);
    }
    const best = Math.max(...scores.values());
    return [...scores]
      .filter(([, score]) => score >= NEAREST * best)
      .map(([page, score]) => [
        docnames[page],
        titles[page],
        "",
        null,
        (2 * Scorer.title * score) / possible,
        filenames[page],
        SearchResultKind.text,
      ]);
  };
})();

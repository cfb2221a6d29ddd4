// DAISY Ace on one EPUB: node ace.js BOOK.epub; prints what it found as JSON.
const ace = require("@daisy/ace-core");
const runner = require("@daisy/ace-axe-runner-puppeteer");

const winston = require("winston");

winston.configure({ transports: [new winston.transports.Console({ silent: true })] });
process.on("unhandledRejection", (error) => {
  console.error(error);
  process.exit(2);
});
const out = [];
ace(process.argv[2], { cwd: process.cwd() }, runner).then(([, report]) => {
  for (const page of report.assertions || []) {
    for (const fault of page.assertions || []) {
      out.push(
        `${page["earl:testSubject"].url}: ${fault["earl:test"]["dct:title"]}: ` +
          `${fault["earl:result"]["dct:description"]}`.replace(/\s+/g, " ").slice(0, 300) +
          " " +
          JSON.stringify(fault["earl:result"].html || "").slice(0, 200),
      );
    }
  }
  const said = JSON.stringify({ outcome: report["earl:result"]["earl:outcome"], faults: out });
  // A pipe takes its time: leave when it has everything.
  process.stdout.write(said, () => process.exit(0));
});

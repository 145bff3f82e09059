// Sets the content of a pack with Typst, as a plain document: the same words, headings, lists and tables, each table over the whole width
// with its header repeated, page numbers at the foot.
//   node typst.mjs CONTENT FONT-FOLDER OUT.pdf      (the dump of bench_content_dup)
// Prints "peer_typst <CPU milliseconds> <peak kilobytes> <pages> pages, <bytes> bytes". Writing the source is not counted.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(path.join(process.cwd(), "package.json"));
const { NodeCompiler } = require("@myriaddreamin/typst-ts-node-compiler");
const [content, fonts, out] = process.argv.slice(2);

const quote = (text) => JSON.stringify(text);
const cell = (text) => text.split("␤").map((line) => `#${quote(line)}`).join(" \\ ");
const source = [
  '#set text(font: "Liberation Sans", size: 10pt, lang: "en", region: "GB")',
  "#set par(leading: 0.5em)",
  '#set page(paper: "a4", margin: 1.7cm, numbering: "1 of 1")',
  "#set table(stroke: (x: none, y: 0.5pt + luma(180)), inset: 4pt)",
];
let isOpen = false;
const close = () => {
  if (isOpen) source.push(")");
  isOpen = false;
};
let columns = 0;
for (const line of readFileSync(content, "utf8").split("\n")) {
  if (line === "") continue;
  const [kind, ...fields] = line.split("\t");
  if (!["th", "tr", "tg"].includes(kind)) close();
  if (kind === "page") source.push("#pagebreak(weak: true)", `#set page(flipped: ${fields[0] === "landscape"})`);
  else if (kind === "p") source.push(`#par[#${quote(fields[0])}]`);
  else if (kind === "li") source.push(`- #${quote(fields[0])}`);
  else if (/^h\d$/.test(kind)) source.push(`#heading(level: ${kind[1]}, ${quote(fields[0])})`);
  else if (kind === "table") {
    columns = Number(fields[0]);
    source.push(`#table(columns: (${"1fr,".repeat(columns)}),`);
    isOpen = true;
  } else if (kind === "th") source.push(`table.header(${fields.map((field) => `[*#${quote(field)}*]`).join(",")}),`);
  else if (kind === "tg") source.push(`table.cell(colspan: ${columns})[*${cell(fields[0])}*],`);
  else if (kind === "tr") source.push(fields.map((field) => `[${cell(field)}],`).join(""));
}
close();

const compiler = NodeCompiler.create({ workspace: path.dirname(content), fontArgs: [{ fontPaths: [fonts] }] });
const before = process.cpuUsage();
const pdf = compiler.pdf({ mainFileContent: source.join("\n") });
const used = process.cpuUsage(before);
writeFileSync(out, pdf);
const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
const peak = process.resourceUsage().maxRSS;
console.log(`peer_typst ${((used.user + used.system) / 1000).toFixed(1)} ${peak} ${pages} pages, ${pdf.length} bytes`);

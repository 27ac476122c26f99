import type { Content } from "#app/domain/documents/content.ts";
import type { ArrangementToPrint } from "#app/domain/export/arrangement.ts";
import { arrangementData } from "#app/domain/export/arrangement-data.ts";
import type { Block, Line } from "#app/domain/export/printable-text.ts";

/** The same words as the PDF, as a page for a browser to print: cover, parties, contents, clauses, signatures. */
export function asHtml(input: ArrangementToPrint): string {
  const data = arrangementData(input, JSON.parse(input.canonical) as Content);
  const texts = data.texts.map(
    (text) =>
      `<section lang="${text.lang}" dir="${text.dir}"><h1>${html(text.title)}</h1>${text.clauses
        .map(
          ({ number, title, blocks }) =>
            `<h2 id="${text.lang}-${number}">${number} ${html(title)}</h2>${blocks.map(block).join("")}`,
        )
        .join("")}</section>`,
  );
  const contents = data.texts.flatMap((text) =>
    text.clauses.map(
      ({ number, title }) => `<li dir="${text.dir}"><a href="#${text.lang}-${number}">${html(title)}</a>`,
    ),
  );
  const parties = data.partyNames.map(({ name, others }) => `<p>${[name, ...others].map(html).join("<br>")}</p>`);
  const signatures = data.signing.blocks.map(
    ({ authority, signatories }) =>
      `<h3>${html(authority)}</h3>${signatories.map(({ lines }) => `<p>${lines.map(html).join("<br>")}</p>`).join("")}`,
  );
  return `<!doctype html><meta charset="utf-8"><title>${escaped(data.title)}</title><style>${style}</style>
<section><h1>${escaped(data.words.kind ?? "")}</h1>${parties.join("")}</section>${block(data.partyTable)}
<ol>${contents.join("")}</ol>${texts.join("")}<section>${signatures.join("")}</section>`;
}

const style = `body { font: 11pt/1.35 "Noto Serif", "Noto Naskh Arabic", "Noto Serif CJK SC", serif; }
section { break-after: page } table { border-collapse: collapse; width: 100%; font-size: 9.5pt }
td, th { border-block: 0.4pt solid #999; padding: 0.4em; text-align: start; vertical-align: top }
tr { break-inside: avoid } h2 { font-size: 12.5pt; break-after: avoid }`;

/** What `page.pdf` puts in the margins: the same marks that stand in ours. */
export function margins({ jit, digest }: ArrangementToPrint) {
  const line = (inner: string) =>
    `<div style="font-size:8px;width:100%;margin:0 29mm;display:flex;justify-content:space-between">${inner}</div>`;
  return {
    headerTemplate: line("<span></span><span>EXERCISE</span><span></span>"),
    footerTemplate: line(
      `<span>${jit.reference}</span><span>${digest.slice(0, 16)}</span><span>page <span class="pageNumber"></span> of <span class="totalPages"></span></span>`,
    ),
  };
}

function block(one: Block): string {
  if (one.kind === "paragraph") return `<p dir="${one.line.dir}">${escaped(one.label ?? "")} ${html(one.line)}</p>`;
  if (one.kind === "heading") return `<h3 dir="${one.line.dir}">${html(one.line)}</h3>`;
  if (one.kind === "list") return `<ul>${one.items.map((item) => `<li>${item.map(block).join("")}`).join("")}</ul>`;
  const rows = [...one.heads, ...one.rows].map(
    (cells) => `<tr>${cells.map((cell) => `<td>${cell.blocks.map(block).join("")}</td>`).join("")}</tr>`,
  );
  return `<table dir="${one.dir}">${rows.join("")}</table>`;
}

const html = (line: Line): string =>
  line.runs.map((run) => ("text" in run ? escaped(run.text) : "note" in run ? html(run.note) : "<br>")).join("");

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

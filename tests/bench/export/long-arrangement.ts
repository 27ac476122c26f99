import canonicalize from "canonicalize";
import { digestOf } from "#app/domain/documents/canonical.server.ts";
import type { Content } from "#app/domain/documents/content.ts";
import type { TextNode } from "#app/domain/documents/text-node.ts";
import type { ArrangementToPrint } from "#app/domain/export/arrangement.ts";
import { paragraph, saigaArrangement, worded } from "#tests/support/saiga-arrangement.ts";

export const languages = ["en", "ar", "zh", "ru"] as const;

const english = [
  "The team identifies the organisers of the route, gathers evidence that the courts of all parties can use, traces and freezes proceeds, and prepares a common day of arrests.",
  "The team works for 12 months from the date of the last signature.",
  "On the territory of each party the team works under its law, in full respect of its sovereignty.",
];
const sentences: Record<string, string[]> = {
  en: english,
  ...Object.fromEntries(
    ["ar", "zh", "ru"].map((language) => [language, Object.values(worded).map((words) => words[language] ?? "")]),
  ),
};

/** The exercise arrangement, made long: every paragraph is another, with a table after each twelfth. */
export function longArrangement(used: readonly string[], paragraphs: number): ArrangementToPrint {
  const input = saigaArrangement({ languages: [...used] });
  const content = JSON.parse(input.canonical) as Content;
  const share = Math.ceil(paragraphs / used.length);
  for (const language of used) {
    const clauses = content.languages[language]?.content ?? [];
    for (let n = 0; n < share; n++) {
      const clause = clauses[Math.floor((n * clauses.length) / share)];
      clause?.content?.push(paragraph(words(language, n)));
      if (n % 12 === 11) clause?.content?.push(table(language, n));
    }
  }
  const canonical = canonicalize(content) ?? "";
  return { ...input, canonical, digest: digestOf(canonical) };
}

/** Three sentences and two numbers, so that no paragraph can be taken from a cache. */
function words(language: string, n: number): string {
  const all = sentences[language] ?? english;
  const parts = [0, 1, 2].map((step) => all[(n + step) % all.length]);
  return `${parts.join(language === "zh" ? "" : " ")} (${n + 1}/${(n * 7919) % 9973})`;
}

function table(language: string, n: number): TextNode {
  const rows = Array.from({ length: 6 }, (_, row) => ({
    type: "tableRow",
    content: [0, 1, 2].map((column) => ({
      type: row === 0 ? "tableHeader" : "tableCell",
      attrs: {},
      content: [paragraph(`${(sentences[language] ?? english)[1]?.slice(0, 24)} ${n}.${row}.${column}`)],
    })),
  }));
  return { type: "table", content: rows };
}

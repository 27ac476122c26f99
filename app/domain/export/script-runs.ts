/**
 * Text cut by script, so that each part is set in its own font and size, and made harmless in its direction: what a
 * person typed may turn its own letters, never those beside it.
 */
export type Script = "latin" | "arabic" | "chinese";
export type Direction = "ltr" | "rtl";

const arabicLetter = "\\p{Script=Arabic}\\p{Mn}\u060c\u061b\u061f\u0640\u0660-\u066c";
const hanLetter = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\u3000-\u303f\uff00-\uffef";
// Spaces, dashes and brackets between two Arabic letters belong to them; Chinese takes its quotation marks and dots.
const parts = new RegExp(
  `(?<arabic>\\p{Script=Arabic}(?:[${arabicLetter}\\s.:«»()\u2013\u2014-]*[${arabicLetter}])?)` +
    `|(?<chinese>[${hanLetter}][${hanLetter}“”‘’…—·]*)`,
  "gu",
);

/** The text in order, cut where the script changes. */
export function scriptRuns(text: string): { text: string; script: Script }[] {
  const runs: { text: string; script: Script }[] = [];
  let end = 0;
  const push = (piece: string, script: Script) => piece && runs.push({ text: piece, script });
  for (const found of text.matchAll(parts)) {
    push(text.slice(end, found.index), "latin");
    push(found[0], found.groups?.arabic ? "arabic" : "chinese");
    end = found.index + found[0].length;
  }
  push(text.slice(end), "latin");
  return runs;
}

/** The direction of the first letter that has one; null when none has. */
export function firstDirection(text: string): Direction | null {
  const [letter] = /[\p{Script=Arabic}\p{Script=Hebrew}]|\p{L}/u.exec(text) ?? [];
  if (letter === undefined) return null;
  return /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(letter) ? "rtl" : "ltr";
}

const firstStrongIsolate = "\u2068";
const popIsolate = "\u2069";
const isolates = /[\u2066-\u2068]/;
// Embeddings and overrides can show letters in another order than they are read; the byte order mark shows nothing.
const turning = /[\u202a-\u202e\ufeff]/g;

/** Without overrides, and with every isolate closed in it and none closed that it did not open. */
export function settled(text: string): string {
  let open = 0;
  let result = "";
  for (const character of text.replace(turning, "")) {
    if (isolates.test(character)) open++;
    if (character === popIsolate && open-- === 0) {
      open = 0;
      continue;
    }
    result += character;
  }
  return result + popIsolate.repeat(open);
}

/** A value inside a sentence: its direction is its own. Values without letters from right to left need no marks. */
export function isolated(value: string, around: Direction): string {
  if (around === "ltr" && !/[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(value)) return value;
  return `${firstStrongIsolate}${value}${popIsolate}`;
}

/** Places to break in words that are longer than a line may be, such as digests and addresses. */
export function breakable(text: string, longest: number): string {
  if (longest === Number.POSITIVE_INFINITY) return text;
  const word = new RegExp(`[^\\s\u200b${hanLetter}]{${longest + 1},}`, "gu");
  const step = Math.max(4, Math.floor(longest / 2));
  return text.replace(word, (long) => {
    const letters = [...new Intl.Segmenter("en").segment(long)].map((part) => part.segment);
    return letters.map((letter, index) => (index > 0 && index % step === 0 ? `\u200b${letter}` : letter)).join("");
  });
}

/** Control characters, which no font can show; line ends and tabs are not among them. */
export function controlsIn(text: string): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  return text.match(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g) ?? [];
}

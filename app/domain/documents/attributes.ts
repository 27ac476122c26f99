/*
 * What the attributes of a text may be. The schema calls these when it checks a text, so an update that comes through
 * a bare socket is held to them as well: a table of a million columns would stop every browser that shows it, and an
 * id or class of one's own could pass for a part of the page.
 */
const protocols = ["http", "https", "mailto"] as const;

/** True for an address that may stand in a text: it is checked when rendering too, since a socket bypasses the editor. */
export function isSafeLink(href: unknown): href is string {
  if (typeof href !== "string" || href.length > 2000) return false;
  try {
    return (protocols as readonly string[]).includes(new URL(href).protocol.slice(0, -1));
  } catch {
    return false;
  }
}

export type Direction = "ltr" | "rtl";
export const isDirection = (value: unknown): value is Direction => value === "ltr" || value === "rtl";

const blockId = /^[\w-]{1,64}$/;
const clauseId = /^(C\d{2}|A\d{1,2}\.\d{2}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const widest = 40;
const longestWords = 500;

/** True for what may name a field; whether the template knows it is another question. */
export const isFieldName = (value: unknown) => typeof value === "string" && /^[A-Za-z]\w{0,63}$/.test(value);

const matching = (pattern: RegExp) => (value: unknown) => typeof value === "string" && pattern.test(value);
const orNull = (holds: (value: unknown) => boolean) => (value: unknown) => value === null || holds(value);

/** Makes a check of the kind that ProseMirror asks for: it throws. */
function must(what: string, holds: (value: unknown) => boolean) {
  return (value: unknown) => {
    if (!holds(value)) throw new RangeError(`not ${what}: ${JSON.stringify(value)?.slice(0, 80)}`);
  };
}

const wholeFrom = (least: number, most: number) => (value: unknown) =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= most;

export const checks = {
  blockId: must("the id of a block", orNull(matching(blockId))),
  clauseId: must("the id of a clause", orNull(matching(clauseId))),
  direction: must("a direction", orNull(isDirection)),
  fixed: must("true or false", (value) => typeof value === "boolean"),
  fieldName: must("the name of a field", isFieldName),
  words: must(
    "a few words",
    orNull((value) => typeof value === "string" && value.length <= 500),
  ),
  span: must("a number of cells", wholeFrom(1, widest)),
  start: must("the start of a list", wholeFrom(0, 9999)),
  nothing: must("empty", (value) => value === null),
  link: must("an address that may be opened", isSafeLink),
};

/** How many cells a pasted cell covers, within what a table may be. */
export function spanOf(element: Element, name: "colspan" | "rowspan"): number {
  const asked = Number.parseInt(element.getAttribute(name) ?? "1", 10);
  return Math.min(widest, Math.max(1, asked || 1));
}

/** With which number a pasted list begins. */
export function startOf(element: Element): number {
  const asked = Number.parseInt(element.getAttribute("start") ?? "1", 10);
  return Math.min(9999, Math.max(0, Number.isNaN(asked) ? 1 : asked));
}

/** Words that the truth of a pasted field chooses. */
export function wordsOf(element: Element, name: "data-yes" | "data-no"): string | null {
  return element.getAttribute(name)?.slice(0, longestWords) ?? null;
}

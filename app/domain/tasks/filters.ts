import type { BoardColumn, Card } from "./task.ts";

export const views = ["board", "table", "calendar"] as const;
export const dues = ["week", "late", "none"] as const;
export const sorts = ["number", "title", "status", "who", "priority", "due"] as const;
export type Sort = (typeof sorts)[number];

/** What is shown, as it stands in the address of the page. */
export type Shown = {
  view: (typeof views)[number];
  /** code of a State; "all": tasks for all parties */
  state?: string;
  /** id of a member */
  person?: string;
  due?: (typeof dues)[number];
  sort: Sort;
  down: boolean;
  /** "2026-12" */
  month?: string;
  /** id of the column of which more cards are shown than at first */
  column?: string;
  /** how many of them, or how many lines of the table and entries of the calendar */
  rows?: number;
};

/** How much a page begins with, and how much more each asking brings. */
export const atFirst = { board: 30, table: 100, calendar: 300 } as const;
export const moreRows = 100;
const mostRows = 2_000;

const oneOf = <Name extends string>(names: readonly Name[], text: string | null) => names.find((name) => name === text);

/** Reads an address; what makes no sense in it is left out. */
export function readShown(address: URLSearchParams): Shown {
  const month = address.get("month") ?? "";
  const rows = address.get("rows") ?? "";
  return {
    view: oneOf(views, address.get("view")) ?? "board",
    state: address.get("state") || undefined,
    person: address.get("person") || undefined,
    due: oneOf(dues, address.get("due")),
    sort: oneOf(sorts, address.get("sort")) ?? "number",
    down: address.get("down") === "on",
    month: /^20\d\d-(0[1-9]|1[0-2])$/.test(month) ? month : undefined,
    column: address.get("column") || undefined,
    rows: /^[1-9]\d{0,3}$/.test(rows) ? Math.min(Number(rows), mostRows) : undefined,
  };
}

export type Standing = { now: string; columns: readonly BoardColumn[] };

const isDone = (card: Card, { columns }: Standing) =>
  columns.some(({ id, kind }) => id === card.columnId && kind === "done");

export function isLate(card: Card, standing: Standing): boolean {
  return !isDone(card, standing) && card.lateFrom !== null && card.lateFrom <= standing.now;
}

/** Due within seven days, and not done. */
export function isDueSoon(card: Card, standing: Standing): boolean {
  const soon = new Date(new Date(standing.now).getTime() + 7 * 86_400_000).toISOString();
  return !isLate(card, standing) && !isDone(card, standing) && card.lateFrom !== null && card.lateFrom <= soon;
}

export function isShown(card: Card, { state, person, due }: Shown, standing: Standing): boolean {
  if (state && (card.state ?? "all") !== state) return false;
  if (person && card.memberId !== person && !card.helpers.includes(person)) return false;
  if (due === "none") return card.due === "";
  if (due === "late") return isLate(card, standing);
  return due !== "week" || isDueSoon(card, standing);
}

const ranks = ["critical", "high", "medium", "low"];

/** In the order of the table. Cards without a date stand last, whichever way it is sorted. */
export function sorted(cards: readonly Card[], { sort, down }: Shown, columns: readonly BoardColumn[]): Card[] {
  const key = (card: Card): string | number => {
    if (sort === "title") return card.title.toLowerCase();
    if (sort === "status") return columns.findIndex(({ id }) => id === card.columnId);
    if (sort === "who") return `${card.state ?? ""} ${card.responsible ?? ""}`;
    if (sort === "priority") return ranks.indexOf(card.priority);
    return sort === "due" ? (card.lateFrom ?? "") : card.number;
  };
  return cards.toSorted((a, b) => {
    const [one, other] = [key(a), key(b)];
    if (sort === "due" && (one === "") !== (other === "")) return one === "" ? 1 : -1;
    const order = one < other ? -1 : one > other ? 1 : a.number - b.number;
    return down ? -order : order;
  });
}

import { isShown, type Shown, type Standing } from "./filters.ts";
import { inOrder } from "./order.ts";
import { counted, countsFor, nothing, type Tallies } from "./tally.ts";
import type { BoardColumn, Card } from "./task.ts";

/** What a page shows of a board, and how many cards there are beside it. */
export type Cut = {
  /** number of the last entry of the trail that this knows: live events go on after it */
  seq: number;
  columns: BoardColumn[];
  tallies: Tallies;
  cards: Card[];
  /** of the table or the calendar: there are more than these */
  more: boolean;
};

/** An entry about a card that the reader sees; `from` and `to` are columns, of a move and of a card that was added. */
export type Told = { seq: number; action: string; task: string; from: string | null; to: string | null };

/** What an open board is told: the cards that changed as they stand now, and those the reader no longer sees. */
export type BoardNews = {
  /** number of the last entry told; a connection that was cut goes on after it */
  seq: number;
  /** the entries that led to it; each is told once on a connection */
  entries: Told[];
  cards: Card[];
  gone: string[];
  /** so much changed at once, or something beside the cards, that the page is to be asked for anew */
  again: boolean;
  /** something was said or changed in the plan or on a day of action; pages that show it ask for it anew */
  plan: boolean;
};

/** What is taken in card by card. After anything else a card may be shown or counted otherwise: the page is asked anew. */
const inPlace = new Set(["task.move", "task.tick", "task.comment"]);

/**
 * The page after these news. What it knows already (an entry up to `seq`) changes nothing: news are told again after a
 * break, and a page made anew may know more than the next news. `again` says that the page has to be asked for.
 */
export function afterNews(cut: Cut, news: BoardNews, shown: Shown, now: string): { cut: Cut; again: boolean } {
  const fresh = news.entries.filter(({ seq }) => seq > cut.seq);
  if (news.seq <= cut.seq) return { cut, again: false };
  const standing = { now, columns: cut.columns };
  const onBoard = shown.view === "board";
  const cards = new Map(news.cards.map((card) => [card.id, card]));
  const gone = new Set(news.gone);
  let next: Cut = { ...cut, cards: cut.cards.filter(({ id }) => !gone.has(id)) };
  let again = news.again || gone.size > 0;
  for (const entry of fresh) {
    const card = cards.get(entry.task);
    if (!card) continue;
    const added = entry.action === "task.add" && onBoard && entry.to !== null;
    if (!added && !inPlace.has(entry.action)) again = true;
    // Put in before it is counted: whether all of a column is here shows in the count without it.
    next = withCard(next, card, shown, standing);
    next.tallies = moved(next.tallies, card, entry, shown, standing);
  }
  return { cut: { ...next, seq: news.seq }, again: again || isShort(next, shown) };
}

/** The same page with this card in its place, where that is on the page. */
export function withCard(cut: Cut, card: Card, shown: Shown, standing: Standing): Cut {
  const meant = isShown(card, shown, standing);
  if (shown.view !== "board")
    return { ...cut, cards: cut.cards.flatMap((one) => (one.id !== card.id ? [one] : meant ? [card] : [])) };
  const others = cut.cards.filter(({ id }) => id !== card.id);
  if (!meant) return { ...cut, cards: others };
  const beside = others.filter(({ columnId }) => columnId === card.columnId);
  const last = beside.at(-1);
  const isWhole = cut.cards.filter((one) => one.columnId === card.columnId).length >= shownIn(cut, card.columnId);
  const isWithin = last !== undefined && inOrder([last, card])[0] === card;
  return isWhole || isWithin ? { ...cut, cards: inOrder([...others, card]) } : { ...cut, cards: others };
}

export function shownIn({ tallies }: Cut, column: string): number {
  return (tallies[column] ?? nothing).shown;
}

function moved(tallies: Tallies, card: Card, { from, to, action }: Told, shown: Shown, standing: Standing): Tallies {
  if (to === null || from === to || !["task.move", "task.add"].includes(action)) return tallies;
  const came = counted(tallies, to, countsFor(card, to, shown, standing), 1);
  return from === null ? came : counted(came, from, countsFor(card, from, shown, standing), -1);
}

/** Others have moved away what was shown of a column, and more stands behind it. */
function isShort(cut: Cut, shown: Shown): boolean {
  if (shown.view !== "board") return false;
  return cut.columns.some(({ id }) => shownIn(cut, id) > 0 && !cut.cards.some(({ columnId }) => columnId === id));
}

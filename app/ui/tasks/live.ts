import { useRevalidator } from "@remix-run/react";
import { useEffect, useState } from "react";
import type { BoardColumn, Card } from "#app/domain/tasks/task.ts";

type Made = { seq: number; columns: BoardColumn[]; cards: Card[] };
type News = { seq: number; cards: Card[]; gone: string[]; columns: BoardColumn[] | null };

/**
 * The board as it stands now: what the server made the page with, and on top of it what others did since.
 */
export function useLiveBoard(made: Made, base: string): Made & { lost: boolean } {
  const [told, setTold] = useState<{ of: Made; now: Made }>({ of: made, now: made });
  const lost = useNews(made, base, (news) =>
    setTold(({ of, now }) => ({ of: made, now: withNews(of === made ? now : made, news) })),
  );
  // What the server made anew stands; news older than it are told again by the stream, and change nothing.
  return { ...(told.of === made ? told.now : made), lost };
}

/** For the page of one card: asks for the page again when the card was changed. True while the connection is cut. */
export function useLiveCard(made: { seq: number; card: { id: string } }, base: string): boolean {
  const { revalidate } = useRevalidator();
  return useNews(made, base, ({ cards, gone }) => {
    if (gone.includes(made.card.id) || cards.some(({ id }) => id === made.card.id)) revalidate();
  });
}

/** The browser itself connects again after a break and says how far it had heard (Last-Event-ID). */
function useNews(made: { seq: number }, base: string, hear: (news: News) => void): boolean {
  const [lost, setLost] = useState(false);
  const { revalidate } = useRevalidator();
  // biome-ignore lint/correctness/useExhaustiveDependencies: listens anew when the page is made anew, not at each drawing
  useEffect(() => {
    const source = new EventSource(`${base}/live?after=${made.seq}`);
    source.addEventListener("board", (event) => hear(JSON.parse((event as MessageEvent<string>).data) as News));
    // Access has ended: the page asks again, and is answered as everybody without access is.
    source.addEventListener("ended", () => {
      source.close();
      revalidate();
    });
    source.onopen = () => setLost(false);
    source.onerror = () => setLost(true);
    return () => source.close();
  }, [base, made]);
  return lost;
}

/** The same board with these cards put in or in the place of themselves, and those that are gone taken out. */
function withNews(board: Made, { seq, cards, gone, columns }: News): Made {
  const changed = new Set([...gone, ...cards.map(({ id }) => id)]);
  const kept = board.cards.filter(({ id }) => !changed.has(id));
  const order = (a: Card, b: Card) =>
    a.orderKey < b.orderKey ? -1 : a.orderKey > b.orderKey ? 1 : a.id < b.id ? -1 : 1;
  return { seq, columns: columns ?? board.columns, cards: [...kept, ...cards].sort(order) };
}

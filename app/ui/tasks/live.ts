import { useRevalidator } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import type { Shown } from "#app/domain/tasks/filters.ts";
import { afterNews, type BoardNews, type Cut, withCard } from "#app/domain/tasks/news.ts";
import type { Card } from "#app/domain/tasks/task.ts";

/** News kept for a page that is being made anew: it may have been begun before they were told. */
const kept = 200;

/** `put` takes in the answer to an own move, made after that entry of the trail. */
type Live = { cut: Cut; lost: boolean; put(card: Card, after: number): void };

/**
 * The board as it stands now: what the server made the page with, and on top of it what others did since, card by card.
 * Where that cannot be said of single cards, the page is asked for again.
 */
export function useLiveBoard(made: Cut, { shown, now, base }: { shown: Shown; now: string; base: string }): Live {
  const again = useAskAgain();
  const recent = useRef<BoardNews[]>([]);
  const heard = useRef(new Map<string, number>());
  const [told, setTold] = useState({ of: made, cut: made });
  const current = told.of === made ? told.cut : sinceMade(made, recent.current, shown, now);
  const latest = useRef(current);
  latest.current = current;
  const show = (cut: Cut) => {
    latest.current = cut;
    setTold({ of: made, cut });
  };
  const lost = useNews(made.seq, base, (news) => {
    recent.current = [...recent.current, news].slice(-kept);
    for (const { task, seq } of news.entries) heard.current.set(task, seq);
    const after = afterNews(latest.current, news, shown, now);
    show(after.cut);
    if (after.again) again();
  });
  const put = (card: Card, after: number) => {
    // The answer may come when the news have told of the move already, or of somebody else's after it, which holds.
    if ((heard.current.get(card.id) ?? 0) > after) return;
    show(withCard(latest.current, card, shown, { now, columns: latest.current.columns }));
  };
  return { cut: current, lost, put };
}

function sinceMade(made: Cut, recent: readonly BoardNews[], shown: Shown, now: string): Cut {
  return recent.reduce((cut, news) => afterNews(cut, news, shown, now).cut, made);
}

/** For the page of one card: asks for the page again when the card was changed. True while the connection is cut. */
export function useLiveCard(made: { seq: number; card: { id: string } }, base: string): boolean {
  const again = useAskAgain();
  return useNews(made.seq, base, ({ cards, gone }) => {
    if (gone.includes(made.card.id) || cards.some(({ id }) => id === made.card.id)) again();
  });
}

/** Asks for the page anew; what comes while it is being asked for leads to one more asking, not to many. */
function useAskAgain(): () => void {
  const { revalidate, state } = useRevalidator();
  const wanted = useRef(false);
  const busy = useRef(false);
  busy.current = state !== "idle";
  useEffect(() => {
    if (state !== "idle" || !wanted.current) return;
    wanted.current = false;
    revalidate();
  }, [state, revalidate]);
  return () => {
    if (busy.current) wanted.current = true;
    else {
      busy.current = true;
      revalidate();
    }
  };
}

/** The browser itself connects again after a break and says how far it had heard (Last-Event-ID). */
function useNews(seq: number, base: string, hear: (news: BoardNews) => void): boolean {
  const [lost, setLost] = useState(false);
  const { revalidate } = useRevalidator();
  const hears = useRef(hear);
  hears.current = hear;
  // biome-ignore lint/correctness/useExhaustiveDependencies: one stream for as long as the page is open, from the number it was first made with
  useEffect(() => {
    const source = new EventSource(`${base}/live?after=${seq}`);
    source.addEventListener("board", (event) =>
      hears.current(JSON.parse((event as MessageEvent<string>).data) as BoardNews),
    );
    // Access has ended: the page asks again, and is answered as everybody without access is.
    source.addEventListener("ended", () => {
      source.close();
      revalidate();
    });
    source.onopen = () => setLost(false);
    source.onerror = () => setLost(true);
    return () => source.close();
  }, [base]);
  return lost;
}

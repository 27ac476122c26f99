import { useEffect, useRef, useState } from "react";
import type { Moved } from "#app/domain/tasks/moving.server.ts";
import { type Card, taskReference } from "#app/domain/tasks/task.ts";

/** A move that is on its way. `place` as the form of a move has it: an end, one up or down, beside another card. */
export type Wanted = { task: string; column: string; place: string; dropped?: boolean };
type Answer = Moved | { problem: string };
/** What the last move came to, for saying it. */
export type Outcome = { task: string; problem: string | null; dropped: boolean };

/**
 * Moves cards one after the other, in the order in which the person moved them. A card stands where it was dropped at
 * once; when the answer is no, it stands where it was. `put` takes the card as the server left it.
 */
export function useMoves(base: string, put: (card: Card, after: number) => void) {
  const [wanted, setWanted] = useState<readonly Wanted[]>([]);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const line = useRef<Promise<void>>(Promise.resolve());
  const puts = useRef(put);
  puts.current = put;
  const move = (one: Wanted, dropped = false) => {
    const sent = { ...one, dropped };
    setWanted((all) => [...all, sent]);
    line.current = line.current.then(async () => {
      const answer = await send(base, one);
      if ("card" in answer) puts.current(answer.card, answer.after);
      setWanted((all) => all.filter((other) => other !== sent));
      setOutcome({ task: one.task, problem: "problem" in answer ? answer.problem : null, dropped });
    });
  };
  return { wanted, outcome, move };
}

/** The focus goes with a card that was moved by keys or by its list of places; the drag itself sees to a dropped one. */
export function useFollow(cards: readonly Card[], wanted: readonly Wanted[]): void {
  const last = wanted.at(-1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each move, when the card stands in its new place
  useEffect(() => {
    const card = cards.find(({ id }) => id === last?.task);
    if (!card || last?.dropped) return;
    const frame = requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(`[data-task="${taskReference(card.number)}"]`)?.focus(),
    );
    return () => cancelAnimationFrame(frame);
  }, [last]);
}

async function send(base: string, { task, column, place }: Wanted): Promise<Answer> {
  const body = new URLSearchParams({ task, column, place });
  try {
    const answer = await fetch(`${base}/move`, { method: "POST", body, redirect: "manual" });
    if (answer.ok || answer.status === 409 || answer.status === 422) return (await answer.json()) as Answer;
    // The session has ended: the page leads to where one signs in.
    if (answer.type === "opaqueredirect") window.location.reload();
    if (answer.status === 403) return { problem: "task-not-yours-to-move" };
    return { problem: answer.status === 404 ? "task-not-there" : "task-move-not-sent" };
  } catch {
    return { problem: "task-move-not-sent" };
  }
}

/** The cards in the order of the board, with those that are on their way where they were dropped. */
export function asWanted(cards: readonly Card[], wanted: readonly Wanted[]): Card[] {
  let all = [...cards];
  for (const { task, column, place } of wanted) {
    const card = all.find(({ id }) => id === task);
    if (!card) continue;
    const others = all.filter(({ id }) => id !== task);
    const at = indexOf(others, column, place, all.indexOf(card));
    all = others.toSpliced(at, 0, { ...card, columnId: column });
  }
  return all;
}

function indexOf(others: readonly Card[], column: string, place: string, was: number): number {
  const beside = others.flatMap(({ columnId }, index) => (columnId === column ? [index] : []));
  const end = (beside.at(-1) ?? -1) + 1;
  if (place === "first") return beside[0] ?? 0;
  if (place === "last") return end;
  if (place === "up") return beside.findLast((index) => index < was) ?? was;
  if (place === "down") return (beside.find((index) => index >= was) ?? was - 1) + 1;
  const [before, id] = place.startsWith("before:") ? [true, place.slice("before:".length)] : [false, place];
  const anchor = others.findIndex((card) => card.id === id);
  return anchor < 0 ? end : before ? anchor : anchor + 1;
}

import { setTimeout as pause } from "node:timers/promises";
import type { BoardNews } from "#app/domain/tasks/news.ts";
import { openStream, type Stream } from "#tests/support/stream.ts";
import type { BoardOf } from "./place.ts";

export type Figures = {
  people: number;
  rate: number;
  moves: number;
  /** ms from sending the move to another's screen having it; how many were told of it */
  heard: number[];
  /** ms from sending the move to its answer, the way there and back with it */
  answered: number[];
  refused: number;
  lost: number;
  doubled: number;
};
type Sent = { at: number; board: number; by: number; ok: boolean };

/**
 * So many moves a second, taken in turns by the boards and on each by its people, while everybody listens as many times
 * as `screens` says. Each move has a card of its own, so that whoever hears of the card heard of the move.
 */
export async function moveAround(
  origin: string,
  boards: readonly BoardOf[],
  { rate, seconds, screens, round }: { rate: number; seconds: number; screens: number; round: number },
): Promise<Figures> {
  const sent = new Map<string, Sent>();
  const told = new Map<string, number>();
  const heard: number[] = [];
  const answered: number[] = [];
  let doubled = 0;
  const opened: Stream[] = [];
  for (const [board, { reference, cookies, seq: last }] of boards.entries()) {
    const after = await last();
    const ready = cookies.flatMap((cookie, person) =>
      Array.from({ length: screens }, (_, screen) => {
        const known = new Set<number>();
        const hear = ({ data, event }: { event: string; data: string }) => {
          const at = performance.now();
          if (event !== "board") return;
          for (const { seq, action, task } of (JSON.parse(data) as BoardNews).entries) {
            const move = action === "task.move" ? sent.get(task) : undefined;
            if (!move || move.board !== board) continue;
            if (known.has(seq)) doubled++;
            known.add(seq);
            told.set(task, (told.get(task) ?? 0) + 1);
            if (move.by !== person || screen > 0) heard.push(at - move.at);
          }
        };
        return openStream(`${origin}/jits/${reference}/tasks/live?after=${after}`, { cookie, hear });
      }),
    );
    opened.push(...(await Promise.all(ready)));
  }
  // The product listens to the database from the first screen on: let it begin.
  await pause(2_000);
  const total = rate * seconds;
  const began = performance.now();
  const answers: Promise<void>[] = [];
  for (let number = 0; number < total; number++) {
    const due = began + (number * 1_000) / rate;
    if (due > performance.now()) await pause(due - performance.now());
    const board = number % boards.length;
    const { reference, cookies, columns, tasks } = boards[board]!;
    const turn = Math.floor(number / boards.length);
    const task = tasks[turn]!;
    const by = turn % cookies.length;
    const move: Sent = { at: performance.now(), board, by, ok: false };
    sent.set(task, move);
    const body = new URLSearchParams({ task, column: columns[2 + (round % 2)]!, place: turn % 2 ? "first" : "last" });
    answers.push(
      fetch(`${origin}/jits/${reference}/tasks/move`, {
        method: "POST",
        headers: { Cookie: cookies[by]!, Origin: origin },
        body,
      }).then(async (answer) => {
        await answer.text();
        move.ok = answer.ok;
        answered.push(performance.now() - move.at);
      }),
    );
  }
  await Promise.all(answers);
  const done = [...sent].filter(([, { ok }]) => ok);
  const everybody = (board: number) => boards[board]!.cookies.length * screens;
  const missing = () => done.reduce((sum, [task, { board }]) => sum + everybody(board) - (told.get(task) ?? 0), 0);
  for (let time = 0; time < 100 && missing() > 0; time++) await pause(100);
  for (const stream of opened) stream.cut();
  return {
    people: opened.length,
    rate,
    moves: done.length,
    heard,
    answered,
    refused: total - done.length,
    lost: Math.max(0, missing()),
    doubled,
  };
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

import { parseDate } from "@internationalized/date";

export type Times = { start: string; due: string };

/** A typed time so many days later; the time of the day stays as the clock of the zone shows it. */
function later(typed: string, days: number): string {
  const [day = "", time] = typed.split("T");
  if (!day) return "";
  return [parseDate(day).add({ days }).toString(), time].filter(Boolean).join("T");
}

/** The whole action so many days later, or earlier. */
export function movedBy({ start, due }: Times, days: number): Times {
  return { start: later(start, days), due: later(due, days) };
}

/** Its last day so many days later, never before its first. */
export function stretchedBy({ start, due }: Times, days: number): Times {
  const end = later(due || start, days);
  return { start, due: start && end.slice(0, 10) < start.slice(0, 10) ? due : end };
}

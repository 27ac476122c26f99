import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";

/** Who is at work: one who opens a page, looks at it, and opens the next. */
export type Visitor<Page extends string> = { open(page: Page): Promise<number> };

type Times = { warmUp: number; run: number };

const shortestLook = 2_000;
const longestLook = 8_000;

/**
 * Lets everybody work side by side and gives the server times of each page, in ms. Each begins somewhere in the first
 * look and with another page than the neighbour. The looks are the same in each run: they come from the numbers of
 * visitor and visit. What is opened before the warm-up ends does not count.
 */
export async function work<Page extends string>(
  visitors: readonly Visitor<Page>[],
  pages: readonly Page[],
  { warmUp, run }: Times,
): Promise<Record<Page, number[]>> {
  const times = Object.fromEntries(pages.map((page) => [page, [] as number[]])) as Record<Page, number[]>;
  const started = Date.now();
  const end = started + warmUp + run;
  await Promise.all(
    visitors.map(async (visitor, number) => {
      await pause(share(number, 0) * longestLook);
      for (let visit = 1; Date.now() < end; visit++) {
        const page = pages[(number + visit) % pages.length] as Page;
        const counts = Date.now() >= started + warmUp;
        const time = await visitor.open(page);
        if (counts) times[page].push(time);
        await pause(shortestLook + share(number, visit) * (longestLook - shortestLook));
      }
    }),
  );
  return times;
}

/** From 0 to 1, the same for the same two numbers. */
function share(visitor: number, visit: number): number {
  return createHash("sha256").update(`${visitor} ${visit}`).digest().readUInt32BE(0) / 2 ** 32;
}

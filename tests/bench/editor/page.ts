import type { CDPSession, Page } from "playwright-core";

export type Felt = { opening: number; keys: number[]; heapMb: number };

/** Puts a watch into the page: from the key going down to the frame after the one in which the letter stands. */
export function watchKeys(page: Page): Promise<void> {
  return page.evaluate(() => {
    const times: number[] = [];
    Object.assign(window, { keyTimes: times });
    document.addEventListener(
      "keydown",
      () => {
        const began = performance.now();
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          // What is posted in a frame is heard after it was painted.
          port1.onmessage = () => times.push(performance.now() - began);
          port2.postMessage(null);
        });
      },
      { capture: true },
    );
  });
}

/** Types letters one at a time, as a quick typist does, and says how long each took to be seen. */
export async function typeAndWatch(page: Page, letters: number): Promise<number[]> {
  await page.evaluate(() => ((window as unknown as { keyTimes: number[] }).keyTimes.length = 0));
  for (let n = 0; n < letters; n++) {
    await page.keyboard.press("abcdefghij"[n % 10] as string);
    await page.waitForTimeout(60);
  }
  return page.evaluate(() => [...(window as unknown as { keyTimes: number[] }).keyTimes]);
}

/** What the page holds after everything that can be thrown away is. */
export async function heapOf(session: CDPSession): Promise<number> {
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  return usedSize / 1024 / 1024;
}

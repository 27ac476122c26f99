import type * as Y from "yjs";

/** Looking at the whole text waits until nothing was written for so long, and not longer than that while people go on. */
const quietMs = 400;
const longestMs = 2000;

/** Looks at the text now, and after every change once people rest; returns how to stop. */
export function whenQuiet(doc: Y.Doc, look: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let firstChange: number | null = null;
  const run = () => {
    firstChange = null;
    look();
  };
  const changed = () => {
    const now = performance.now();
    firstChange ??= now;
    clearTimeout(timer);
    timer = setTimeout(run, Math.min(quietMs, Math.max(0, firstChange + longestMs - now)));
  };
  timer = setTimeout(run);
  doc.on("update", changed);
  return () => {
    clearTimeout(timer);
    doc.off("update", changed);
  };
}

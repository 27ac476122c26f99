import { useEffect, useState } from "react";

/** How long to wait before asking again for what did not come. */
const againMs = 5000;

/**
 * A part of the page that nobody needs to read or write the text: it comes once the text is on the screen, so that the
 * text is there sooner. Null until it is here, "failed" while it did not come: it is asked for again by itself.
 */
export function useLater<Part>(load: () => Promise<Part>, wanted: boolean): Part | "failed" | null {
  const [part, setPart] = useState<Part | "failed" | null>(null);
  useEffect(() => {
    if (!wanted) return;
    let gone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = () =>
      load().then(
        (come) => gone || setPart(() => come),
        () => {
          if (gone) return;
          setPart("failed");
          timer = setTimeout(ask, againMs);
        },
      );
    timer = setTimeout(ask);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [load, wanted]);
  return part;
}

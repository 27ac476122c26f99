import { useCallback, useEffect, useState } from "react";
import type { ActionDay } from "#app/domain/plan/action-day.ts";

const againMs = 3000;

/**
 * The day as it stands now: what the server made the page with, and what is heard since, from the same stream as the
 * board. `hear` takes an answer that came another way. `lost` while the connection is cut: the browser makes it anew.
 */
export function useLiveDay(made: ActionDay, { live, now }: { live: string; now: string }, back: () => void) {
  const [heard, setHeard] = useState<ActionDay>(made);
  const [lost, setLost] = useState(false);
  // An answer that was overtaken on its way changes nothing.
  const hear = useCallback((day: ActionDay) => setHeard((known) => (day.seq >= known.seq ? day : known)), []);
  useEffect(() => setHeard((known) => (made.seq >= known.seq || made.day !== known.day ? made : known)), [made]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: listens anew for another day only, not at each drawing
  useEffect(() => {
    const source = new EventSource(`${live}?after=${made.seq}`);
    let later: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      clearTimeout(later);
      try {
        const response = await fetch(now, { headers: { Accept: "application/json" } });
        if (response.ok && !response.redirected) hear((await response.json()) as ActionDay);
        setLost(source.readyState !== EventSource.OPEN);
      } catch {
        setLost(true);
        later = setTimeout(ask, againMs);
      }
    };
    // A stream over a line that is cut may look open for a long time: the device knows earlier.
    const cut = () => setLost(true);
    const again = () => void ask();
    source.addEventListener("board", (event) => {
      if ((JSON.parse((event as MessageEvent<string>).data) as { plan: boolean }).plan) void ask();
    });
    source.onopen = () => {
      setLost(false);
      back();
      void ask();
    };
    source.onerror = cut;
    addEventListener("offline", cut);
    addEventListener("online", again);
    return () => {
      clearTimeout(later);
      source.close();
      removeEventListener("offline", cut);
      removeEventListener("online", again);
    };
  }, [live, now, made.day]);
  return { day: heard.day === made.day ? heard : made, lost, hear };
}

import { useEffect, useState } from "react";
import type { FoundClause } from "#app/ui/library/LibraryEntry.tsx";
import type { Topics } from "#app/ui/library/topics.ts";

export type LibraryAnswer = { clauses: FoundClause[]; more: boolean; topics: Topics };
type Asked = { answer: LibraryAnswer | null; problem: "failed" | "session" | null; searching: boolean };

/** Somebody who types is asked for once they rest that long. */
const restMs = 250;

/** What the library holds for the question; the answer before stays until the next is there. */
export function useLibrary({ q, topic, language }: { q: string; topic: string; language: string }): Asked {
  const [asked, setAsked] = useState<Asked>({ answer: null, problem: null, searching: true });
  useEffect(() => {
    const stop = new AbortController();
    setAsked((before) => ({ ...before, searching: true }));
    const timer = setTimeout(async () => {
      const next = await ask(new URLSearchParams({ q, topic, language }), stop.signal);
      if (!stop.signal.aborted)
        setAsked((before) => ({ answer: next.answer ?? before.answer, problem: next.problem, searching: false }));
    }, restMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [q, topic, language]);
  return asked;
}

/** Not through the router: an answer that does not come would take the page with the text away. */
async function ask(question: URLSearchParams, signal: AbortSignal): Promise<Omit<Asked, "searching">> {
  try {
    const response = await fetch(`/library/find?${question}`, { redirect: "manual", signal });
    if (response.ok) return { answer: (await response.json()) as LibraryAnswer, problem: null };
    const isRefusal = response.type === "opaqueredirect" || response.status === 401 || response.status === 403;
    return { answer: null, problem: isRefusal ? "session" : "failed" };
  } catch {
    return { answer: null, problem: "failed" };
  }
}

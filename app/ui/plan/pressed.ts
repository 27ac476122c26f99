import { useCallback, useEffect, useRef, useState } from "react";
import type { ActionDay, DayWord } from "#app/domain/plan/action-day.ts";

/** What was pressed on this device, and what became of it. `key` makes that it is recorded once, however often sent. */
export type Pressed = {
  key: string;
  word: DayWord;
  reason: string;
  /** ISO 8601, by the clock of the device */
  at: string;
  state: "waiting" | "sent" | "refused";
  /** reasons by field, of what was refused */
  problems?: Record<string, string>;
};

const againMs = 2000;

/**
 * Keeps what is pressed in the tab, through reloads and cuts of the line, and sends it in its order; each until it is
 * recorded or refused. `heard` is told how the day stands with every answer.
 */
export function usePressed(address: string, kept: string, heard: (day: ActionDay) => void) {
  const [list, setList] = useState<Pressed[]>([]);
  const [signedOut, setSignedOut] = useState(false);
  const now = useRef(list);
  const sending = useRef(false);
  const change = useCallback(
    (next: Pressed[]) => {
      now.current = next;
      setList(next);
      keep(kept, next);
    },
    [kept],
  );

  const send = useCallback(async () => {
    if (sending.current) return;
    sending.current = true;
    try {
      for (let one = waitingIn(now.current); one; one = waitingIn(now.current)) {
        const answer = await sent(address, one);
        if (answer === "later" || answer === "signedOut") {
          setSignedOut(answer === "signedOut");
          break;
        }
        setSignedOut(false);
        const { key } = one;
        const became = "problems" in answer ? ({ state: "refused", ...answer } as const) : ({ state: "sent" } as const);
        change(now.current.map((other) => (other.key === key ? { ...other, ...became } : other)));
        if ("day" in answer) heard(answer.day);
      }
    } finally {
      sending.current = false;
    }
  }, [address, change, heard]);

  useEffect(() => {
    const found = keptIn(kept).filter(({ state }) => state !== "sent");
    if (found.length > 0) change(found);
    void send();
    const again = () => void send();
    addEventListener("online", again);
    const timer = setInterval(again, againMs);
    return () => {
      removeEventListener("online", again);
      clearInterval(timer);
    };
  }, [kept, change, send]);

  const press = (word: DayWord, reason: string) => {
    const one: Pressed = { key: crypto.randomUUID(), word, reason, at: new Date().toISOString(), state: "waiting" };
    change([...now.current, one]);
    void send();
  };
  const drop = (key: string) => change(now.current.filter((one) => one.key !== key));
  return { pressed: list, press, drop, send, signedOut };
}

function waitingIn(list: readonly Pressed[]): Pressed | undefined {
  return list.find(({ state }) => state === "waiting");
}

type Answer = { day: ActionDay } | { problems: Record<string, string> } | "later" | "signedOut";

/** Later: nobody can tell whether it arrived, so it is sent again with the same key. */
async function sent(address: string, { key, word, reason, at }: Pressed): Promise<Answer> {
  const body = new FormData();
  for (const [name, value] of Object.entries({ key, word, reason, pressedAt: at })) body.set(name, value);
  try {
    const response = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
    if (response.redirected || response.status === 401) return "signedOut";
    if (response.status >= 500 || response.status === 429) return "later";
    if (response.ok) return { day: (await response.json()) as ActionDay };
    if (response.status === 409 || response.status === 422)
      return (await response.json()) as { problems: Record<string, string> };
    return { problems: { "": "unknown" } };
  } catch {
    return "later";
  }
}

/** In the tab alone, and gone with it: a reason for a no-go must not stay on the device. */
function keep(name: string, list: readonly Pressed[]): void {
  try {
    sessionStorage.setItem(name, JSON.stringify(list.filter(({ state }) => state !== "sent")));
  } catch {
    // A browser that keeps nothing: it is still sent while the page is open.
  }
}

function keptIn(name: string): Pressed[] {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? "[]") as Pressed[];
  } catch {
    return [];
  }
}

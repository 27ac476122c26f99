import { type MouseEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "#app/i18n/translation.ts";
import { buttonClass, type Tone } from "./Button.tsx";
import { Progress } from "./Progress.tsx";

type Props = { to: string; children: ReactNode; tone?: Tone; small?: boolean };

/** Below this nobody wonders; above it the reader is told that it takes time, and may give it up. */
const longMs = 1_500;

/**
 * A link to a file that is made when it is asked for. Takes it long, it says so and how long already, and can be given
 * up, which ends the work on the server too. Without scripts, or when the answer is no file, it is an ordinary link.
 */
export function FileLink({ to, children, tone, small }: Props) {
  const { t } = useTranslation();
  const [since, setSince] = useState<number | null>(null);
  const making = useRef<AbortController>();
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => () => making.current?.abort(), []);
  const seconds = useSeconds(since);

  const fetchFile = async (event: MouseEvent) => {
    // A new tab, a saved link: what the browser does with links stays as it is.
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (making.current) return;
    const control = new AbortController();
    making.current = control;
    setSince(Date.now());
    try {
      const answer = await fetch(to, { signal: control.signal });
      const name = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") ?? "")?.[1];
      if (answer.ok && name) save(await answer.blob(), name);
      else location.assign(to);
    } catch {
      // The page of the address says what stands against it; given up, there is nothing to say.
      if (!control.signal.aborted) location.assign(to);
    } finally {
      making.current = undefined;
      setSince(null);
    }
  };
  const giveUp = () => {
    making.current?.abort();
    link.current?.focus();
  };

  return (
    <>
      <a ref={link} href={to} className={buttonClass({ tone, small })} onClick={fetchFile}>
        {children}
      </a>
      <span className="vh" role="status">
        {seconds !== null && t("shell.making")}
      </span>
      {seconds !== null && (
        <div className="making">
          <Progress label={t("shell.making")} detail={t("shell.seconds", { seconds })} onCancel={giveUp} />
        </div>
      )}
    </>
  );
}

/** Whole seconds since then, once it has been long; null before. */
function useSeconds(since: number | null): number | null {
  const [seconds, setSeconds] = useState<number | null>(null);
  useEffect(() => {
    setSeconds(null);
    if (since === null) return;
    const tell = () => setSeconds(Math.floor((Date.now() - since) / 1_000));
    const first = setTimeout(tell, longMs);
    const each = setInterval(() => Date.now() - since >= longMs && tell(), 1_000);
    return () => {
      clearTimeout(first);
      clearInterval(each);
    };
  }, [since]);
  return seconds;
}

function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  // The browser has taken it over by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

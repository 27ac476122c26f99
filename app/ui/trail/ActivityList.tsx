import "#app/i18n/english/audit.ts";
import { Fragment } from "react";
import type { ActivityEntry } from "#app/domain/audit/activity.ts";
import { nameIn } from "#app/domain/jits/jit.ts";
import { stateName } from "#app/domain/names/names.ts";
import { formatInstant, time } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Digest } from "../Digest.tsx";
import { PersonName } from "../PersonName.tsx";
import { Plate } from "../Plate.tsx";
import { SealLine } from "../SealLine.tsx";
import { TrailDay } from "../TrailDay.tsx";
import { TrailEntry } from "../TrailEntry.tsx";
import { TrailHead } from "../TrailHead.tsx";
import { aboutInWords, namelessInWords, whatInWords } from "./words.ts";

type Props = {
  entries: readonly ActivityEntry[];
  zone: string;
  /** State of the reader's own party */
  ownState: string | null;
  sealed: { size: number; at: string } | null;
};

/** Entries by day of the reader's zone, newest first, with the line up to which the trail is sealed. */
export function ActivityList({ entries, zone, ownState, sealed }: Props) {
  const { t, i18n } = useTranslation();
  const sealedFrom = entries.find(({ seq }) => sealed && seq <= sealed.size)?.seq;
  return (
    <section aria-label={t("audit.list")}>
      <TrailHead />
      {byDay(entries, zone, i18n.language).map(([day, ofDay]) => (
        <TrailDay key={ofDay[0]?.seq} title={day}>
          {ofDay.map((entry) => (
            <Fragment key={entry.seq}>
              {sealed && entry.seq === sealedFrom && <Sealed {...sealed} />}
              <Line entry={entry} zone={zone} ownState={ownState} />
            </Fragment>
          ))}
        </TrailDay>
      ))}
    </section>
  );
}

function byDay(entries: readonly ActivityEntry[], zone: string, language: string): [string, ActivityEntry[]][] {
  const days: [string, ActivityEntry[]][] = [];
  for (const entry of entries) {
    const day = formatInstant(entry.at, { language, zone, form: "day" });
    const last = days.at(-1);
    if (last?.[0] === day) last[1].push(entry);
    else days.push([day, [entry]]);
  }
  return days;
}

function Line({ entry, zone, ownState }: { entry: ActivityEntry; zone: string; ownState: string | null }) {
  const { t, i18n } = useTranslation();
  const at = new Date(entry.at);
  const parts = aboutInWords(t, i18n.language, entry);
  const { digest } = entry.about;
  return (
    <TrailEntry
      id={`entry-${entry.seq}`}
      number={entry.seq.toLocaleString("en")}
      time={time(at, zone, true)}
      utc={time(at, "UTC", true)}
      who={<Doer entry={entry} ownState={ownState} />}
      sub={
        (parts.length > 0 || digest) && (
          <>
            {parts.map((part, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity and never move
              <Fragment key={index}>
                {index > 0 && "; "}
                <bdi>{part}</bdi>
              </Fragment>
            ))}
            {digest && (
              <>
                {parts.length > 0 && "; "}
                {t("audit.about.digest")} <Digest value={digest} short />
              </>
            )}
          </>
        )
      }
    >
      {whatInWords(t, entry)}
    </TrailEntry>
  );
}

function Doer({ entry: { who }, ownState }: { entry: ActivityEntry; ownState: string | null }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  return (
    <>
      {who.state && <Plate code={who.state} name={stateName(who.state, language)} own={who.state === ownState} />}
      <span>
        {who.person ? (
          <PersonName name={who.person.name} latinName={who.person.latinName} />
        ) : (
          <span>{namelessInWords(t, who)}</span>
        )}
        {who.authority && (
          <span className="sub" dir="auto">
            {nameIn(language, who.authority)}
          </span>
        )}
      </span>
    </>
  );
}

function Sealed({ size, at }: { size: number; at: string }) {
  const { t } = useTranslation();
  return (
    <SealLine sub={t("audit.sealedBy")}>
      {t("audit.sealedToAt", { entry: size.toLocaleString("en"), time: time(new Date(at), "UTC", true) })}
    </SealLine>
  );
}

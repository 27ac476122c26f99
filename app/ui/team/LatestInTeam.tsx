import { Link } from "@remix-run/react";
import type { ActivityEntry } from "#app/domain/audit/activity.ts";
import { formatInstant, type InstantForm } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { NoteEntry } from "../NoteEntry.tsx";
import { NoteList } from "../NoteList.tsx";
import { Plate } from "../Plate.tsx";
import { Section } from "../Section.tsx";

type Props = { entries: readonly ActivityEntry[]; ownState: string | null; base: string; zone: string; at: Date };

/** What happened last, in a line each; the whole record is one link away. */
export function LatestInTeam({ entries, ownState, base, zone, at }: Props) {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  const when = (instant: Date) => formatInstant(instant, { language, zone, form: formFor(instant, at, zone) });
  return (
    <Section title={t("jits.overview.latest")}>
      {entries.length === 0 && <p>{t("jits.overview.noLatest")}</p>}
      <NoteList>
        {entries.map(({ seq, at: instant, action, who, about: { task } }) => (
          <NoteEntry key={seq} quiet rail={<time dateTime={instant}>{when(new Date(instant))}</time>}>
            {who.state && <Plate code={who.state} own={who.state === ownState} />}{" "}
            {who.person && <bdi>{who.person.latinName}</bdi>}
            {who.person && ": "}
            {t(`actions.${action}`)}
            {task && (
              <>
                {", "}
                <Link to={`${base}/tasks/${task.reference}`}>
                  <span className="num">{task.reference}</span> <bdi>{task.title}</bdi>
                </Link>
              </>
            )}
          </NoteEntry>
        ))}
      </NoteList>
      <p className="more">
        <Link to={`${base}/activity`}>{t("jits.overview.allActivity")}</Link>
      </p>
    </Section>
  );
}

/** Today the time, this year the day, before that the year with it. */
function formFor(instant: Date, now: Date, zone: string): InstantForm {
  const [day, today] = [instant, now].map((one) => formatInstant(one, { language: "en", zone, form: "short" }));
  if (day === today) return "time";
  return day?.slice(-4) === today?.slice(-4) ? "list" : "short";
}

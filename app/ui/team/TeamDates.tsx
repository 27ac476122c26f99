import { useTranslation } from "#app/i18n/translation.ts";
import { Instant } from "../Instant.tsx";
import { LinkButton } from "../LinkButton.tsx";
import { NoteEntry } from "../NoteEntry.tsx";
import { NoteList } from "../NoteList.tsx";
import { Section } from "../Section.tsx";
import { Status } from "../Status.tsx";
import type { TeamView } from "./team-view.ts";

/** What ends next: links that are out, and the team itself. */
export function TeamDates({ view: { jit, overview, zone, at, may } }: { view: TeamView }) {
  const { t } = useTranslation();
  const { agreement, invitations } = overview;
  const open = invitations.filter((one) => one.expiresAt > at);
  const over = ["expired", "closing", "archived", "withdrawn"].includes(agreement?.state ?? "");
  const end = agreement?.state === "in_force" ? agreement.expiresAt : null;
  return (
    <Section title={t("jits.overview.dates")}>
      {open.length === 0 && !end && <p>{t(over ? "jits.overview.nothingDue" : "jits.overview.noDates")}</p>}
      <NoteList>
        {open.map((one) => (
          <NoteEntry
            key={one.id}
            rail={<Instant at={one.expiresAt} zone={zone} form="list" />}
            railNote={<Instant at={one.expiresAt} zone={zone} form="time" />}
          >
            {t("jits.overview.dateInvitation", { email: one.email })}
          </NoteEntry>
        ))}
        {end && (
          <NoteEntry
            rail={<Instant at={new Date(end.getTime() - 1000)} zone={agreement?.timeZone ?? zone} form="list" />}
          >
            <Status tone="stop">{t("jits.overview.dateEnds")}</Status>
          </NoteEntry>
        )}
      </NoteList>
      {end && may["jit.proposeClosure"] && (
        <p className="more">
          <LinkButton to={`/jits/${jit.reference}/closing`} small>
            {t("jits.overview.close")}
          </LinkButton>
        </p>
      )}
    </Section>
  );
}

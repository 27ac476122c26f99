import "#app/i18n/english/security.ts";
import type { Notice } from "#app/domain/accounts/notices.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Instant } from "../Instant.tsx";
import { NoteEntry } from "../NoteEntry.tsx";
import { NoteList } from "../NoteList.tsx";
import { Section } from "../Section.tsx";

/** What happened to the person's second factors, newest first. */
export function NoticesSection({ notices, zone }: { notices: readonly Notice[]; zone: string }) {
  const { t } = useTranslation();
  return (
    <Section title={t("security.history.title")}>
      {notices.length === 0 && <p className="hint">{t("security.history.none")}</p>}
      <NoteList>
        {notices.map(({ kind, at }) => (
          <NoteEntry
            key={`${kind} ${String(at)}`}
            rail={<Instant at={at} zone={zone} form="list" />}
            sub={<Instant at={at} zone={zone} />}
          >
            {t(`security.notice.${kind}`)}
          </NoteEntry>
        ))}
      </NoteList>
    </Section>
  );
}

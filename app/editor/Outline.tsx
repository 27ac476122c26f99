import "#app/i18n/english/agreeing.ts";
import { isAgreedByAll, type Stand } from "#app/domain/agreeing/assents.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { ClauseList } from "#app/ui/ClauseList.tsx";
import type { AgreedSoFar } from "./assents.ts";
import type { OutlineEntry } from "./outline.ts";

type OutlineProps = { entries: readonly OutlineEntry[]; current: OutlineEntry | null; agreed: AgreedSoFar | null };

/** The clauses of the text as they stand in this tab, with how many parties agree to each. */
export function Outline({ entries, current, agreed }: OutlineProps) {
  const { t } = useTranslation();
  const stands = entries.map(({ id }) => agreed?.clauses.get(id)?.stands ?? []);
  return (
    <ClauseList
      summary={
        agreed ? t("agreeing.counted", { agreed: stands.filter(isAgreedByAll).length, all: stands.length }) : undefined
      }
      clauses={entries.map(({ id, number, title }, index) => ({
        id,
        number,
        title,
        to: `#${id}`,
        current: current?.id === id,
        agreed: agreedOf(stands[index] ?? []),
      }))}
    />
  );
}

function agreedOf(stands: readonly Stand[]): string | undefined {
  const agreed = stands.filter((stand) => stand.holds).length;
  if (stands.length === 0 || stands.every((stand) => !stand.assent)) return undefined;
  return isAgreedByAll(stands) ? "all" : `${agreed}/${stands.length}`;
}

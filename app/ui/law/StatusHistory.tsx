import "#app/i18n/english/treaty-status.ts";
import type { StatusEvent } from "#app/domain/law/treaty-status.server.ts";
import { formatDay } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Instant } from "../Instant.tsx";
import { PersonName } from "../PersonName.tsx";
import { Sub } from "../Sub.tsx";
import { Table } from "../Table.tsx";
import { DeclarationList } from "./DeclarationList.tsx";
import { StandingStatus } from "./StandingStatus.tsx";

/** All that was recorded of a State, newest first. */
export function StatusHistory({ history, zone }: { history: readonly StatusEvent[]; zone: string }) {
  const { t, i18n } = useTranslation();
  const columns = t("treatyStatus.historyColumns", { returnObjects: true });
  if (history.length === 0) return <p className="hint">{t("treatyStatus.noHistory")}</p>;
  return (
    <Table
      label={t("treatyStatus.historyList")}
      columns={[columns.what, columns.source, columns.who, { label: columns.when, end: true }]}
      kind="people"
    >
      {history.map((event) => (
        <tr key={event.number}>
          <td>
            <StandingStatus status={event} />
            <DeclarationList declarations={event.declarations} />
          </td>
          <td>
            <bdi>{event.source}</bdi>
            <Sub>{t("treatyStatus.lookedUp", { day: formatDay(event.lookedUpOn, i18n.language) })}</Sub>
          </td>
          <td>
            <PersonName name={event.person.name} latinName={event.person.latinName} />
          </td>
          <td>
            <Instant at={event.at} zone={zone} />
          </td>
        </tr>
      ))}
    </Table>
  );
}

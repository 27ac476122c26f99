import "#app/i18n/english/library.ts";
import { Link } from "@remix-run/react";
import { stateName } from "#app/domain/names/names.ts";
import type { LibraryEvent } from "#app/domain/templates/library.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Instant } from "../Instant.tsx";
import { PersonName } from "../PersonName.tsx";
import { Sub } from "../Sub.tsx";
import { Table } from "../Table.tsx";

type Props = { history: readonly LibraryEvent[]; reference: string; zone: string };

/** All that was done to a clause of the library, newest first; each version can be read. */
export function HistoryTable({ history, reference, zone }: Props) {
  const { t } = useTranslation();
  const columns = t("library.historyColumns", { returnObjects: true });
  return (
    <Table label={t("library.historyList")} columns={[columns.what, columns.who, columns.when]} kind="people">
      {history.map((event) => (
        <tr key={`${event.kind} ${event.number} ${event.at.toISOString()}`}>
          <td>
            <What event={event} reference={reference} />
          </td>
          <td>
            <Who event={event} />
          </td>
          <td>
            <Instant at={event.at} zone={zone} />
          </td>
        </tr>
      ))}
    </Table>
  );
}

function What({ event: { kind, number, reason }, reference }: { event: LibraryEvent; reference: string }) {
  const { t } = useTranslation();
  if (kind === "version" && number !== null) {
    const words = number === 1 ? t("library.event.first") : t("library.event.version", { number });
    return <Link to={`/library/${reference}?version=${number}`}>{words}</Link>;
  }
  return (
    <>
      {t(kind === "retired" ? "library.event.retired" : "library.event.restored")}
      {reason && (
        <Sub>
          <bdi>{reason}</bdi>
        </Sub>
      )}
    </>
  );
}

function Who({ event: { person } }: { event: LibraryEvent }) {
  const { t, i18n } = useTranslation();
  if (!person) return t("library.product");
  return (
    <>
      <PersonName name={person.name} latinName={person.latinName} />
      {person.state && <Sub>{stateName(person.state, i18n.language)}</Sub>}
    </>
  );
}

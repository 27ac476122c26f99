import "#app/i18n/english/agreeing.ts";
import type { Stand } from "#app/domain/agreeing/assents.ts";
import { stateName } from "#app/domain/names/names.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Instant } from "../Instant.tsx";
import { PartyName } from "../PartyName.tsx";
import { PersonName } from "../PersonName.tsx";
import { Status } from "../Status.tsx";
import { Sub } from "../Sub.tsx";
import { Table } from "../Table.tsx";
import { standsInOrder } from "./assent-words.ts";

type Props = { stands: readonly Stand[]; own: string | null; zone: string };

/** Where each party stands to the whole text, who gave its word, and when. */
export function StandTable({ stands, own, zone }: Props) {
  const { t, i18n } = useTranslation();
  const columns = [t("agreeing.page.party"), t("agreeing.page.status"), t("agreeing.page.person")];
  return (
    <Table label={t("agreeing.page.standsTable")} kind="slots" columns={columns}>
      {standsInOrder(stands, own, i18n.language).map((stand) => (
        <tr key={stand.party.id}>
          <td>
            <PartyName code={stand.code} name={stateName(stand.code, i18n.language)} own={stand.own} />
          </td>
          <td>
            <StandStatus stand={stand} />
          </td>
          <td>
            {stand.assent ? (
              <>
                <PersonName name={stand.assent.name} latinName={stand.assent.latinName} />
                <Sub>
                  <Instant at={stand.assent.at} zone={zone} form="legal" />
                </Sub>
              </>
            ) : (
              !stand.party.negotiates && <Sub>{t("agreeing.page.nobody")}</Sub>
            )}
          </td>
        </tr>
      ))}
    </Table>
  );
}

function StandStatus({ stand }: { stand: Stand }) {
  const { t } = useTranslation();
  if (stand.holds) return <Status tone="good">{t("agreeing.agreed")}</Status>;
  if (stand.assent) return <Status tone="warn">{t("agreeing.clearedOne")}</Status>;
  return <Status tone="hold">{t("agreeing.notYet")}</Status>;
}

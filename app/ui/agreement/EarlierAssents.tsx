import "#app/i18n/english/agreeing.ts";
import type { EarlierAssent } from "#app/domain/agreeing/agreeing.server.ts";
import { stateName } from "#app/domain/names/names.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Digest } from "../Digest.tsx";
import { Instant } from "../Instant.tsx";
import { PartyName } from "../PartyName.tsx";
import { PersonName } from "../PersonName.tsx";
import { Table } from "../Table.tsx";

/** Everything that was ever said to the whole text, newest first. */
export function EarlierAssents({ assents, zone }: { assents: readonly EarlierAssent[]; zone: string }) {
  const { t, i18n } = useTranslation();
  const columns = [
    t("agreeing.page.when"),
    t("agreeing.page.party"),
    t("agreeing.page.historyWhat"),
    t("agreeing.page.historyVersion"),
    t("agreeing.page.historyDigest"),
  ];
  return (
    <Table label={t("agreeing.page.historyTable")} kind="slots" columns={columns}>
      {assents.map((assent) => (
        <tr key={`${assent.partyId} ${assent.at.toISOString()} ${assent.digest}`}>
          <td>
            <Instant at={assent.at} zone={zone} form="legal" />
          </td>
          <td>
            <PartyName code={assent.state} name={stateName(assent.state, i18n.language)} />
            <span className="sub">
              <PersonName name={assent.name} latinName={assent.latinName} />
            </span>
          </td>
          <td>{t(assent.digest ? "agreeing.agreed" : "agreeing.takenBack")}</td>
          <td className="num">{assent.version}</td>
          <td>{assent.digest && <Digest value={assent.digest} short />}</td>
        </tr>
      ))}
    </Table>
  );
}

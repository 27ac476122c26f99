import "#app/i18n/english/plan.ts";
import type { TFunction } from "i18next";
import type { Round } from "#app/domain/plan/versions.server.ts";
import { formatInstant } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Digest } from "../Digest.tsx";
import { Table } from "../Table.tsx";

/** Every approval that was ever begun, with what came of it: what became void stays readable. */
export function ApprovalRounds({ rounds, zone }: { rounds: readonly Round[]; zone: string }) {
  const { t, i18n } = useTranslation();
  const at = (instant: string) => formatInstant(instant, { language: i18n.language, zone });
  return (
    <Table
      label={t("plan.versions.tables.history")}
      columns={[
        t("plan.versions.opened"),
        t("plan.versions.by"),
        t("plan.versions.digestHead"),
        t("plan.versions.outcome"),
      ]}
    >
      {rounds.map((round) => (
        <tr key={round.number}>
          <td className="num">{at(round.openedAt)}</td>
          <td>
            <bdi>{round.approvals.map(({ latinName, state }) => `${latinName} (${state})`).join(", ")}</bdi>
          </td>
          <td>
            <Digest value={round.digest} short />
          </td>
          <td>{outcomeOf(t, round, at)}</td>
        </tr>
      ))}
    </Table>
  );
}

/** A round that is among these, neither void nor a version, is one whose text was changed since. */
function outcomeOf(t: TFunction, { version, voidedAt }: Round, at: (instant: string) => string): string {
  if (version !== null) return t("plan.versions.roundMade", { number: version });
  return voidedAt ? t("plan.versions.roundVoid", { at: at(voidedAt) }) : t("plan.versions.roundVoidText");
}

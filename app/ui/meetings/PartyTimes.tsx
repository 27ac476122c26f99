import "#app/i18n/english/meetings.ts";
import type { Hindrance, Local } from "#app/domain/meetings/common-hours.ts";
import { stateName } from "#app/domain/names/names.ts";
import { formatDay, zoneName } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Plate } from "../Plate.tsx";
import { Status } from "../Status.tsx";
import { Table } from "../Table.tsx";
import { hindranceInWords } from "./words.ts";

type Props = { local: readonly Local[]; hindrances: readonly Hindrance[]; ownState: string | null };

/** When the meeting is for each party, and what stands against that there (V59). */
export function PartyTimes({ local, hindrances, ownState }: Props) {
  const { t, i18n } = useTranslation();
  const heads = [t("meetings.page.party"), t("meetings.page.localTime"), t("meetings.page.against")];
  return (
    <Table label={t("meetings.page.byPartyTable")} columns={heads} kind="narrow">
      {local.map((one) => {
        const against = hindrances.filter(({ state }) => state === one.state);
        return (
          <tr key={one.state}>
            <td>
              <Plate code={one.state} name={stateName(one.state, i18n.language)} own={one.state === ownState} />
            </td>
            <td className="num">{localSpan(one, i18n.language)}</td>
            <td>
              {against.length === 0 ? (
                <Status tone="good">{t("meetings.page.nothingAgainst")}</Status>
              ) : (
                against.map((hindrance) => (
                  <Status key={hindrance.kind} tone="warn">
                    {hindranceInWords(t, hindrance, i18n.language)}
                  </Status>
                ))
              )}
            </td>
          </tr>
        );
      })}
    </Table>
  );
}

/** "Thu 3 Dec, 14:30–16:00 Almaty" */
export function localSpan({ start, end, timeZone }: Local, language: string): string {
  const [[day = "", from], [lastDay = "", to]] = [start.split("T"), end.split("T")] as [string[], string[]];
  const last = lastDay === day ? "" : `${formatDay(lastDay, language, "list")}, `;
  return `${formatDay(day, language, "list")}, ${from}–${last}${to} ${zoneName(timeZone)}`;
}

import "#app/i18n/english/action-day.ts";
import type { TFunction } from "i18next";
import { stateName } from "#app/domain/names/names.ts";
import { type DayState, type GoStanding, goOf, lastWords, type Said } from "#app/domain/plan/action-day.ts";
import { time, zoneName } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Plate } from "../Plate.tsx";
import { Section } from "../Section.tsx";
import { Status, type StatusTone } from "../Status.tsx";
import { Sub } from "../Sub.tsx";
import { Table } from "../Table.tsx";

const tones: Record<GoStanding, StatusTone> = {
  open: "plain",
  firstGo: "hold",
  go: "good",
  firstNoGo: "stop",
  noGo: "stop",
};

type Props = { states: readonly DayState[]; at: string; own: string | null; zone: string };

/** Where every State stands, and who said what when. Read out as it changes. */
export function GoTable({ states, at, own, zone }: Props) {
  const { t, i18n } = useTranslation();
  const heads = ["state", "starts", "standing", "said"] as const;
  return (
    <Section title={t("actionDay.go.title")}>
      <p className="hint">{t("actionDay.go.lead")}</p>
      <div aria-live="polite">
        <Table label={t("actionDay.go.table")} columns={heads.map((head) => t(`actionDay.go.${head}`))}>
          {states.map(({ partyId, state, timeZone, startsAt, said }) => {
            const standing = goOf(said);
            const begunWithout = startsAt !== null && startsAt <= at && standing !== "go";
            return (
              <tr key={partyId}>
                <td>
                  <Plate code={state} name={stateName(state, i18n.language)} own={partyId === own} />
                </td>
                <td className="num">
                  {startsAt ? `${time(new Date(startsAt), "UTC")} UTC` : "–"}
                  {startsAt && <Sub>{`${time(new Date(startsAt), timeZone)} ${zoneName(timeZone)}`}</Sub>}
                </td>
                <td>
                  <Status tone={begunWithout ? "stop" : tones[standing]}>
                    {t(`actionDay.go.${begunWithout && standing === "open" ? "begunWithout" : standing}`)}
                  </Status>
                </td>
                <td>
                  <Words said={said} zone={zone} />
                </td>
              </tr>
            );
          })}
        </Table>
      </div>
    </Section>
  );
}

/** What stands, and below it everything that was ever said. */
function Words({ said, zone }: { said: readonly Said[]; zone: string }) {
  const { t } = useTranslation();
  const standing = [...lastWords(said).values()];
  if (said.length === 0) return <>{t("actionDay.go.nobody")}</>;
  return (
    <>
      {standing.map((one) => (
        <p key={one.memberId} dir="auto">
          {inWords(t, one, zone)}
        </p>
      ))}
      {said.length > standing.length && (
        <details>
          <summary>{t("actionDay.go.history")}</summary>
          {said.map((one) => (
            <p key={`${one.memberId} ${one.at} ${one.word}`} dir="auto">
              {inWords(t, one, zone)}
            </p>
          ))}
        </details>
      )}
    </>
  );
}

function inWords(t: TFunction, { latinName, word, reason, at, pressedAt, here }: Said, zone: string): string {
  const clock = (instant: string) => `${time(new Date(instant), "UTC", true)} UTC`;
  const values = { name: latinName, at: clock(at), reason };
  const words =
    word === "go"
      ? t("actionDay.go.wordGo", values)
      : word === "noGo"
        ? t("actionDay.go.wordNoGo", values)
        : t("actionDay.go.wordWithdrawn", values);
  // Worth saying only where it was long on its way.
  const late = pressedAt !== null && Math.abs(Date.parse(at) - Date.parse(pressedAt)) > 30_000;
  return [
    words,
    late && t("actionDay.go.pressed", { at: `${time(new Date(pressedAt), zone)} ${zoneName(zone)}` }),
    !here && t("actionDay.go.left"),
  ]
    .filter(Boolean)
    .join(" · ");
}

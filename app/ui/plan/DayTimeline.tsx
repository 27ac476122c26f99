import "#app/i18n/english/action-day.ts";
import "#app/i18n/english/plan.ts";
import { stateName } from "#app/domain/names/names.ts";
import type { ActionDay, DayStep } from "#app/domain/plan/action-day.ts";
import { zoneName } from "#app/i18n/dates.ts";
import type { plan } from "#app/i18n/english/plan.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Plate } from "../Plate.tsx";
import { Section } from "../Section.tsx";
import { Sub } from "../Sub.tsx";
import { Table } from "../Table.tsx";
import { DayClock } from "./DayClock.tsx";

type Props = { day: ActionDay; at: string; ownState: string | null };

/** The steps of the day one after the other: by UTC, and by the clock of every State. */
export function DayTimeline({ day: { day, steps, states }, at, ownState }: Props) {
  const { t, i18n } = useTranslation();
  if (steps.length === 0) return <p className="hint">{t("actionDay.timeline.none")}</p>;
  const next = steps.find((step) => step.at > at);
  const clocks = states.map(({ state, timeZone }) => ({
    timeZone,
    head: `${stateName(state, i18n.language)} (${zoneName(timeZone)})`,
  }));
  return (
    <Section title={t("actionDay.timeline.title")}>
      <Table
        label={t("actionDay.timeline.table")}
        columns={[
          t("actionDay.timeline.utc"),
          t("plan.named.dayStep.title"),
          t("plan.fields.party"),
          ...clocks.map(({ head }) => head),
        ]}
      >
        {steps.map((step) => (
          <tr key={step.code} aria-current={step === next ? "step" : undefined}>
            <th scope="row" className="num">
              <DayClock at={step.at} zone="UTC" day={day} />
              <Sub>
                {step.at <= at ? t("actionDay.timeline.done") : step === next ? t("actionDay.timeline.next") : ""}
              </Sub>
            </th>
            <td>
              <bdi>{step.title}</bdi>
              <Where step={step} />
            </td>
            <td>
              {step.state ? (
                <Plate code={step.state} name={stateName(step.state, i18n.language)} own={step.state === ownState} />
              ) : (
                t("plan.all")
              )}
            </td>
            {clocks.map(({ head, timeZone }) => (
              <td key={head} className="num">
                <DayClock at={step.at} zone={timeZone} day={day} />
              </td>
            ))}
          </tr>
        ))}
      </Table>
    </Section>
  );
}

function Where({ step: { place, unit, danger } }: { step: DayStep }) {
  const { t } = useTranslation();
  const parts = [place, unit, danger && `${t("plan.fields.danger")}: ${t(`plan.choices.${danger as Word}`)}`];
  const said = parts.filter(Boolean);
  return said.length > 0 ? (
    <Sub>
      <bdi>{said.join(" · ")}</bdi>
    </Sub>
  ) : null;
}
type Word = keyof typeof plan.choices;

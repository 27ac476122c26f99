import "#app/i18n/english/meetings.ts";
import { clockTime } from "#app/domain/meetings/common-hours.ts";
import { stateName } from "#app/domain/names/names.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { zones } from "#app/i18n/zones.ts";
import { Button } from "../Button.tsx";
import { ButtonRow } from "../ButtonRow.tsx";
import { DateField } from "../DateField.tsx";
import { FieldPair } from "../FieldPair.tsx";
import { Form } from "../Form.tsx";
import { Select } from "../Select.tsx";
import { Sub } from "../Sub.tsx";
import { weekdays } from "./words.ts";

export type PartyHours = {
  state: string;
  timeZone: string;
  from: number;
  until: number;
  weekend: readonly number[];
  calendar: boolean;
  takesPart: boolean;
};
type Props = {
  parties: readonly PartyHours[];
  first: string;
  days: number;
  length: number;
  /** reference of the meeting for which a time is sought; empty: none yet */
  meeting: string;
};

export const lengths = [30, 60, 90, 120, 180, 240] as const;
export const dayCounts = [7, 14, 28] as const;

/** Which parties, in which hours, from which day. Its answers stand in the address: a search can be sent to others. */
export function HoursForm({ parties, first, days, length, meeting }: Props) {
  const { t, i18n } = useTranslation();
  return (
    <Form method="get">
      {meeting && <input type="hidden" name="meeting" value={meeting} />}
      <input type="hidden" name="asked" value="yes" />
      <div className="hours">
        {parties.map((party) => {
          const state = stateName(party.state, i18n.language);
          const named = (what: "from" | "until" | "zone") =>
            t("meetings.times.of", { what: t(`meetings.times.${what}`), state });
          // Not a time field: it would show the clock of the browser, which may count to twelve.
          const clock = { className: "input num ltr", dir: "ltr", maxLength: 5, required: true } as const;
          return (
            <div key={party.state} className="hours-party">
              <label className="check">
                <input
                  type="checkbox"
                  className="box"
                  name="with"
                  value={party.state}
                  defaultChecked={party.takesPart}
                />
                <span>
                  <b>{state}</b>
                  <Sub>
                    {party.weekend.length > 0
                      ? t("meetings.times.weekend", { days: weekdays(party.weekend, i18n.language) })
                      : t("meetings.times.noWeekend")}
                    {!party.calendar && ` ${t("meetings.times.noCalendar")}`}
                  </Sub>
                </span>
              </label>
              <input
                {...clock}
                name={`from.${party.state}`}
                aria-label={named("from")}
                defaultValue={clockTime(party.from)}
              />
              <input
                {...clock}
                name={`until.${party.state}`}
                aria-label={named("until")}
                defaultValue={clockTime(party.until)}
              />
              <select
                className="input"
                name={`zone.${party.state}`}
                aria-label={named("zone")}
                defaultValue={party.timeZone}
              >
                {zones.map((zone) => (
                  <option key={zone}>{zone}</option>
                ))}
              </select>
            </div>
          );
        })}
      </div>
      <FieldPair>
        <DateField name="first" label={t("meetings.times.first")} defaultValue={first} required />
        <Select
          name="days"
          label={t("meetings.times.days")}
          defaultValue={String(days)}
          options={dayCounts.map((count) => ({
            value: String(count),
            label: t("meetings.times.daysCount", { count }),
          }))}
        />
      </FieldPair>
      <Select
        name="length"
        label={t("meetings.times.length")}
        defaultValue={String(length)}
        options={lengths.map((count) => ({ value: String(count), label: t("meetings.times.minutes", { count }) }))}
      />
      <ButtonRow>
        <Button type="submit">{t("meetings.times.find")}</Button>
      </ButtonRow>
    </Form>
  );
}

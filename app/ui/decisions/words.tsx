import "#app/i18n/english/decisions.ts";
import type { TFunction } from "i18next";
import type { Decision } from "#app/domain/decisions/decision.ts";
import { stateName } from "#app/domain/names/names.ts";
import { formatDay } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Plate } from "../Plate.tsx";

/** When it was decided, as the clock of the place showed it. */
export function decidedWhen(t: TFunction, { decidedOn, timeZone }: Decision, language: string): string {
  const [date = "", time] = decidedOn.split("T");
  const day = formatDay(date, language, "full");
  return t("decisions.on", { when: time ? `${day}, ${time}` : day, zone: timeZone });
}

/** The parties and the persons who decided. */
export function DecidedBy({ decision, ownState }: { decision: Decision; ownState: string | null }) {
  const { i18n } = useTranslation();
  return (
    <>
      {decision.states.map((state) => (
        <span key={state}>
          <Plate code={state} name={stateName(state, i18n.language)} own={state === ownState} />{" "}
        </span>
      ))}
      <bdi>{decision.people.join(", ")}</bdi>
    </>
  );
}

import "#app/i18n/english/action-day.ts";
import { time, zoneName } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "../Button.tsx";
import { useProblem } from "../form-context.ts";
import { Section } from "../Section.tsx";
import { Status } from "../Status.tsx";
import type { Pressed } from "./pressed.ts";

type Props = { pressed: readonly Pressed[]; drop: (key: string) => void; zone: string };

const tones = { waiting: "hold", sent: "good", refused: "stop" } as const;

/** What was pressed on this device and whether it is sent, in words; read out as it changes. */
export function PressedList({ pressed, drop, zone }: Props) {
  const { t } = useTranslation();
  const sentence = useProblem();
  if (pressed.length === 0) return null;
  return (
    <Section title={t("actionDay.sent.title")}>
      <ul aria-live="polite">
        {pressed.map(({ key, word, at, state, problems }) => {
          const clock = `${time(new Date(at), zone, true)} ${zoneName(zone)}`;
          const why = Object.values(problems ?? {}).map((reason) => sentence(reason));
          return (
            <li key={key}>
              <Status tone={tones[state]}>
                {t(`actionDay.sent.${state}`, { what: t(`actionDay.sent.${word}`), at: clock, why: why.join(" ") })}
              </Status>{" "}
              {state === "waiting" && (
                <Button small tone="quiet" onPress={() => drop(key)}>
                  {t("actionDay.sent.drop")}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

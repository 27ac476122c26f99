import "#app/i18n/english/action-day.ts";
import { type FormEvent, useState } from "react";
import { stateName } from "#app/domain/names/names.ts";
import { type DayState, type DayWord, dayWords, lastWords } from "#app/domain/plan/action-day.ts";
import { formatInstant } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "../Button.tsx";
import { ButtonRow } from "../ButtonRow.tsx";
import { Form } from "../Form.tsx";
import type { Refusal } from "../form-context.ts";
import { Section } from "../Section.tsx";
import { TextField } from "../TextField.tsx";

type Props = {
  mine: DayState;
  at: string;
  zone: string;
  /** key for a browser without script */
  spare: string;
  refusal?: Refusal;
  press: (word: DayWord, reason: string) => void;
  /** the own member, where one has spoken */
  memberId: string | null;
};

/** What the person says for the own State. With script it is kept and sent; without, it is a plain form. */
export function OwnWord({ mine, at, zone, spare, refusal, press, memberId }: Props) {
  const { t, i18n } = useTranslation();
  const [missing, setMissing] = useState<Refusal | null>(null);
  const state = stateName(mine.state, i18n.language);
  const title = t("actionDay.own.title", { state });
  if (mine.startsAt === null || mine.startsAt <= at)
    return (
      <Section title={title}>
        <p>{t(mine.startsAt === null ? "problems.day-without-steps" : "actionDay.own.begun", { state })}</p>
      </Section>
    );
  const word = memberId === null ? undefined : lastWords(mine.said).get(memberId)?.word;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    const said = dayWords.find((one) => one === (submitter as HTMLButtonElement | null)?.value);
    if (!said) return;
    const form = event.currentTarget;
    const reason = String(new FormData(form).get("reason") ?? "").trim();
    if (said === "noGo" && reason === "") {
      setMissing({ problems: { reason: "day-no-go-reason" } });
      return;
    }
    setMissing(null);
    press(said, said === "noGo" ? reason : "");
    form.reset();
  };
  return (
    <Section title={title}>
      <p className="hint">
        {t("actionDay.own.until", { at: formatInstant(mine.startsAt, { language: i18n.language, zone }) })}
      </p>
      {word === "go" && <p>{t("actionDay.own.mineGo")}</p>}
      {word === "noGo" && <p>{t("actionDay.own.mineNoGo")}</p>}
      <Form refusal={missing ?? refusal} labels={{ reason: t("actionDay.own.reason") }} onSubmit={submit}>
        <input type="hidden" name="key" value={spare} />
        <TextField name="reason" label={t("actionDay.own.reason")} hint={t("actionDay.own.reasonHint")} />
        <ButtonRow>
          <Button type="submit" name="word" value="go" tone="primary" working={t("actionDay.own.saying")}>
            {t("actionDay.own.sayGo")}
          </Button>
          <Button type="submit" name="word" value="noGo" tone="danger" working={t("actionDay.own.saying")}>
            {t("actionDay.own.sayNoGo")}
          </Button>
          {word && (
            <Button type="submit" name="word" value="withdrawn" tone="quiet" working={t("actionDay.own.saying")}>
              {t("actionDay.own.takeBack")}
            </Button>
          )}
        </ButtonRow>
      </Form>
    </Section>
  );
}

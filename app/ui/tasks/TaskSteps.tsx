import "#app/i18n/english/tasks.ts";
import { Form as PlainForm } from "@remix-run/react";
import { Check } from "lucide-react";
import { stateName } from "#app/domain/names/names.ts";
import type { Holder, Step } from "#app/domain/tasks/task.ts";
import { formatInstant } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "../Button.tsx";
import { ButtonRow } from "../ButtonRow.tsx";
import { Form } from "../Form.tsx";
import type { Refusal } from "../form-context.ts";
import { Icon } from "../Icon.tsx";
import { Plate } from "../Plate.tsx";
import { Section } from "../Section.tsx";
import { Select } from "../Select.tsx";
import { TextField } from "../TextField.tsx";

type Props = {
  steps: Step[];
  members: Holder[];
  ownState: string | null;
  zone: string;
  may: { change: boolean; move: boolean };
  refusal?: Refusal;
};

/** The checklist: each line with the person it is for and the day it was done. */
export function TaskSteps({ steps, members, ownState, zone, may, refusal }: Props) {
  const { t } = useTranslation();
  const done = steps.filter(({ doneAt }) => doneAt !== null).length;
  return (
    <Section title={t("tasks.page.steps")} count={t("tasks.page.stepsDone", { done, all: steps.length })}>
      <ul className="task-steps">
        {steps.map((step) => (
          <StepLine key={step.id} step={step} ownState={ownState} zone={zone} may={may} />
        ))}
      </ul>
      {may.change && (
        <Form
          refusal={refusal?.typed?.act === "step" ? refusal : null}
          labels={{ words: t("tasks.page.stepWords") }}
          apart
        >
          <input type="hidden" name="act" value="step" />
          <TextField name="words" label={t("tasks.page.stepWords")} />
          <Select
            name="member"
            label={t("tasks.page.stepFor")}
            emptyLabel={t("tasks.nobody")}
            options={members.filter(({ here }) => here).map(({ id, latinName }) => ({ value: id, label: latinName }))}
          />
          <ButtonRow>
            <Button type="submit">{t("tasks.page.addStep")}</Button>
          </ButtonRow>
        </Form>
      )}
    </Section>
  );
}

function StepLine({ step, ownState, zone, may }: { step: Step } & Pick<Props, "ownState" | "zone" | "may">) {
  const { t, i18n } = useTranslation();
  const day = step.doneAt && formatInstant(step.doneAt, { language: i18n.language, zone, form: "date" });
  return (
    <li>
      <PlainForm method="post" preventScrollReset>
        <input type="hidden" name="step" value={step.id} />
        <button
          type="submit"
          name="act"
          value={step.doneAt ? "untick" : "tick"}
          className="step-box"
          aria-pressed={step.doneAt !== null}
          disabled={!may.move}
          aria-label={t(step.doneAt ? "tasks.page.untick" : "tasks.page.tick", { step: step.words })}
        >
          {step.doneAt && <Icon of={Check} />}
        </button>
      </PlainForm>
      <div>
        <b dir="auto">{step.words}</b>
        <p className="hint">
          {step.state && (
            <Plate code={step.state} name={stateName(step.state, i18n.language)} own={step.state === ownState} />
          )}{" "}
          <bdi>{step.holder ?? t("tasks.nobody")}</bdi>
          {day && `, ${t("tasks.page.doneOn", { day })}`}
        </p>
      </div>
      {may.change && (
        <PlainForm method="post" preventScrollReset className="far">
          <input type="hidden" name="step" value={step.id} />
          <button type="submit" name="act" value="remove" className="btn quiet small">
            {t("tasks.page.remove")}
            <span className="vh">, {step.words}</span>
          </button>
        </PlainForm>
      )}
    </li>
  );
}

import "#app/i18n/english/decisions.ts";
import "#app/i18n/english/meetings.ts";
import { stateName } from "#app/domain/names/names.ts";
import type { Holder } from "#app/domain/tasks/task.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "../Button.tsx";
import { ButtonRow } from "../ButtonRow.tsx";
import { CheckboxGroup } from "../CheckboxGroup.tsx";
import { Form } from "../Form.tsx";
import type { Refusal } from "../form-context.ts";
import { TextArea } from "../TextArea.tsx";
import { TextField } from "../TextField.tsx";

type Props = {
  start: string;
  timeZone: string;
  parties: readonly { id: string; state: string }[];
  members: readonly Holder[];
  refusal?: Refusal;
};

/** Records a decision of this meeting without leaving its minutes. When: where the meeting began, unless it says else. */
export function DecisionHere({ start, timeZone, parties, members, refusal }: Props) {
  const { t, i18n } = useTranslation();
  const names = ["topic", "words", "reason", "dissent", "parties", "members", "start"] as const;
  const labels = Object.fromEntries(names.map((name) => [name, t(`decisions.${name}`)]));
  return (
    <details className="here" open={refusal !== undefined}>
      <summary>{t("meetings.minutes.decide")}</summary>
      <Form refusal={refusal} labels={labels} preventScrollReset apart>
        <input type="hidden" name="act" value="decide" />
        <input type="hidden" name="timeZone" value={timeZone} />
        <TextField name="topic" label={t("decisions.topic")} required />
        <TextArea name="words" label={t("decisions.words")} rows={2} required />
        <TextArea name="reason" label={t("decisions.reason")} rows={2} required />
        <CheckboxGroup
          name="parties"
          label={t("decisions.parties")}
          options={parties.map(({ id, state }) => ({ value: id, label: stateName(state, i18n.language) }))}
          columns
        />
        <CheckboxGroup
          name="members"
          label={t("decisions.members")}
          options={members
            .filter(({ here }) => here)
            .map(({ id, latinName }) => ({ value: id, label: <bdi>{latinName}</bdi> }))}
          columns
        />
        <TextArea name="dissent" label={t("decisions.dissent")} hint={t("decisions.dissentHint")} rows={2} />
        <TextField
          name="start"
          label={t("decisions.start")}
          hint={t("decisions.on", { when: t("decisions.startHint"), zone: timeZone })}
          defaultValue={start}
          dir="ltr"
          required
        />
        <p className="consequence">{t("decisions.final")}</p>
        <ButtonRow>
          <Button type="submit" tone="primary" working={t("decisions.saving")}>
            {t("decisions.add")}
          </Button>
        </ButtonRow>
      </Form>
    </details>
  );
}

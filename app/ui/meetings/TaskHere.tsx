import "#app/i18n/english/meetings.ts";
import { stateName } from "#app/domain/names/names.ts";
import type { Holder } from "#app/domain/tasks/task.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "../Button.tsx";
import { ButtonRow } from "../ButtonRow.tsx";
import { FieldPair } from "../FieldPair.tsx";
import { Form } from "../Form.tsx";
import type { Refusal } from "../form-context.ts";
import { Select } from "../Select.tsx";
import { TextField } from "../TextField.tsx";

type Props = {
  parties: readonly { id: string; state: string }[];
  members: readonly Holder[];
  /** the person may give tasks that are for no party alone */
  forAll: boolean;
  refusal?: Refusal;
};

/** Puts a card on the board that names this meeting, without leaving its minutes. */
export function TaskHere({ parties, members, forAll, refusal }: Props) {
  const { t, i18n } = useTranslation();
  const word = (name: "task" | "taskFor" | "taskWho" | "taskDue") => t(`meetings.minutes.${name}`);
  const labels = { title: word("task"), party: word("taskFor"), member: word("taskWho"), due: word("taskDue") };
  return (
    <details className="here" open={refusal !== undefined}>
      <summary>{t("meetings.minutes.makeTask")}</summary>
      <Form refusal={refusal} labels={labels} preventScrollReset apart>
        <input type="hidden" name="act" value="task" />
        <TextField name="title" label={labels.title} required />
        <FieldPair>
          <Select
            name="party"
            label={labels.party}
            emptyLabel={forAll ? t("meetings.minutes.allParties") : undefined}
            options={parties.map(({ id, state }) => ({ value: id, label: stateName(state, i18n.language) }))}
          />
          <Select
            name="member"
            label={labels.member}
            emptyLabel={t("meetings.minutes.nobody")}
            options={members.filter(({ here }) => here).map(({ id, latinName }) => ({ value: id, label: latinName }))}
          />
        </FieldPair>
        <TextField name="due" label={labels.due} hint={t("meetings.minutes.taskDueHint")} dir="ltr" />
        <ButtonRow>
          <Button type="submit" tone="primary" working={t("meetings.minutes.taskAdding")}>
            {t("meetings.minutes.taskAdd")}
          </Button>
        </ButtonRow>
      </Form>
    </details>
  );
}

import "#app/i18n/english/tasks.ts";
import { stateName } from "#app/domain/names/names.ts";
import type { Comment } from "#app/domain/tasks/task.ts";
import { formatInstant } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "../Button.tsx";
import { ButtonRow } from "../ButtonRow.tsx";
import { Form } from "../Form.tsx";
import type { Refusal } from "../form-context.ts";
import { Plate } from "../Plate.tsx";
import { Section } from "../Section.tsx";
import { TextArea } from "../TextArea.tsx";

type Props = { comments: Comment[]; zone: string; ownState: string | null; may: boolean; refusal?: Refusal };

/** What people say on the card. Comments are only added. */
export function TaskTalk({ comments, zone, ownState, may, refusal }: Props) {
  const { t, i18n } = useTranslation();
  return (
    <Section title={t("tasks.page.comments")} count={comments.length}>
      <ul className="task-talk">
        {comments.map(({ id, words, at, latinName, state }) => (
          <li key={id}>
            {state && <Plate code={state} name={stateName(state, i18n.language)} own={state === ownState} />}{" "}
            <b>
              <bdi>{latinName}</bdi>
            </b>{" "}
            <span className="hint num">{formatInstant(at, { language: i18n.language, zone })}</span>
            <p dir="auto">{words}</p>
          </li>
        ))}
      </ul>
      {may && (
        // Emptied when what was sent stands above.
        <Form
          key={comments.length}
          refusal={refusal?.typed?.act === "comment" ? refusal : null}
          labels={{ words: t("tasks.page.comment") }}
          apart
        >
          <input type="hidden" name="act" value="comment" />
          <TextArea name="words" label={t("tasks.page.comment")} rows={2} />
          <ButtonRow>
            <Button type="submit">{t("tasks.page.send")}</Button>
          </ButtonRow>
        </Form>
      )}
    </Section>
  );
}

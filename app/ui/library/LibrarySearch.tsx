import "#app/i18n/english/library.ts";
import type { LibraryQuestion } from "#app/domain/templates/library.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "../Button.tsx";
import { Checkbox } from "../Checkbox.tsx";
import { Form } from "../Form.tsx";
import { LinkButton } from "../LinkButton.tsx";
import { Select } from "../Select.tsx";
import { TextField } from "../TextField.tsx";
import { type Topics, useTopicOptions } from "./topics.ts";

type Props = { question: LibraryQuestion; topics: Topics };

/** What is looked for, in the address of the page: it can be sent on, and works without script. */
export function LibrarySearch({ question, topics }: Props) {
  const { t } = useTranslation();
  const options = useTopicOptions(topics);
  const anything = question.q !== "" || question.topic !== null || question.retired;
  return (
    <search>
      <Form method="get" action="/library" aria-label={t("library.search.label")} className="lib-search">
        <TextField
          name="q"
          type="search"
          label={t("library.search.words")}
          hint={t("library.search.wordsHint")}
          maxLength={200}
          defaultValue={question.q}
        />
        <Select
          name="topic"
          label={t("library.search.topic")}
          emptyLabel={t("library.search.all")}
          defaultValue={question.topic ?? ""}
          options={options}
        />
        <Checkbox name="retired" label={t("library.search.retired")} defaultChecked={question.retired} />
        <div className="btn-row">
          <Button type="submit">{t("library.search.act")}</Button>
          {anything && (
            <LinkButton to="/library" tone="quiet">
              {t("library.search.clear")}
            </LinkButton>
          )}
        </div>
      </Form>
    </search>
  );
}

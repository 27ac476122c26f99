import "#app/i18n/english/library.ts";
import type { LibraryLine } from "#app/domain/templates/library.ts";
import type { Choice } from "#app/i18n/choices.ts";
import { languages as spoken } from "#app/i18n/languages.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "../Button.tsx";
import { ButtonRow } from "../ButtonRow.tsx";
import { Form } from "../Form.tsx";
import type { Refusal } from "../form-context.ts";
import { LinkButton } from "../LinkButton.tsx";
import { Select } from "../Select.tsx";
import { TextArea } from "../TextArea.tsx";
import { TextField } from "../TextField.tsx";
import { type Topics, useTopicName, useTopicOptions } from "./topics.ts";

type Props = {
  /** what stands; none for a new clause */
  clause?: LibraryLine;
  refusal?: Refusal | { problems?: undefined } | null;
  topics: Topics;
  values: readonly { topic: string; names: readonly string[] }[];
  languages: readonly Choice[];
  act: string;
  acting: string;
  back: string;
};

/** A clause of the library in all its languages: those of the United Nations, those it has already, and one more. */
export function LibraryForm({ clause, refusal, topics, values, languages, act, acting, back }: Props) {
  const { t } = useTranslation();
  const options = useTopicOptions(topics);
  const nameOf = (tag: string) => languages.find(({ value }) => value === tag)?.label ?? tag;
  const tags = [...new Set([...spoken.map(({ code }) => code as string), ...Object.keys(clause?.wordings ?? {})])];
  const wordingIn = (tag: string) => t("library.wordingIn", { language: nameOf(tag) });
  const labels = {
    title: t("library.name"),
    topic: t("library.topic"),
    source: t("library.source"),
    whenToUse: t("library.whenToUse"),
    moreLanguage: t("library.moreLanguage"),
    moreWording: t("library.moreWording"),
    ...Object.fromEntries(tags.map((tag) => [`wordings.${tag}`, wordingIn(tag)])),
  };
  return (
    <Form refusal={refusal} labels={labels}>
      {clause && <input type="hidden" name="seen" value={clause.version} />}
      <TextField name="title" label={labels.title} defaultValue={clause?.title} />
      <Select
        name="topic"
        label={labels.topic}
        emptyLabel={t("library.chooseTopic")}
        options={options}
        defaultValue={clause?.topic}
      />
      <TextField name="source" label={labels.source} hint={t("library.sourceHint")} defaultValue={clause?.source} />
      <TextArea name="whenToUse" label={labels.whenToUse} required={false} rows={3} defaultValue={clause?.whenToUse} />
      {tags.map((tag) => (
        <TextArea
          key={tag}
          name={`wordings.${tag}`}
          label={wordingIn(tag)}
          lang={tag}
          hint={tag === "en" ? t("library.wordingHint") : undefined}
          required={tag === "en" ? undefined : false}
          rows={tag === "en" ? 6 : 3}
          defaultValue={clause?.wordings[tag]}
        />
      ))}
      <ValueNames topics={topics} values={values} />
      <Select
        name="moreLanguage"
        label={labels.moreLanguage}
        required={false}
        emptyLabel={t("library.chooseLanguage")}
        options={languages.filter(({ value }) => !tags.includes(value))}
      />
      <TextArea name="moreWording" label={labels.moreWording} required={false} rows={3} />
      <ButtonRow>
        <Button tone="primary" type="submit" working={acting}>
          {act}
        </Button>
        <LinkButton to={back} tone="quiet">
          {t("shell.cancel")}
        </LinkButton>
      </ButtonRow>
    </Form>
  );
}

/** What may stand in braces, to copy from. */
function ValueNames({ topics, values }: Pick<Props, "topics" | "values">) {
  const { t } = useTranslation();
  const nameOf = useTopicName(topics);
  return (
    <details className="lib-values">
      <summary>{t("library.values")}</summary>
      <dl>
        {values.map(({ topic, names }) => (
          <div key={topic}>
            <dt>{nameOf(topic)}</dt>
            <dd dir="ltr">
              {names.map((name) => (
                <code key={name}>{`{${name}}`}</code>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

import "#app/i18n/english/library.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import type { Option } from "../Select.tsx";

/** Clauses of the template by id, in the reader's language; "other" is not among them. */
export type Topics = Record<string, string>;

/** "5 Duration", or "Other". */
export function useTopicName(topics: Topics): (topic: string) => string {
  const { t } = useTranslation();
  return (topic) => {
    const title = topics[topic];
    return title === undefined ? t("library.other") : t("library.topicOf", { number: Number(topic.slice(1)), title });
  };
}

export function useTopicOptions(topics: Topics): Option[] {
  const nameOf = useTopicName(topics);
  return [...Object.keys(topics), "other"].map((value) => ({ value, label: nameOf(value) }));
}

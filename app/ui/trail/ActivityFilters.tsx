import "#app/i18n/english/audit.ts";
import { kinds, type NamedPerson } from "#app/domain/audit/activity.ts";
import type { ActivityFilters as Chosen } from "#app/domain/audit/filters.ts";
import { stateName } from "#app/domain/names/names.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "../Button.tsx";
import { DateField } from "../DateField.tsx";
import { Form } from "../Form.tsx";
import type { Refusal } from "../form-context.ts";
import { LinkButton } from "../LinkButton.tsx";
import { Select } from "../Select.tsx";
import { nameInWords } from "./words.ts";

type Props = {
  chosen: Chosen;
  refusal: Refusal | null;
  people: readonly NamedPerson[];
  states: readonly string[];
  /** address of the page, without filters */
  base: string;
  /** address of the same entries as a file */
  csv: string;
};

/** What is shown, in the address of the page: it can be sent on, and works without script. */
export function ActivityFilters({ chosen, refusal, people, states, base, csv }: Props) {
  const { t, i18n } = useTranslation();
  const word = (name: "person" | "state" | "kind" | "from" | "until") => t(`audit.filters.${name}`);
  const all = t("audit.filters.all");
  const anything = Object.values(chosen).some((value) => value !== undefined);
  return (
    <Form method="get" action={base} refusal={refusal} aria-label={t("audit.filters.title")} className="trail-filters">
      <Select
        name="person"
        label={word("person")}
        emptyLabel={all}
        defaultValue={chosen.person}
        options={people.map((person) => ({ value: person.id, label: nameInWords(person) }))}
      />
      <Select
        name="state"
        label={word("state")}
        emptyLabel={all}
        defaultValue={chosen.state}
        options={states.map((state) => ({ value: state, label: stateName(state, i18n.language) }))}
      />
      <Select
        name="kind"
        label={word("kind")}
        emptyLabel={all}
        defaultValue={chosen.kind}
        options={kinds.map((kind) => ({ value: kind, label: t(`audit.kinds.${kind}`) }))}
      />
      <DateField name="from" label={word("from")} defaultValue={chosen.from} />
      <DateField name="until" label={word("until")} defaultValue={chosen.until} />
      <div className="btn-row">
        <Button type="submit">{t("audit.filters.act")}</Button>
        {anything && (
          <LinkButton to={base} tone="quiet">
            {t("audit.filters.clear")}
          </LinkButton>
        )}
        <LinkButton to={csv} download>
          {t("audit.filters.download")}
        </LinkButton>
      </div>
    </Form>
  );
}

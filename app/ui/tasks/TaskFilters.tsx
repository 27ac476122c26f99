import "#app/i18n/english/tasks.ts";
import { stateName } from "#app/domain/names/names.ts";
import { dues, type Shown } from "#app/domain/tasks/filters.ts";
import type { Holder } from "#app/domain/tasks/task.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "../Button.tsx";
import { Form } from "../Form.tsx";
import { LinkButton } from "../LinkButton.tsx";
import { Select } from "../Select.tsx";

type Props = { shown: Shown; base: string; members: readonly Holder[]; parties: readonly { state: string }[] };

/** What is shown, in the address of the page: it can be sent on, and works without script. */
export function TaskFilters({ shown, base, members, parties }: Props) {
  const { t, i18n } = useTranslation();
  const states = parties.map(({ state }) => ({ value: state, label: stateName(state, i18n.language) }));
  return (
    <Form
      method="get"
      action={base}
      className="task-filters"
      aria-label={t("tasks.filters.title")}
      key={JSON.stringify(shown)}
    >
      <input type="hidden" name="view" value={shown.view} />
      <Select
        name="state"
        label={t("tasks.filters.state")}
        emptyLabel={t("tasks.filters.all")}
        defaultValue={shown.state}
        options={[...states, { value: "all", label: t("tasks.forAllLong") }]}
      />
      <Select
        name="person"
        label={t("tasks.filters.person")}
        emptyLabel={t("tasks.filters.all")}
        defaultValue={shown.person}
        options={members.map(({ id, latinName }) => ({ value: id, label: latinName }))}
      />
      <Select
        name="due"
        label={t("tasks.filters.due")}
        emptyLabel={t("tasks.filters.anyTime")}
        defaultValue={shown.due}
        options={dues.map((due) => ({ value: due, label: t(`tasks.filters.${due}`) }))}
      />
      <div className="btn-row">
        <Button type="submit" small>
          {t("tasks.filters.act")}
        </Button>
        {(shown.state || shown.person || shown.due) && (
          <LinkButton to={`${base}?view=${shown.view}`} tone="quiet" small>
            {t("tasks.filters.clear")}
          </LinkButton>
        )}
      </div>
    </Form>
  );
}

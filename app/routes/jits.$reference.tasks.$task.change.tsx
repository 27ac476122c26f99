import "#app/i18n/english/tasks.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { stateName } from "#app/domain/names/names.ts";
import { readTask } from "#app/domain/tasks/reading.server.ts";
import { type LinkKind, linkKinds, taskReference } from "#app/domain/tasks/task.ts";
import { TaskFields } from "#app/domain/tasks/task-forms.ts";
import { asTyped, changeTask } from "#app/domain/tasks/tasks.server.ts";
import { form, inJit, type Refusal } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { Form } from "#app/ui/Form.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { TaskForm, useTaskLabels } from "#app/ui/tasks/TaskForm.tsx";

export const loader = inJit("task.change", async ({ actor, jit, params }) => {
  const { card, description, links, members, parties } = await readTask(actor, {
    jit: jit.id,
    task: params.task ?? "",
  });
  const list = (kind: string) => links.filter((link) => link.kind === kind).map(({ reference }) => reference);
  const values = asTyped({
    ...card,
    description,
    ...{ party: card.partyId, member: card.memberId, handlingParty: card.handlingPartyId },
    ...(Object.fromEntries(linkKinds.map((kind) => [kind, list(kind)])) as Record<LinkKind, string[]>),
  });
  return { jit, card, values, members, parties };
});

const Change = TaskFields.extend({ seen: z.record(z.string(), z.string()).optional().default({}) });

export const action = inJit("task.change", async ({ actor, jit, request, params }) => {
  const input = await form(request, Change);
  const { card } = await readTask(actor, { jit: jit.id, task: params.task ?? "" });
  // A field that stood empty is not sent as such.
  const seen = Object.fromEntries(
    Object.keys(asTyped(input)).map((field) => [field, (input.seen[field] ?? "").replaceAll("\r\n", "\n")]),
  );
  await changeTask(actor, { ...input, seen, jit: jit.id, task: card.id });
  return redirect(`/jits/${jit.reference}/tasks/${taskReference(card.number)}`);
});

export const meta: MetaFunction<typeof loader> = ({ data, params, matches }) =>
  pageTitle(matches, (t) => [t("tasks.form.change", { task: params.task ?? "" }), data?.jit.names.en]);

export default function ChangeTaskPage() {
  const { t } = useTranslation();
  const { jit, card, values, members, parties } = useLoaderData<typeof loader>();
  const refusal = useActionData<Refusal>();
  const labels = useTaskLabels();
  const base = `/jits/${jit.reference}/tasks`;
  const task = taskReference(card.number);
  return (
    <Page form>
      <Masthead
        title={t("tasks.form.change", { task })}
        crumbs={[
          { label: t("tasks.title"), to: base },
          { label: task, to: `${base}/${task}` },
          { label: t("tasks.page.change") },
        ]}
      />
      <Clashes refusal={refusal} values={values} members={members} parties={parties} />
      <Form refusal={refusal} labels={labels}>
        {Object.entries(values).map(([field, value]) => (
          // What stands there now: a second try is made in the knowledge of it.
          <input key={`${field} ${value}`} type="hidden" name={`seen.${field}`} value={value} readOnly />
        ))}
        <TaskForm values={values} members={members} parties={parties} />
        <ButtonRow>
          <Button type="submit" tone="primary" working={t("tasks.form.saving")}>
            {t("tasks.form.save")}
          </Button>
          <LinkButton to={`${base}/${task}`} tone="quiet">
            {t("shell.cancel")}
          </LinkButton>
        </ButtonRow>
      </Form>
    </Page>
  );
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

/** What someone else put into the fields that this person was writing in. */
function Clashes({
  refusal,
  values,
  members,
  parties,
}: { refusal?: Refusal } & Pick<Loaded, "values" | "members" | "parties">) {
  const { t, i18n } = useTranslation();
  const labels = useTaskLabels();
  const fields = Object.entries(refusal?.problems ?? {}).filter(([, reason]) => reason === "task-changed-meanwhile");
  if (fields.length === 0) return null;
  const inWords = (value = "") =>
    members.find(({ id }) => id === value)?.latinName ??
    (stateName(parties.find(({ id }) => id === value)?.state ?? "", i18n.language) ||
      value ||
      t("tasks.form.clashEmpty"));
  return (
    <Banner tone="warn" title={t("tasks.form.clash")} live>
      {fields.map(([field]) => (
        <bdi key={field}>
          {t("tasks.form.clashNow", { field: labels[field] ?? field, value: inWords(values[field]) })}{" "}
        </bdi>
      ))}
    </Banner>
  );
}

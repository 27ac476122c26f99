import "#app/i18n/english/tasks.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { readBoardFrame } from "#app/domain/tasks/reading.server.ts";
import { AddTask } from "#app/domain/tasks/task-forms.ts";
import { addTask } from "#app/domain/tasks/tasks.server.ts";
import { form, inJit, type Refusal } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { Form } from "#app/ui/Form.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { TaskForm, useTaskLabels } from "#app/ui/tasks/TaskForm.tsx";

export const loader = inJit("task.add", async ({ actor, jit, me, access, request }) => {
  const { columns, members, parties } = await readBoardFrame(actor, jit.id);
  const column = new URL(request.url).searchParams.get("column") ?? "";
  const values = {
    column,
    party: access.partyId ?? "",
    timeZone: me.timeZone,
    priority: "medium",
    handling: "OPEN-JIT",
  };
  return { jit, columns, members, parties, values };
});

export const action = inJit("task.add", async ({ actor, jit, request }) => {
  await addTask(actor, { ...(await form(request, AddTask)), jit: jit.id });
  return redirect(`/jits/${jit.reference}/tasks`);
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => [t("tasks.form.add"), data?.jit.names.en]);

export default function NewTaskPage() {
  const { t } = useTranslation();
  const { jit, columns, members, parties, values } = useLoaderData<typeof loader>();
  const base = `/jits/${jit.reference}/tasks`;
  return (
    <Page form>
      <Masthead
        title={t("tasks.form.add")}
        crumbs={[{ label: t("tasks.title"), to: base }, { label: t("tasks.add") }]}
      />
      <Form refusal={useActionData<Refusal>()} labels={useTaskLabels()}>
        <TaskForm values={values} members={members} parties={parties} columns={columns} />
        <ButtonRow>
          <Button type="submit" tone="primary" working={t("tasks.form.saving")}>
            {t("tasks.add")}
          </Button>
          <LinkButton to={base} tone="quiet">
            {t("shell.cancel")}
          </LinkButton>
        </ButtonRow>
      </Form>
    </Page>
  );
}

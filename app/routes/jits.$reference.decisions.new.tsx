import "#app/i18n/english/decisions.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { decisionReference } from "#app/domain/decisions/decision.ts";
import { DecisionFields } from "#app/domain/decisions/decision-forms.ts";
import { recordDecision } from "#app/domain/decisions/decisions.server.ts";
import { stateName } from "#app/domain/names/names.ts";
import { readBoardFrame } from "#app/domain/tasks/reading.server.ts";
import { form, inJit, type Refusal } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { zones } from "#app/i18n/zones.ts";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { CheckboxGroup } from "#app/ui/CheckboxGroup.tsx";
import { Form } from "#app/ui/Form.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Select } from "#app/ui/Select.tsx";
import { TextArea } from "#app/ui/TextArea.tsx";
import { TextField } from "#app/ui/TextField.tsx";

export const loader = inJit("decision.record", async ({ actor, jit, me, request }) => {
  const { members, parties } = await readBoardFrame(actor, jit.id);
  const asked = new URL(request.url).searchParams;
  return {
    ...{ jit, members, parties, timeZone: me.timeZone },
    corrects: asked.get("corrects") ?? "",
    meeting: asked.get("meeting") ?? "",
  };
});

export const action = inJit("decision.record", async ({ actor, jit, request }) => {
  const { number } = await recordDecision(actor, { ...(await form(request, DecisionFields)), jit: jit.id });
  return redirect(`/jits/${jit.reference}/decisions/${decisionReference(number)}`);
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => [t("decisions.add"), data?.jit.names.en]);

const fields = [
  "topic",
  "words",
  "reason",
  "dissent",
  "parties",
  "members",
  "start",
  "timeZone",
  "clauses",
  "tasks",
  "meeting",
  "corrects",
] as const;

export default function NewDecisionPage() {
  const { t, i18n } = useTranslation();
  const { jit, members, parties, timeZone, corrects, meeting } = useLoaderData<typeof loader>();
  const base = `/jits/${jit.reference}/decisions`;
  const word = (field: (typeof fields)[number]) => t(`decisions.${field}`);
  const links = { hint: t("decisions.linksHint"), dir: "ltr" } as const;
  return (
    <Page form>
      <Masthead
        title={t("decisions.add")}
        crumbs={[{ label: t("decisions.title"), to: base }, { label: t("decisions.add") }]}
      />
      <Form refusal={useActionData<Refusal>()} labels={Object.fromEntries(fields.map((field) => [field, word(field)]))}>
        <TextField name="topic" label={word("topic")} required />
        <TextArea name="words" label={word("words")} required />
        <TextArea name="reason" label={word("reason")} required />
        <CheckboxGroup
          name="parties"
          label={word("parties")}
          options={parties.map(({ id, state }) => ({ value: id, label: stateName(state, i18n.language) }))}
        />
        <CheckboxGroup
          name="members"
          label={word("members")}
          options={members.map(({ id, latinName }) => ({ value: id, label: <bdi>{latinName}</bdi> }))}
          columns
        />
        <TextArea name="dissent" label={word("dissent")} hint={t("decisions.dissentHint")} />
        <TextField name="start" label={word("start")} hint={t("decisions.startHint")} dir="ltr" required />
        <Select
          name="timeZone"
          label={word("timeZone")}
          defaultValue={timeZone}
          options={zones.map((zone) => ({ value: zone, label: zone }))}
        />
        <TextField name="clauses" label={word("clauses")} {...links} />
        <TextField name="tasks" label={word("tasks")} {...links} />
        <TextField
          name="meeting"
          label={word("meeting")}
          hint={t("decisions.meetingHint")}
          defaultValue={meeting}
          dir="ltr"
        />
        <TextField
          name="corrects"
          label={word("corrects")}
          hint={t("decisions.correctsHint")}
          defaultValue={corrects}
          dir="ltr"
        />
        <p className="consequence">{t("decisions.final")}</p>
        <ButtonRow>
          <Button type="submit" tone="primary" working={t("decisions.saving")}>
            {t("decisions.add")}
          </Button>
          <LinkButton to={base} tone="quiet">
            {t("shell.cancel")}
          </LinkButton>
        </ButtonRow>
      </Form>
    </Page>
  );
}

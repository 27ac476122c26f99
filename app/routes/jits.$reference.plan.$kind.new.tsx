import "#app/i18n/english/plan.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { NotFound } from "#app/domain/errors.ts";
import { fieldsOf, isPlanKind } from "#app/domain/plan/kinds.ts";
import { readPlan } from "#app/domain/plan/reading.server.ts";
import { rowForm } from "#app/domain/plan/row-forms.ts";
import { addRow } from "#app/domain/plan/rows.server.ts";
import { form, inJit, type Refusal } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { Form } from "#app/ui/Form.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { PlanForm } from "#app/ui/plan/PlanForm.tsx";
import { fieldLabels } from "#app/ui/plan/words.ts";

export const loader = inJit("plan.add", async ({ actor, jit, me, access, params, request }) => {
  const { kind } = params;
  if (!isPlanKind(kind)) throw new NotFound();
  const { rows, members, parties } = await readPlan(actor, jit.id);
  const first = Object.fromEntries(
    fieldsOf(kind).flatMap((one) => (one.is === "choice" ? [[one.name, middle(one.of)]] : [])),
  );
  const line = new URL(request.url).searchParams.get("line") ?? "";
  const values: Record<string, string> = {
    ...first,
    line,
    party: access.partyId ?? "",
    timeZone: me.timeZone,
    handling: "OPEN-JIT",
  };
  return { jit, kind, rows, members, parties, values };
});

/** What is likeliest: the middle of three or four degrees, else the first. */
function middle(of: readonly string[]): string {
  return of.includes("medium") ? "medium" : (of[0] ?? "");
}

export const action = inJit("plan.add", async ({ actor, jit, request, params }) => {
  const { kind } = params;
  if (!isPlanKind(kind)) throw new NotFound();
  const fields = await form(request, rowForm(kind));
  await addRow(actor, { jit: jit.id, kind, fields });
  return redirect(`/jits/${jit.reference}/plan${kind === "line" || kind === "action" ? "" : `?view=table#${kind}`}`);
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => [
    data ? t("plan.add", { one: t(`plan.one.${data.kind}`) }) : t("plan.title"),
    data?.jit.names.en,
  ]);

export default function NewRowPage() {
  const { t } = useTranslation();
  const { jit, kind, ...shown } = useLoaderData<typeof loader>();
  const base = `/jits/${jit.reference}/plan`;
  const title = t("plan.add", { one: t(`plan.one.${kind}`) });
  return (
    <Page form>
      <Masthead title={title} crumbs={[{ label: t("plan.title"), to: base }, { label: title }]} />
      <Form refusal={useActionData<Refusal>()} labels={fieldLabels(t, kind)}>
        <PlanForm kind={kind} {...shown} />
        <ButtonRow>
          <Button type="submit" tone="primary" working={t("plan.saving")}>
            {title}
          </Button>
          <LinkButton to={base} tone="quiet">
            {t("shell.cancel")}
          </LinkButton>
        </ButtonRow>
      </Form>
    </Page>
  );
}

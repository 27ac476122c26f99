import "#app/i18n/english/plan.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { NotFound } from "#app/domain/errors.ts";
import { isPlanKind } from "#app/domain/plan/kinds.ts";
import { readRow } from "#app/domain/plan/reading.server.ts";
import { changeForm } from "#app/domain/plan/row-forms.ts";
import { asTyped, changeRow } from "#app/domain/plan/rows.server.ts";
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
import { PlanForm } from "#app/ui/plan/PlanForm.tsx";
import { fieldLabels, type Named, valueInWords } from "#app/ui/plan/words.ts";

export const loader = inJit("plan.change", async ({ actor, jit, params }) => {
  const { kind, row: code = "" } = params;
  if (!isPlanKind(kind)) throw new NotFound();
  const { row, rows, members, parties } = await readRow(actor, { jit: jit.id, kind, code });
  return { jit, kind, code, rows, members, parties, values: asTyped(kind, row.values) };
});

export const action = inJit("plan.change", async ({ actor, jit, request, params }) => {
  const { kind, row: code = "" } = params;
  if (!isPlanKind(kind)) throw new NotFound();
  const { row } = await readRow(actor, { jit: jit.id, kind, code });
  const { seen: sent, ...fields } = await form(request, changeForm(kind));
  // A field that stood empty is not sent as such.
  const seen = Object.fromEntries(
    Object.keys(asTyped(kind, {})).map((field) => [field, (sent[field] ?? "").replaceAll("\r\n", "\n")]),
  );
  await changeRow(actor, { jit: jit.id, row: row.id, kind, fields: { ...fields, line: row.values.line ?? "" }, seen });
  return redirect(`/jits/${jit.reference}/plan/${kind}/${code}`);
});

export const meta: MetaFunction<typeof loader> = ({ data, params, matches }) =>
  pageTitle(matches, (t) => [t("plan.changeTitle", { row: params.row ?? "" }), data?.jit.names.en]);

export default function ChangeRowPage() {
  const { t, i18n } = useTranslation();
  const { jit, kind, code, values, ...shown } = useLoaderData<typeof loader>();
  const refusal = useActionData<Refusal>();
  const base = `/jits/${jit.reference}/plan`;
  const row = t(`plan.numbered.${kind}`, { number: code });
  return (
    <Page form>
      <Masthead
        title={t("plan.changeTitle", { row })}
        crumbs={[
          { label: t("plan.title"), to: base },
          { label: row, to: `${base}/${kind}/${code}` },
          { label: t("plan.change") },
        ]}
      />
      <Clashes {...{ refusal, kind, values, named: { ...shown, language: i18n.language } }} />
      <Form refusal={refusal} labels={fieldLabels(t, kind)}>
        {Object.entries(values).map(([field, value]) => (
          // What stands there now: a second try is made in the knowledge of it.
          <input key={`${field} ${value}`} type="hidden" name={`seen.${field}`} value={value} readOnly />
        ))}
        {kind === "action" && <input type="hidden" name="line" value={code.replace(/\d+$/, "")} />}
        <PlanForm kind={kind} values={values} {...shown} change />
        <ButtonRow>
          <Button type="submit" tone="primary" working={t("plan.saving")}>
            {t("plan.save")}
          </Button>
          <LinkButton to={`${base}/${kind}/${code}`} tone="quiet">
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
  kind,
  values,
  named,
}: { refusal?: Refusal; named: Named } & Pick<Loaded, "kind" | "values">) {
  const { t } = useTranslation();
  const labels = fieldLabels(t, kind);
  const fields = Object.entries(refusal?.problems ?? {}).filter(([, reason]) => reason === "task-changed-meanwhile");
  if (fields.length === 0) return null;
  return (
    <Banner tone="warn" title={t("plan.clash")} live>
      {fields.map(([field]) => (
        <bdi key={field}>
          {t("plan.clashNow", {
            field: labels[field] ?? field,
            value: valueInWords(t, kind, field, values[field] ?? "", named) || t("plan.clashEmpty"),
          })}{" "}
        </bdi>
      ))}
    </Banner>
  );
}

import "#app/i18n/english/plan.ts";
import "#app/i18n/english/tasks.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { can, mayEver } from "#app/domain/access.ts";
import { Forbidden, NotFound } from "#app/domain/errors.ts";
import { makeCard } from "#app/domain/plan/cards.server.ts";
import { fieldsOf, isPlanKind } from "#app/domain/plan/kinds.ts";
import { readRow } from "#app/domain/plan/reading.server.ts";
import { RemoveRow } from "#app/domain/plan/row-forms.ts";
import { asTyped, changeRow, removeRow } from "#app/domain/plan/rows.server.ts";
import { taskReference } from "#app/domain/tasks/task.ts";
import { form, inJit, type Refusal } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { now } from "#app/platform/clock.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { Columns } from "#app/ui/Columns.tsx";
import { FactList } from "#app/ui/FactList.tsx";
import { Form } from "#app/ui/Form.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { ActionStatus } from "#app/ui/plan/PlanTables.tsx";
import { fieldLabel, valueInWords } from "#app/ui/plan/words.ts";
import { Section } from "#app/ui/Section.tsx";
import { TextField } from "#app/ui/TextField.tsx";
import { visibleInWords } from "#app/ui/tasks/words.ts";

export const loader = inJit("plan.read", async ({ actor, jit, access, params }) => {
  const { kind, row: code = "" } = params;
  if (!isPlanKind(kind)) throw new NotFound();
  const { row, rows, members, parties } = await readRow(actor, { jit: jit.id, kind, code });
  return {
    jit,
    kind,
    row,
    rows,
    members,
    parties,
    now: now().toISOString(),
    may: {
      change: mayEver(access, "plan.change"),
      card: can(access, "task.add", { partyId: row.values.party || null }) === "yes",
    },
  };
});

const time = z.string().max(16, "date-invalid").optional().default("");
const Act = z.discriminatedUnion("act", [
  RemoveRow.extend({ act: z.literal("remove") }),
  z.object({ act: z.literal("card") }),
  // What the timeline sends: when the action was and when it shall be.
  z.object({
    act: z.literal("times"),
    start: time,
    due: time,
    seen: z.object({ start: time, due: time }),
  }),
]);

export const action = inJit("plan.read", async ({ actor, jit, access, request, params }) => {
  const { kind, row: code = "" } = params;
  if (!isPlanKind(kind)) throw new NotFound();
  const { row } = await readRow(actor, { jit: jit.id, kind, code });
  const input = await form(request, Act);
  const base = `/jits/${jit.reference}`;
  if (input.act === "card") {
    if (kind !== "action") throw new NotFound();
    const { number } = await makeCard(actor, { jit: jit.id, code });
    return redirect(`${base}/tasks/${taskReference(number)}`);
  }
  if (input.act === "times") {
    if (kind !== "action") throw new NotFound();
    const { start, due } = input;
    const seen = { ...asTyped(kind, row.values), ...input.seen };
    await changeRow(actor, { jit: jit.id, row: row.id, kind, fields: { ...row.values, start, due }, seen });
    return null;
  }
  if (!mayEver(access, "plan.remove")) throw new Forbidden();
  await removeRow(actor, { jit: jit.id, row: row.id, reason: input.reason });
  return redirect(`${base}/plan?view=table#removed`);
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => [
    data ? t(`plan.numbered.${data.kind}`, { number: data.row.code }) : t("plan.title"),
    data?.jit.names.en,
  ]);

export default function RowPage() {
  const { t, i18n } = useTranslation();
  const { jit, kind, row, rows, members, parties, now, may } = useLoaderData<typeof loader>();
  const refusal = useActionData<Refusal>();
  const base = `/jits/${jit.reference}/plan`;
  const number = t(`plan.numbered.${kind}`, { number: row.code });
  const named = { members, parties, language: i18n.language };
  const shown = fieldsOf(kind).flatMap(({ name, is }) => {
    if (name === "title" || name === "line" || is === "codes") return [];
    const value = valueInWords(t, kind, name, row.values[name] ?? "", named);
    return value
      ? [
          {
            label: fieldLabel(t, kind, name),
            value: (
              <p className="prose" dir="auto">
                {value}
              </p>
            ),
          },
        ]
      : [];
  });
  const awaited = rows.filter((one) => one.after.includes(row.code) && kind === "action");
  const missing = kind === "action" && row.values.coercive === "on" && !row.values.authorisation;
  const facts = [
    ...(kind === "action"
      ? [{ label: t("plan.fields.status"), value: <ActionStatus row={row} rows={rows} now={now} /> }]
      : []),
    ...shown.filter(({ label }) => kind !== "action" || label !== t("plan.fields.status")),
    ...(row.after.length > 0 ? [{ label: t("plan.waits"), value: <Codes codes={row.after} base={base} /> }] : []),
    ...(awaited.length > 0
      ? [{ label: t("plan.awaited"), value: <Codes codes={awaited.map(({ code }) => code)} base={base} /> }]
      : []),
    { label: t("plan.visible"), value: visibleInWords(t, row, i18n.language), hint: row.handling },
  ];
  return (
    <Page>
      <Masthead
        title={<bdi>{row.values.title || number}</bdi>}
        crumbs={[{ label: t("plan.title"), to: base }, { label: number }]}
      />
      <Columns
        side={
          may.change && (
            <>
              <div className="btn-row">
                <LinkButton to={`${base}/${kind}/${row.code}/change`} tone="primary" wide>
                  {t("plan.change")}
                </LinkButton>
              </div>
              <Section title={t("plan.remove.title")}>
                <Form refusal={refusal} labels={{ reason: t("plan.remove.reason") }}>
                  <input type="hidden" name="act" value="remove" />
                  <TextField name="reason" label={t("plan.remove.reason")} hint={t("plan.remove.hint")} required />
                  <ButtonRow>
                    <Button type="submit" working={t("plan.remove.acting")}>
                      {t("plan.remove.act")}
                    </Button>
                  </ButtonRow>
                </Form>
              </Section>
            </>
          )
        }
      >
        {missing && <Banner tone="hold">{t("plan.orderMissing")}</Banner>}
        <FactList facts={facts} />
        {kind === "action" && (
          <Section title={t("plan.cards.title")}>
            {row.cards.length === 0 ? (
              <p className="hint">{t("plan.cards.none")}</p>
            ) : (
              <ul>
                {row.cards.map((card) => (
                  <li key={card}>
                    <Link to={`/jits/${jit.reference}/tasks/${taskReference(card)}`}>{taskReference(card)}</Link>
                  </li>
                ))}
              </ul>
            )}
            {may.card && (
              <Form apart>
                <input type="hidden" name="act" value="card" />
                <ButtonRow>
                  <Button type="submit" working={t("plan.cards.making")}>
                    {t(row.cards.length === 0 ? "plan.cards.make" : "plan.cards.another")}
                  </Button>
                </ButtonRow>
              </Form>
            )}
          </Section>
        )}
      </Columns>
    </Page>
  );
}

function Codes({ codes, base }: { codes: readonly string[]; base: string }) {
  return (
    <span className="codes">
      {codes.map((code) => (
        <Link key={code} to={`${base}/action/${code}`}>
          {code}
        </Link>
      ))}
    </span>
  );
}

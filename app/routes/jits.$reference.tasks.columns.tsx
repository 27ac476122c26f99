import "#app/i18n/english/tasks.ts";
import type { MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { addColumn, changeColumn, deleteColumn } from "#app/domain/tasks/columns.server.ts";
import { readBoardFrame } from "#app/domain/tasks/reading.server.ts";
import { ColumnFields } from "#app/domain/tasks/task-forms.ts";
import { form, inJit, type Refusal } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "#app/ui/Button.tsx";
import { Form } from "#app/ui/Form.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Section } from "#app/ui/Section.tsx";
import { Select } from "#app/ui/Select.tsx";
import { TextField } from "#app/ui/TextField.tsx";
import { columnInWords } from "#app/ui/tasks/words.ts";

export const loader = inJit("board.change", async ({ actor, jit }) => {
  const { columns } = await readBoardFrame(actor, jit.id);
  return { jit, columns };
});

const column = { column: z.uuid("wrong-kind") };
const Act = z.discriminatedUnion("act", [
  ColumnFields.extend({ act: z.literal("add") }),
  ColumnFields.extend({ act: z.literal("change"), ...column }),
  z.object({ act: z.literal("delete"), ...column, to: z.uuid("wrong-kind").optional() }),
]);

export const action = inJit("board.change", async ({ actor, jit, request }) => {
  const input = await form(request, Act);
  if (input.act === "add") await addColumn(actor, { ...input, jit: jit.id });
  else if (input.act === "change") await changeColumn(actor, { ...input, jit: jit.id });
  else await deleteColumn(actor, { jit: jit.id, column: input.column, to: input.to ?? null });
  return null;
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => [t("tasks.board.title"), data?.jit.names.en]);

export default function ColumnsPage() {
  const { t } = useTranslation();
  const { jit, columns } = useLoaderData<typeof loader>();
  const refusal = useActionData<Refusal | null>();
  const base = `/jits/${jit.reference}/tasks`;
  const labels = { name: t("tasks.board.name"), cardLimit: t("tasks.board.limit"), to: t("tasks.board.moveTo") };
  /** The form that was refused shows it; the others do not. */
  const refusalOf = (act: string, id?: string) =>
    refusal?.typed?.act === act && (id === undefined || refusal.typed.column === id) ? refusal : null;
  return (
    <Page form>
      <Masthead
        title={t("tasks.board.title")}
        crumbs={[{ label: t("tasks.title"), to: base }, { label: t("tasks.columnsLink") }]}
      />
      {columns.map((one) => (
        <Section
          key={one.id}
          title={<bdi>{columnInWords(t, one)}</bdi>}
          count={t("tasks.board.cards", { count: one.cards })}
        >
          <Form refusal={refusalOf("change", one.id)} labels={labels} apart>
            <input type="hidden" name="column" value={one.id} />
            <TextField
              name="name"
              label={labels.name}
              hint={one.kind ? t("tasks.board.nameHint") : undefined}
              defaultValue={one.name}
            />
            <TextField
              name="cardLimit"
              label={labels.cardLimit}
              inputMode="numeric"
              dir="ltr"
              defaultValue={one.cardLimit?.toString()}
            />
            <Button type="submit" name="act" value="change" small>
              {t("tasks.board.save")}
            </Button>
          </Form>
          <Form refusal={refusalOf("delete", one.id)} labels={labels} apart>
            <input type="hidden" name="column" value={one.id} />
            <Select
              name="to"
              label={labels.to}
              emptyLabel={t("tasks.board.choose")}
              options={columns
                .filter(({ id }) => id !== one.id)
                .map((other) => ({ value: other.id, label: columnInWords(t, other) }))}
            />
            <Button type="submit" name="act" value="delete" tone="danger" small>
              {t("tasks.board.delete")}
            </Button>
          </Form>
        </Section>
      ))}
      <Section title={t("tasks.board.add")}>
        <Form key={columns.length} refusal={refusalOf("add")} labels={labels} apart>
          <TextField name="name" label={labels.name} />
          <TextField name="cardLimit" label={labels.cardLimit} inputMode="numeric" dir="ltr" />
          <Button type="submit" name="act" value="add">
            {t("tasks.board.addAct")}
          </Button>
        </Form>
      </Section>
    </Page>
  );
}

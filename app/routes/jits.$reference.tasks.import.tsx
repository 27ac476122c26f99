import "#app/i18n/english/tasks.ts";
import type { MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { fileColumns, importTasks } from "#app/domain/tasks/import.server.ts";
import { form, inJit, type Refusal } from "#app/http.server.ts";
import { problemSentence } from "#app/i18n/problem.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { Button } from "#app/ui/Button.tsx";
import { FileField } from "#app/ui/FileField.tsx";
import { Form } from "#app/ui/Form.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";

export const loader = inJit("task.import", async ({ jit }) => ({ jit, heads: fileColumns.join(", ") }));

const mostBytes = 1_000_000;
const Upload = z.object({
  file: z
    .instanceof(File, { message: "required" })
    .refine(({ size }) => size > 0, "required")
    .refine(({ size }) => size <= mostBytes, "too-large"),
});

export const action = inJit("task.import", async ({ actor, jit, me, access, request }) => {
  const { file } = await form(request, Upload);
  return importTasks(actor, { jit: jit.id, party: access.partyId, text: await file.text(), zone: me.timeZone });
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => [t("tasks.file.title"), data?.jit.names.en]);

export default function ImportPage() {
  const { t } = useTranslation();
  const { jit, heads } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action | (() => Refusal)>();
  const base = `/jits/${jit.reference}/tasks`;
  const read = answer && "added" in answer ? answer : null;
  return (
    <Page form>
      <Masthead
        title={t("tasks.file.title")}
        sub={t("tasks.file.lead", { columns: heads })}
        crumbs={[{ label: t("tasks.title"), to: base }, { label: t("tasks.importLink") }]}
      />
      {read && read.added > 0 && (
        <Banner tone="good" live>
          {t("tasks.file.done", { count: read.added })}
        </Banner>
      )}
      {read && read.problems.length > 0 && (
        <>
          <Banner tone="stop" live>
            {t("tasks.file.bad")}
          </Banner>
          <ul>
            {read.problems.map(({ line, field, reason }) => (
              <li key={`${line} ${field}`}>
                <b>{t("tasks.file.line", { line, field })}</b> {problemSentence(t, reason, field)}
              </li>
            ))}
          </ul>
        </>
      )}
      <Form
        refusal={answer && "added" in answer ? null : answer}
        labels={{ file: t("tasks.file.file") }}
        encType="multipart/form-data"
      >
        <FileField name="file" label={t("tasks.file.file")} accept=".csv,text/csv" />
        <Button type="submit" tone="primary" working={t("tasks.file.acting")}>
          {t("tasks.file.act")}
        </Button>
      </Form>
    </Page>
  );
}

import "#app/i18n/english/treaty-status.ts";
import { data, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import type { Actor } from "#app/domain/actor.ts";
import { Conflict, Invalid } from "#app/domain/errors.ts";
import { columnNames, longestTable, readStatusTable, type TableProblem } from "#app/domain/law/status-table.ts";
import { tableTextOf } from "#app/domain/law/table-file.ts";
import { type Comparison, compareTreatyStatus, importTreatyStatus } from "#app/domain/law/treaty-status.server.ts";
import { form, type Refusal, signedIn } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { readerOf } from "#app/reader.server.ts";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { FileField } from "#app/ui/FileField.tsx";
import { Form } from "#app/ui/Form.tsx";
import { HomeFrame } from "#app/ui/HomeFrame.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { StatusPreview } from "#app/ui/law/StatusPreview.tsx";
import { TableProblems } from "#app/ui/law/TableProblems.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { TextArea } from "#app/ui/TextArea.tsx";

export const loader = signedIn("treatyStatus.import", async ({ me }) => ({
  reader: readerOf(me),
  columns: columnNames.join(", "),
}));

const Table = z.string().max(longestTable, "table-too-long").optional();
const Import = z.discriminatedUnion("act", [
  z.object({ act: z.literal("preview"), text: Table, file: z.instanceof(Blob).optional() }),
  z.object({ act: z.literal("record"), text: Table, seen: z.coerce.number("required").int().min(0) }),
]);

type Answer = { text: string } & ({ refused: TableProblem[] } | { comparison: Comparison });

export const action = signedIn("treatyStatus.import", async ({ actor, request }) => {
  const input = await form(request, Import);
  if (input.act === "preview") {
    const answer = await preview(actor, input.file?.size ? await tableTextOf(input.file) : (input.text ?? ""));
    return data<Answer>(answer, { status: "refused" in answer ? 422 : 200 });
  }
  const { rows, problems } = readStatusTable(input.text ?? "");
  if (problems.length > 0) throw new Conflict("table-refused");
  const { recorded } = await importTreatyStatus(actor, { rows, seen: input.seen });
  throw redirect(`/admin/treaty-status?recorded=${recorded}`);
});

async function preview(actor: Actor, text: string): Promise<Answer> {
  if (text.trim() === "") throw new Invalid({ text: "table-missing" });
  const { rows, problems } = readStatusTable(text);
  if (problems.length > 0) return { text, refused: problems };
  const comparison = await compareTreatyStatus(actor, rows);
  return comparison.problems.length > 0 ? { text, refused: comparison.problems } : { text, comparison };
}

export const meta: MetaFunction = ({ matches }) =>
  pageTitle(matches, (t) => [t("treatyStatus.import.title"), t("treatyStatus.title")]);

export default function ImportStatusPage() {
  const { t } = useTranslation();
  const { reader, columns } = useLoaderData<typeof loader>();
  const answer = useActionData<Answer | Refusal>();
  const list = "/admin/treaty-status";
  const read = answer && "text" in answer ? answer : null;
  return (
    <HomeFrame reader={reader}>
      <Page>
        <Masthead
          title={t("treatyStatus.import.title")}
          sub={t("treatyStatus.import.lead")}
          crumbs={[{ label: t("treatyStatus.title"), to: list }, { label: t("treatyStatus.import.title") }]}
        />
        {read && "refused" in read && <TableProblems problems={read.refused} />}
        {read && "comparison" in read && <StatusPreview text={read.text} comparison={read.comparison} />}
        <TableForm
          key={read?.text}
          columns={columns}
          text={read?.text}
          refusal={answer && "problems" in answer ? answer : null}
          first={!read || "refused" in read}
        />
      </Page>
    </HomeFrame>
  );
}

type FormProps = { columns: string; text: string | undefined; refusal: Refusal | null; first: boolean };

function TableForm({ columns, text, refusal, first }: FormProps) {
  const { t } = useTranslation();
  const labels = { text: t("treatyStatus.import.text"), file: t("treatyStatus.import.file") };
  return (
    <Form encType="multipart/form-data" refusal={refusal} labels={labels}>
      <TextArea
        name="text"
        label={labels.text}
        hint={t("treatyStatus.import.textHint", { columns })}
        rows={10}
        defaultValue={text}
      />
      <FileField
        name="file"
        label={labels.file}
        hint={t("treatyStatus.import.fileHint")}
        required={false}
        accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
      />
      <ButtonRow>
        <Button
          tone={first ? "primary" : undefined}
          type="submit"
          name="act"
          value="preview"
          working={t("treatyStatus.import.previewing")}
        >
          {t("treatyStatus.import.preview")}
        </Button>
        {first && (
          <LinkButton to="/admin/treaty-status" tone="quiet">
            {t("shell.cancel")}
          </LinkButton>
        )}
      </ButtonRow>
    </Form>
  );
}

import "#app/i18n/english/editor.ts";
import "#app/i18n/english/imports.ts";
import type { MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { getText } from "#app/domain/documents/document.server.ts";
import { readLanguages } from "#app/domain/documents/languages.server.ts";
import { isEditable } from "#app/domain/documents/states.ts";
import { languageIn } from "#app/domain/documents/text.ts";
import { Conflict } from "#app/domain/errors.ts";
import { type ReadIn, readIn } from "#app/domain/import/read-in.server.ts";
import { fileOf } from "#app/domain/import/upload.server.ts";
import { LanguageBar } from "#app/editor/LanguageBar.tsx";
import { inJit, type Refusal } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { textPath } from "#app/ui/agreement/text-path.ts";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { FileField } from "#app/ui/FileField.tsx";
import { Form } from "#app/ui/Form.tsx";
import { ImportPreview } from "#app/ui/import/ImportPreview.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";

export const loader = inJit("document.readIn", async ({ actor, jit, request, params }) => {
  const { id, state } = await getText(actor, jit.id, params.annex);
  if (!isEditable(state)) throw new Conflict("not-editable");
  const begun = await readLanguages(actor, { jit: jit.id, document: id });
  const language = languageIn(begun, askedIn(request));
  const path = textPath(jit.reference, params.annex);
  return {
    document: id,
    path,
    begun,
    language,
    search: language === "en" ? "" : `?text=${encodeURIComponent(language)}`,
  };
});

/** A file is read into the language in the address, as the text itself is shown. */
const askedIn = (request: Request) => new URL(request.url).searchParams.get("text");

export const action = inJit("document.readIn", async ({ actor, jit, request, params }): Promise<{ read: ReadIn }> => {
  const file = await fileOf(request, "file");
  const { id } = await getText(actor, jit.id, params.annex);
  return { read: await readIn(actor, { jit: jit.id, document: id, asked: askedIn(request), file }) };
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("imports.title")]);

const word = ".docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document";

export default function ImportPage() {
  const { t } = useTranslation();
  const { document, path, begun, language, search } = useLoaderData<typeof loader>();
  const answer = useActionData<{ read: ReadIn } | Refusal>();
  const read = answer && "read" in answer ? answer.read : null;
  return (
    <Page form={!read}>
      <Masthead
        title={t("imports.title")}
        sub={read ? undefined : t("imports.lead")}
        crumbs={[{ label: t("editor.title"), to: path + search }, { label: t("imports.title") }]}
      />
      {read ? (
        <ImportPreview {...{ read, document, path, search }} />
      ) : (
        <Form
          encType="multipart/form-data"
          refusal={answer && "problems" in answer ? answer : null}
          labels={{ file: t("imports.file") }}
        >
          {begun.length > 1 && (
            <div className="import-into">
              <p className="label">{t("imports.into")}</p>
              <LanguageBar languages={{ offered: begun, begun }} shown={language} />
            </div>
          )}
          <FileField name="file" label={t("imports.file")} hint={t("imports.fileHint")} accept={word} />
          <ButtonRow>
            <Button tone="primary" type="submit" working={t("imports.acting")}>
              {t("imports.act")}
            </Button>
            <LinkButton to={path + search} tone="quiet">
              {t("imports.back")}
            </LinkButton>
          </ButtonRow>
        </Form>
      )}
    </Page>
  );
}

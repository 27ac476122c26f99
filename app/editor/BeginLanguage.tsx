import "#app/i18n/english/editor.ts";
import { languageName } from "#app/domain/names/names.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { Button } from "#app/ui/Button.tsx";
import { EmptyState } from "#app/ui/EmptyState.tsx";
import { Form } from "#app/ui/Form.tsx";

type Props = { document: string; language: string; mayBegin: boolean; authentic: boolean };

/** In place of a text that is not there yet: what it begins with, and the way to begin it. */
export function BeginLanguage({ document, language, mayBegin, authentic }: Props) {
  const { t, i18n } = useTranslation();
  const named = { language: languageName(language, i18n.language) };
  return (
    <div className="sheet begin-language">
      <EmptyState lead={t("editor.languages.begin.title", named)}>
        {authentic ? t("editor.languages.begin.text") : t("editor.languages.begin.notAuthentic", named)}
      </EmptyState>
      {authentic && !mayBegin && <p className="hint">{t("editor.languages.begin.wait")}</p>}
      {authentic && mayBegin && (
        <Form>
          <Meant {...{ document, language }} />
          <Button tone="primary" type="submit" working={t("editor.languages.begin.acting")}>
            {t("editor.languages.begin.act", named)}
          </Button>
        </Form>
      )}
    </div>
  );
}

/** Above a text that has not all clauses of the one it is compared with: the way to bring them in. */
export function LackingClauses({ document, language, count }: { document: string; language: string; count: number }) {
  const { t } = useTranslation();
  return (
    <Banner tone="note" title={t("editor.languages.lacking", { count })}>
      <Form apart>
        <Meant {...{ document, language }} />
        <Button small type="submit" working={t("editor.languages.begin.acting")}>
          {t("editor.languages.add", { count })}
        </Button>
      </Form>
    </Banner>
  );
}

function Meant({ document, language }: { document: string; language: string }) {
  return (
    <>
      <input type="hidden" name="act" value="begin" />
      <input type="hidden" name="document" value={document} />
      <input type="hidden" name="language" value={language} />
    </>
  );
}

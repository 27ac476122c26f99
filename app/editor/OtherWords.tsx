import "#app/i18n/english/editor.ts";
import { useFetcher } from "@remix-run/react";
import { Check } from "lucide-react";
import { useEffect, useState } from "react";
import type * as Y from "yjs";
import { type Comparison, comparedWith, digestOfClauses } from "#app/domain/checks/comparison.ts";
import type { Fields } from "#app/domain/documents/field-text.ts";
import { fieldsOf, languagesOf, readText } from "#app/domain/documents/text.ts";
import type { TextNode } from "#app/domain/documents/text-node.ts";
import { languageName } from "#app/domain/names/names.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "#app/ui/Button.tsx";
import { FormProblems } from "#app/ui/FormProblems.tsx";
import type { Refusal } from "#app/ui/form-context.ts";
import { Status } from "#app/ui/Status.tsx";
import { ClauseWords } from "./FrozenText.tsx";
import type { OutlineEntry } from "./outline.ts";
import { whenQuiet } from "./when-quiet.ts";

type Props = {
  doc: Y.Doc;
  document: string;
  clause: OutlineEntry;
  language: string;
  comparisons: readonly Comparison[];
  mayEdit: boolean;
};

/** For whoever writes in another language: the clause at the caret in English, and whether somebody has compared them. */
export function OtherWords({ doc, document, clause, language, comparisons, mayEdit }: Props) {
  const { t, i18n } = useTranslation();
  const words = useWords(doc, language, clause.id);
  if (!words) return null;
  const named = { language: languageName(words.language, i18n.language) };
  const { digest } = words;
  const holds = comparisons.some(
    (one) => one.clause === clause.id && one.language === language && one.digest === digest,
  );
  return (
    <section>
      <h3>{t("editor.languages.other", named)}</h3>
      {words.clause ? (
        <ClauseWords clause={words.clause} number={clause.number} fields={words.fields} language={words.language} />
      ) : (
        <p className="hint">{t("editor.languages.otherGone", named)}</p>
      )}
      {holds && (
        <Status tone="good" icon={Check}>
          {t("editor.languages.compared")}
        </Status>
      )}
      {!holds && digest && mayEdit && (
        <Compare
          key={clause.id}
          {...{ document, clause: clause.id, language, digest }}
          label={t("editor.languages.compare", named)}
        />
      )}
      {!holds && digest && !mayEdit && <p className="hint">{t("editor.languages.notCompared")}</p>}
    </section>
  );
}

type CompareProps = { document: string; clause: string; language: string; digest: string; label: string };

function Compare({ label, ...input }: CompareProps) {
  const { Form, data, state } = useFetcher<Refusal | null>();
  const problems = data && "problems" in data ? data.problems : null;
  return (
    <Form method="post">
      {problems && <FormProblems problems={problems} />}
      {Object.entries(input).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button type="submit" small name="act" value="compare" busy={state !== "idle"}>
        {label}
      </Button>
    </Form>
  );
}

type Words = { language: string; clause: TextNode | null; fields: Fields; digest: string | null };

/** The clause in the language that this one is compared with, looked at anew when people rest; null: it is that one. */
function useWords(doc: Y.Doc, language: string, id: string): Words | null {
  const [words, setWords] = useState<Words | null>(null);
  useEffect(
    () =>
      whenQuiet(doc, () => {
        const base = comparedWith(languagesOf(doc));
        if (base === undefined || base === language) return setWords(null);
        const [there, here] = [base, language].map((one) =>
          readText(doc, one).content?.find(({ attrs }) => attrs?.clauseId === id),
        );
        const digest = there && here ? digestOfClauses(there, here) : null;
        setWords({ language: base, clause: there ?? null, fields: fieldsOf(doc), digest });
      }),
    [doc, language, id],
  );
  return words;
}

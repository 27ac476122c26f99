import "#app/i18n/english/imports.ts";
import type { ReadIn } from "#app/domain/import/read-in.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Select } from "../Select.tsx";
import { type Choice, choicesFor } from "./choices.ts";

type Part = ReadIn["parts"][number];
type Props = { part: Part; index: number; choice: Choice; onChoose: (choice: Choice) => void };

/** So many lines stand open; the others behind a line that says how many. */
const shownLines = 6;

/** One part of the file: where it would go, what it says, and what becomes of it. */
export function ImportPart({ part, index, choice, onChoose }: Props) {
  const { t } = useTranslation();
  const { clause, heading, retitled, lines, values } = part;
  return (
    <article className={choice === "leave" ? "import-part left" : "import-part"} aria-labelledby={`part-${index}`}>
      <h3 id={`part-${index}`}>
        {clause
          ? t("imports.preview.clause", { number: clause.number, title: clause.title })
          : t("imports.preview.newClause")}
      </h3>
      <p className="sub" dir="auto">
        {heading ? t("imports.preview.heading", { heading: `\u2068${heading}\u2069` }) : t("imports.preview.front")}
      </p>
      {retitled !== null && (
        <p className="sub" dir="auto">
          {t("imports.preview.retitled", { title: `\u2068${retitled}\u2069` })}
        </p>
      )}
      <Lines lines={lines} />
      {values.length > 0 && <p className="hint">{t("imports.preview.values", { values: values.join(", ") })}</p>}
      <Select
        name={`how-${index}`}
        label={t("imports.preview.how")}
        defaultValue={choice}
        options={choicesFor(part).map((value) => ({ value, label: t(`imports.preview.hows.${value}`) }))}
        onChange={({ target }) => onChoose(target.value as Choice)}
      />
    </article>
  );
}

function Lines({ lines }: Pick<Part, "lines">) {
  const { t } = useTranslation();
  if (lines.length === 0) return <p className="hint">{t("imports.preview.noWords")}</p>;
  const rest = lines.slice(shownLines);
  return (
    <div className="import-lines">
      {lines.slice(0, shownLines).map(line)}
      {rest.length > 0 && (
        <details>
          <summary>{t("imports.preview.more", { count: rest.length })}</summary>
          {rest.map(line)}
        </details>
      )}
    </div>
  );
}

function line({ text, dir }: Part["lines"][number], index: number) {
  return (
    <p key={index} dir={dir}>
      {text}
    </p>
  );
}

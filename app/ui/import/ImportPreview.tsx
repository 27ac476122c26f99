import "#app/i18n/english/imports.ts";
import { useNavigate } from "@remix-run/react";
import { type FormEvent, useState } from "react";
import type { LeftOut } from "#app/domain/import/file.ts";
import type { ReadIn } from "#app/domain/import/read-in.server.ts";
import { type BroughtPart, holdForEditor } from "#app/editor/bring-in.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Banner } from "../Banner.tsx";
import { Button } from "../Button.tsx";
import { ButtonRow } from "../ButtonRow.tsx";
import { LinkButton } from "../LinkButton.tsx";
import { Section } from "../Section.tsx";
import { type Choice, firstChoice, fitsAtOnce, titleOf } from "./choices.ts";
import { ImportPart } from "./ImportPart.tsx";

/** `path`: of the text into which the words come; `search`: its language, as it stands in the address. */
type Props = { read: ReadIn; document: string; path: string; search: string };

/** What a file says beside the clauses it belongs to; the person chooses, and the own editor puts it in. */
export function ImportPreview({ read, document, path, search }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [choices, setChoices] = useState<Choice[]>(() => read.parts.map((part) => firstChoice(part, read)));
  const chosen = choices.some((choice) => choice !== "leave");
  const against = chosen ? (fitsAtOnce(read.parts, choices) ? null : t("imports.tooMuch")) : t("imports.nothingChosen");
  const put = (event: FormEvent) => {
    event.preventDefault();
    if (against !== null) return;
    holdForEditor(document, broughtParts(read, choices, t("imports.preview.untitled")));
    navigate(path + search);
  };
  return (
    <form onSubmit={put} className="import">
      <Banner tone="note" title={t("imports.preview.lead")} live>
        {read.ours && t("imports.preview.ours")}
      </Banner>
      <Section title={t("imports.preview.parts")} count={read.parts.length}>
        {read.parts.length === 0 && <p>{t("imports.preview.none")}</p>}
        {read.parts.map((part, index) => (
          <ImportPart
            // The parts of one reading never change their order.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={index}
            part={part}
            index={index}
            choice={choices[index] ?? "leave"}
            onChoose={(choice) => setChoices(choices.map((old, at) => (at === index ? choice : old)))}
          />
        ))}
      </Section>
      <NotBrought read={read} />
      {read.parts.length > 0 && <p className="hint">{t("imports.bringHint")}</p>}
      <ButtonRow>
        {read.parts.length > 0 && (
          <Button tone="primary" type="submit" notPossible={against}>
            {t("imports.bring")}
          </Button>
        )}
        <LinkButton to={`${path}/import${search}`} tone="secondary" download>
          {t("imports.again")}
        </LinkButton>
        <LinkButton to={path + search} tone="quiet">
          {t("imports.back")}
        </LinkButton>
      </ButtonRow>
    </form>
  );
}

function NotBrought({ read: { leftOut, same, missing } }: { read: ReadIn }) {
  const { t, i18n } = useTranslation();
  const listed = (numbers: number[]) => new Intl.ListFormat(i18n.language).format(numbers.map(String));
  const kinds = Object.entries(leftOut) as [keyof LeftOut, number][];
  if (kinds.length + same.length + missing.length === 0) return null;
  return (
    <Section title={t("imports.preview.rest")}>
      <ul className="import-rest">
        {same.length > 0 && <li>{t("imports.preview.same", { numbers: listed(same) })}</li>}
        {missing.length > 0 && <li>{t("imports.preview.missing", { numbers: listed(missing) })}</li>}
        {kinds.map(([kind, count]) => (
          <li key={kind}>{t(`imports.leftOut.${kind}`, { count })}</li>
        ))}
      </ul>
    </Section>
  );
}

function broughtParts({ parts }: ReadIn, choices: readonly Choice[], untitled: string): BroughtPart[] {
  return parts.flatMap((part, index): BroughtPart[] => {
    const choice = choices[index] ?? "leave";
    if (choice === "leave") return [];
    const clause = choice === "new" ? null : (part.clause?.id ?? null);
    const title = clause === null ? titleOf(part, untitled) : choice === "replace" ? part.retitled : null;
    return [{ clause, how: choice === "replace" ? "replace" : "add", title, blocks: part.blocks }];
  });
}

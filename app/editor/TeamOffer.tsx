import "#app/i18n/english/editor.ts";
import { uuidv4 } from "lib0/random";
import { type Cells, cellKey, columnsOf } from "#app/domain/documents/field-rows.ts";
import { cellText } from "#app/domain/documents/field-text.ts";
import { fieldLabel } from "#app/domain/documents/labels.ts";
import {
  differencesFromTeam,
  type RowChange,
  type TeamFacts,
  type TeamTable,
} from "#app/domain/documents/team-rows.ts";
import type { Column } from "#app/domain/templates/fields.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "#app/ui/Button.tsx";
import { rowWords } from "./RowsControl.tsx";
import type { SharedFields } from "./shared-fields.ts";

type Props = { fields: SharedFields; table: TeamTable; team: TeamFacts; language: string };

/** Where the records of the team say something else than the table, and one edit that makes them agree. */
export function TeamOffer({ fields, table, team, language }: Props) {
  const { t } = useTranslation();
  const changes = differencesFromTeam(table, fields.rows(table), team);
  if (changes.length === 0) return null;
  return (
    <div className="p-offer">
      <p>{t("editor.team.differs")}</p>
      <ul>
        {changes.map((change) => (
          <li key={JSON.stringify(change)}>{wordsOf(change, table, language, t)}</li>
        ))}
      </ul>
      <Button small onPress={() => takeOver(fields, table, changes)}>
        {t("editor.team.takeOver")}
      </Button>
    </div>
  );
}

function wordsOf(
  change: RowChange,
  table: TeamTable,
  language: string,
  t: ReturnType<typeof useTranslation>["t"],
): string {
  const columns = columnsOf(table) ?? [];
  if (change.kind === "add") return t("editor.team.add", { row: inWords(columns, change.cells, language) });
  const row = inWords(columns.slice(0, 2), change.before, language);
  if (change.kind === "remove") return t("editor.team.remove", { row });
  const values = columns
    .filter(({ name }) => name in change.cells)
    .map((column) =>
      t("editor.team.value", {
        name: fieldLabel(column.name),
        value: cellText(column, change.cells[column.name], language),
      }),
    );
  return t("editor.team.change", { row, values: values.join("; ") });
}

/** Each cell keeps its own direction (FSI and PDI of Unicode), whatever stands beside it. */
const inWords = (columns: readonly Column[], cells: Cells, language: string) =>
  rowWords(columns, cells, language)
    .map((word) => `\u2068${word}\u2069`)
    .join(" · ");

function takeOver(fields: SharedFields, table: TeamTable, changes: readonly RowChange[]): void {
  fields.together(() => {
    for (const change of changes) {
      if (change.kind === "add") fields.addRow(table, uuidv4().replaceAll("-", "").slice(0, 16), change.cells);
      else if (change.kind === "remove") fields.removeRow(table, change.id);
      else
        for (const [column, value] of Object.entries(change.cells))
          fields.set(cellKey(table, change.id, column), value);
    }
  });
}

import { textView } from "../checks/text-view.ts";
import { placeholdersIn } from "../checks/wording.ts";
import type { FrozenPlan } from "./frozen-plan.ts";
import { fieldsOf, type PlanKind } from "./kinds.ts";

/** Words in the plan that someone meant to fill in, and where: a row, or a clause of its text by the number readers see. */
export type LeftToFill = { words: string } & (
  | { in: "row"; kind: PlanKind; code: string }
  | { in: "text"; clause: number; language: string }
);

/** What V45 finds in an arrangement ("[insert …]", "TBD"), looked for in the rows and the text of the plan. */
export function leftToFill({ rows, narrative }: Pick<FrozenPlan, "rows" | "narrative">): LeftToFill[] {
  const typed = rows.flatMap(({ kind, code, values }) =>
    fieldsOf(kind)
      .filter(({ is }) => is === "words" || is === "long")
      .flatMap(({ name }) => placeholdersIn(values[name] ?? ""))
      .map((words) => ({ in: "row", kind, code, words }) as const),
  );
  const written = Object.entries(narrative?.languages ?? {}).flatMap(([language, doc]) =>
    textView(language, doc).clauses.flatMap(({ number, blocks }) =>
      blocks
        .flatMap(({ text }) => placeholdersIn(text))
        .map((words) => ({ in: "text", clause: number, language, words }) as const),
    ),
  );
  return [...typed, ...written];
}

import { type Content, canonicalForm, clauseDigests, digestOfText } from "../documents/content.ts";
import { maySee, type Reader } from "../tasks/handling.ts";
import { byCode, planKinds } from "./kinds.ts";
import type { PlanRow } from "./row.ts";

/** Name and version of what is approved; a plan of another form would have another digest. */
export const planTemplate = "jit-plan R-2026.1";

/** A row as it is approved: what was typed, and the instants that followed from it then. `after` stands beside `values`. */
export type FrozenRow = Pick<PlanRow, "id" | "kind" | "code" | "values" | "after" | "startsAt" | "lateFrom">;

/** What the leaders approve: its digest is the SHA-256 of its canonical form (RFC 8785). */
export type FrozenPlan = {
  template: typeof planTemplate;
  reference: string;
  rows: FrozenRow[];
  /** annex A3, the text of the plan; null where none is written */
  narrative: Content | null;
};

/** Any leader, of whichever party: what such a reader sees is what all leaders see, and only that can be approved by all. */
export const anyLeader: Reader = { roles: ["leader"], partyId: null, memberId: null };

/** The same bytes for the same plan, whatever the order in which the rows came. */
export function freezePlan(plan: Omit<FrozenPlan, "template" | "rows"> & { rows: readonly PlanRow[] }): {
  canonical: string;
  digest: string;
} {
  const rows = plan.rows
    .map(({ id, kind, code, values: { after: _codes, ...values }, after, startsAt, lateFrom }) => ({
      ...{ id, kind, code, values, startsAt, lateFrom },
      after: [...after].sort(byCode),
    }))
    .sort((a, b) => planKinds.indexOf(a.kind) - planKinds.indexOf(b.kind) || byCode(a.code, b.code));
  const canonical = canonicalForm({ template: planTemplate, ...plan, rows });
  return { canonical, digest: digestOfText(canonical) };
}

type Named = {
  members: readonly { id: string; latinName: string }[];
  parties: readonly { id: string; state: string }[];
};

/** Frozen rows as a reader may see them now: handling codes count as they were approved, and no card is told of. */
export function rowsForReader(rows: readonly FrozenRow[], reader: Reader, { members, parties }: Named): PlanRow[] {
  const all = rows.map((row): PlanRow => {
    const { party, member, handling, handlingParty } = row.values;
    return {
      ...row,
      state: parties.find(({ id }) => id === party)?.state ?? null,
      memberId: member || null,
      responsible: members.find(({ id }) => id === member)?.latinName ?? null,
      handling: (handling || "LEADERS") as PlanRow["handling"],
      handlingState: parties.find(({ id }) => id === handlingParty)?.state ?? null,
      cards: [],
    };
  });
  const seen = all.filter(({ handling, values, memberId }) =>
    maySee(reader, { handling, handlingPartyId: values.handlingParty || null, memberId, helpers: [] }),
  );
  const codes = new Set(seen.flatMap(({ kind, code }) => (kind === "action" ? [code] : [])));
  return seen.map((row) => ({ ...row, after: row.after.filter((code) => codes.has(code)) }));
}

/** What became of a row between two states of the plan; `fields`: those that differ, by name, before and after. */
export type RowChange = Pick<FrozenRow, "kind" | "code"> & {
  title: string;
  how: "added" | "removed" | "changed";
  fields: { name: string; before: string; after: string }[];
};

type Compared = Pick<FrozenRow, "id" | "kind" | "code" | "values" | "after">;

/** Row by row, in the order of the tables. A row is the same row by its id, whatever stands in it. */
export function changesBetween(before: readonly Compared[], after: readonly Compared[]): RowChange[] {
  const old = new Map(before.map((row) => [row.id, row]));
  const fresh = new Map(after.map((row) => [row.id, row]));
  const told = ({ kind, code, values }: Compared) => ({ kind, code, title: values.title ?? "" });
  const changes = [...new Map([...old, ...fresh]).values()].flatMap((row): RowChange[] => {
    const [was, is] = [old.get(row.id), fresh.get(row.id)];
    if (!was) return [{ ...told(row), how: "added", fields: [] }];
    if (!is) return [{ ...told(row), how: "removed", fields: [] }];
    const [left, right] = [valuesOf(was), valuesOf(is)];
    const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
    const fields = names.flatMap((name) => {
      const [one, other] = [left[name] ?? "", right[name] ?? ""];
      return one === other ? [] : [{ name, before: one, after: other }];
    });
    return fields.length > 0 ? [{ ...told(is), how: "changed", fields }] : [];
  });
  return changes.sort((a, b) => planKinds.indexOf(a.kind) - planKinds.indexOf(b.kind) || byCode(a.code, b.code));
}

/** What an action waits for stands in the row once, as its codes. */
function valuesOf({ kind, values, after }: Compared): Record<string, string> {
  return kind === "action" ? { ...values, after: [...after].sort(byCode).join(", ") } : values;
}

/** Ids of the clauses of the text that are not the same any more, in the order of the later text, then of the earlier. */
export function clausesBetween(before: Content | null, after: Content | null): string[] {
  const [old, fresh] = [before, after].map((content) => (content ? clauseDigests(content) : new Map<string, string>()));
  const ids = [...new Set([...(fresh?.keys() ?? []), ...(old?.keys() ?? [])])];
  return ids.filter((id) => old?.get(id) !== fresh?.get(id));
}

import { type DocumentState, livingStates } from "../documents/states.ts";
import annexes from "./annexes.json" with { type: "json" };

/** One of the fourteen annexes that an arrangement may have. */
export type AnnexKind = {
  /** "A3" */
  id: string;
  name: string;
  /** name and version of its template; stands in every frozen text made from it */
  template: string;
  /** one for each body, extension or review: numbered "A2-1", "A2-2"; the others there are once */
  several: boolean;
  /** begins in these states of the arrangement; part of what is signed with it when that is before signature */
  begins: readonly DocumentState[];
};

const before = ["draft", "negotiation"] as const;
const running = livingStates;
const untilTheEnd = [...livingStates, "expired", "terminated", "closing"] as const;

/*
 * A1 to A7 say how the team works and belong to the text that is signed. A8 to A11 change or end what is in force; A12
 * to A14 look back on it (domain handbook 3.12 and 4.4).
 */
const begins: Readonly<Record<string, readonly DocumentState[]>> = {
  A8: running,
  A9: running,
  A10: running,
  A11: running,
  A12: untilTheEnd,
  A13: untilTheEnd,
  A14: untilTheEnd,
};

export const annexKinds: readonly AnnexKind[] = annexes.map(({ id, name }) => ({
  id,
  name,
  template: `jit-annex ${id} R-2026.1`,
  several: id === "A2" || id in begins,
  begins: begins[id] ?? before,
}));

const byId = new Map(annexKinds.map((kind) => [kind.id, kind]));

/** The kind of an annex by its own number or by that of one of several: "A2" and "A2-1" alike. */
export function findAnnexKind(annex: string): AnnexKind | undefined {
  return byId.get(annex.split("-", 1)[0] ?? "");
}

export type AnnexId = `A${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14}`;

/** "A2-1" → "A2". The number is one that was stored, so it is one of the fourteen. */
export function annexIdOf(annex: string): AnnexId {
  return annex.split("-", 1)[0] as AnnexId;
}

/** True for an annex that is signed with the arrangement (A1 to A7) and so stands in its digest. */
export function isSignedWithArrangement(annex: string): boolean {
  return findAnnexKind(annex)?.begins === before;
}

/**
 * True for an annex that extends, changes, enlarges or ends an arrangement in force (A8 to A11): a child of it, which is
 * signed for itself and has its effect with the last signature.
 */
export function isChild(annex: string): boolean {
  return findAnnexKind(annex)?.begins === running;
}

/** "A2" before "A2-1" before "A2-10" before "A10". */
export function inOrderOfAnnexes(one: string, other: string): number {
  return one.localeCompare(other, "en", { numeric: true });
}

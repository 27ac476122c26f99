import { z } from "zod";
import { now } from "#app/platform/clock.ts";
import { queryOf, type Transaction } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { canonicalText } from "../documents/canonical.server.ts";
import { clausesOf } from "../documents/clauses.ts";
import { rebuild } from "../documents/history.server.ts";
import { Conflict, NotFound } from "../errors.ts";
import { view } from "../view.server.ts";
import { checkAnnex, checkArrangement } from "./check.ts";
import { type Comparison, comparedWith, digestOfClauses } from "./comparison.ts";
import { factsOf } from "./facts.server.ts";
import type { Facts } from "./facts.ts";
import { type Finding, severityOf } from "./finding.ts";
import type { Override } from "./overrides.ts";
import { ruleSet } from "./rules.ts";

export const OverrideFinding = z.object({
  rule: z.string("required").max(10),
  basis: z.string("required").length(64),
  reason: z.string("required").trim().min(1, "required").max(2000, "too-long"),
});
export type OverrideFinding = z.infer<typeof OverrideFinding>;

export const CompareClause = z.object({
  clause: z.string("required").max(64, "too-long"),
  language: z.string("required").max(35, "too-long"),
  digest: z.string("required").regex(/^[0-9a-f]{64}$/, "wrong-kind"),
});
type CompareClause = z.infer<typeof CompareClause>;

type Target = { jit: string; document: string };

/** What a browser needs to check the text while people write in it. */
export function readChecking(actor: Actor, target: Target): Promise<{ facts: Facts; overrides: Override[] }> {
  return view(actor, "document.read", target, async (db) => ({
    facts: await factsAround(db, target),
    overrides: await overridesOf(db, target.document),
  }));
}

/** The findings in the text as it is stored now, and what was overridden. */
export function checkDocument(
  actor: Actor,
  target: Target,
): Promise<{ findings: Finding[]; overrides: Override[]; numbers: Record<string, number> }> {
  return view(actor, "document.read", target, async (db) => ({
    ...(await checkStored(db, target)),
    overrides: await overridesOf(db, target.document),
  }));
}

/** The text as it is stored now, checked against the schema. Throws NotFound. */
async function storedText(db: Transaction, { jit, document: id }: Target) {
  const document = await db.document.findFirst({ where: { id, jitId: jit } });
  if (!document) throw new NotFound();
  const doc = await rebuild(queryOf(db), { document: id, epoch: document.epoch });
  return { document, ...canonicalText(doc, document.template) };
}

/** Findings, and the numbers of the clauses by their ids. */
async function checkStored(db: Transaction, target: Target) {
  const { document, fields, languages } = await storedText(db, target);
  const check = document.annex === null ? checkArrangement : checkAnnex;
  const text = languages.en ?? Object.values(languages)[0];
  return {
    findings: check({ fields, languages, facts: await factsAround(db, target) }),
    numbers: Object.fromEntries((text ? clausesOf(text) : []).map((clause) => [clause.id, clause.number])),
  };
}

function overridesOf(db: Transaction, document: string): Promise<Override[]> {
  return queryOf(db)<Override>(
    `SELECT rule, basis, reason, at, name, "latinName", state FROM (
       SELECT DISTINCT ON (o.rule, o.basis) o.id, o.rule, o.basis, o.reason, o.at, o.taken_back, p.name,
              p.latin_name AS "latinName", a.state
         FROM finding_override o JOIN person p ON p.id = o.person_id JOIN authority a ON a.id = p.authority_id
        WHERE o.document_id = $1::uuid ORDER BY o.rule, o.basis, o.id DESC) last
      WHERE NOT taken_back ORDER BY id`,
    [document],
  );
}

/**
 * Leaves a warning as it is, for all parties, with the reason (3.13). Throws Conflict("finding-gone") when the text says
 * something else by now, "finding-blocks" for what cannot be overridden, "already-there" when someone was first.
 */
export function overrideFinding(actor: Actor, input: Target & OverrideFinding): Promise<void> {
  const { jit, document, rule, basis, reason } = input;
  return change(actor, "finding.override", { jit, document }, async (tx) => {
    const { findings } = await checkStored(tx, { jit, document });
    const same = findings.filter((one) => one.rule === rule);
    if (same.some((one) => severityOf(one) !== "warning")) throw new Conflict("finding-blocks");
    const found = same.find((one) => one.basis === basis);
    if (!found) throw new Conflict("finding-gone");
    if ((await overridesOf(tx, document)).some(isOf(input))) throw new Conflict("already-there");
    const id = await addRow(tx, actor, input, false);
    return {
      result: undefined,
      facts: { document, override: id, rule, ruleSet, clause: found.clause, basis },
      details: { reason },
    };
  });
}

/** The warning stands again, with the reason why. Throws Conflict("finding-gone") when nobody overrides it now. */
export function takeBackOverride(actor: Actor, input: Target & OverrideFinding): Promise<void> {
  const { jit, document, rule, basis, reason } = input;
  return change(actor, "finding.takeBackOverride", { jit, document }, async (tx) => {
    if (!(await overridesOf(tx, document)).some(isOf(input))) throw new Conflict("finding-gone");
    const id = await addRow(tx, actor, input, true);
    return { result: undefined, facts: { document, override: id, rule, ruleSet, basis }, details: { reason } };
  });
}

const isOf = (input: OverrideFinding) => (one: Override) => one.rule === input.rule && one.basis === input.basis;

async function addRow(tx: Transaction, actor: Actor, input: Target & OverrideFinding, takenBack: boolean) {
  const { jit: jitId, document: documentId, rule, basis, reason } = input;
  const id = newId();
  const row = { id, jitId, documentId, personId: actor.personId, rule, basis, reason, at: now(), takenBack };
  await tx.findingOverride.create({ data: row });
  return id;
}

/**
 * The person has read the clause in two languages and says that it says the same (V33): to the very words that were
 * read, named by their digest. Throws Conflict("words-not-compared") when the text says something else by now.
 */
export function compareClause(actor: Actor, input: Target & CompareClause): Promise<void> {
  const { jit, document: id, clause, language, digest } = input;
  return change(actor, "clause.compare", { jit, document: id }, async (tx) => {
    const { languages } = await storedText(tx, { jit, document: id });
    const base = comparedWith(Object.keys(languages));
    const [there, here] = [base, language].map((one) =>
      (one === undefined ? undefined : languages[one])?.content?.find(({ attrs }) => attrs?.clauseId === clause),
    );
    if (base === undefined || base === language || !there || !here || digestOfClauses(there, here) !== digest)
      throw new Conflict("words-not-compared");
    const row = { clauseId: clause, language, digest, personId: actor.personId, at: now() };
    await tx.clauseComparison.create({ data: { id: newId(), jitId: jit, documentId: id, ...row } });
    return { result: undefined, facts: { document: id, clause, language, with: base, digest } };
  });
}

function comparisonsOf(db: Transaction, document: string): Promise<Comparison[]> {
  return queryOf(db)<Comparison>(
    `SELECT DISTINCT ON (clause_id, language) clause_id AS clause, language, digest FROM clause_comparison
      WHERE document_id = $1::uuid ORDER BY clause_id, language, at DESC, id DESC`,
    [document],
  );
}

/** What the checks must know besides the text, of the team and of this document. */
async function factsAround(db: Transaction, { jit, document }: Target): Promise<Facts> {
  return { ...(await factsOf(db, jit)), comparisons: await comparisonsOf(db, document) };
}

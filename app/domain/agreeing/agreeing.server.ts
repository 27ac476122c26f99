import { z } from "zod";
import { now } from "#app/platform/clock.ts";
import { queryOf, type Transaction } from "#app/platform/database.server.ts";
import type { Access } from "../access.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { annexesToSign } from "../documents/annexes.server.ts";
import { contentOf } from "../documents/canonical.server.ts";
import { type ClosedAnnex, canonicalForm, clauseDigests, digestOfText } from "../documents/content.ts";
import { holdDocument } from "../documents/document.server.ts";
import type { Fields } from "../documents/field-text.ts";
import { rebuild } from "../documents/history.server.ts";
import { recordEdits } from "../documents/recording.server.ts";
import { Conflict, Forbidden, NotFound } from "../errors.ts";
import { boundAt } from "../jits/bound.ts";
import { heldAt } from "../jits/validity.ts";
import { concernsAlone } from "../lifecycle/concerned.ts";
import { view } from "../view.server.ts";
import { type AgreeingParty, type Assent, isAgreedByAll, standsOn } from "./assents.ts";

const digest = z.string("required").regex(/^[0-9a-f]{64}$/, "wrong-kind");
export const AgreeToText = z.object({ digest });
export const AgreeToClause = z.object({ clause: z.string("required").max(64, "too-long"), digest });
export const TakeBackClause = AgreeToClause.omit({ digest: true });

type Step = { jit: string; document: string; party: string };

/**
 * The party says yes to a clause: to the very words and values that the person saw, named by their digest. Throws
 * Conflict("words-changed") when these are no longer what the text says, or the clause is gone.
 */
export function agreeToClause(actor: Actor, input: Step & z.infer<typeof AgreeToClause>): Promise<void> {
  return agree(actor, "clause.agree", input, input.clause);
}

/** The party says yes to the whole text (T05 asks for this from every party). Throws as `agreeToClause`. */
export function agreeToText(actor: Actor, input: Step & z.infer<typeof AgreeToText>): Promise<void> {
  return agree(actor, "text.agree", input, null);
}

function agree(
  actor: Actor,
  action: "clause.agree" | "text.agree",
  { jit, document: id, party, digest }: Step & { digest: string },
  clause: string | null,
): Promise<void> {
  return change(actor, action, { jit, document: id, party }, async (tx, access) => {
    const document = await holdDocument(tx, jit, id);
    // First the trail of what was written, so that it stands before the yes to it.
    await recordEdits(queryOf(tx), { document: id, epoch: document.epoch });
    const digests = await digestsOf(tx, document);
    if ((clause === null ? digests.text : digests.clauses.get(clause)) !== digest) throw new Conflict("words-changed");
    await addAssent(tx, actor, access, { jit, document: id, version: document.version, clause, digest });
    const facts = { document: id, version: document.version, party, digest };
    return { result: undefined, facts: clause === null ? facts : { ...facts, clause } };
  });
}

/** The party takes its yes back. Throws Conflict("nothing-to-take-back") when it has given none to this version. */
export function takeBack(actor: Actor, input: Step & { clause: string | null }): Promise<void> {
  const { jit, document: id, party, clause } = input;
  const action = clause === null ? "text.takeBack" : "clause.takeBack";
  return change(actor, action, { jit, document: id, party }, async (tx, access) => {
    const { version } = await holdDocument(tx, jit, id);
    const given = await assentsOf(tx, { document: id, version });
    if (!given.some((one) => one.partyId === party && one.clauseId === clause))
      throw new Conflict("nothing-to-take-back");
    await addAssent(tx, actor, access, { jit, document: id, version, clause, digest: null });
    const facts = { document: id, version, party };
    return { result: undefined, facts: clause === null ? facts : { ...facts, clause } };
  });
}

type Row = { jit: string; document: string; version: number; clause: string | null; digest: string | null };

async function addAssent(tx: Transaction, actor: Actor, access: Access, row: Row): Promise<void> {
  const { partyId } = access;
  if (!partyId) throw new Forbidden();
  const { id: memberId } = await tx.member.findFirstOrThrow({
    where: { jitId: row.jit, personId: actor.personId },
    select: { id: true },
  });
  const { jit: jitId, document: documentId, version, clause: clauseId, digest } = row;
  await tx.assent.create({
    data: { jitId, documentId, version, clauseId, digest, partyId, memberId, at: now() },
  });
}

/** What the parties have said yes to so far in this version of the text, and which parties there are. */
export type Agreed = {
  version: number;
  template: string;
  /** what the digest of the whole text covers besides its own words */
  annexes: ClosedAnnex[];
  parties: AgreeingParty[];
  assents: Assent[];
};

export function listAgreed(actor: Actor, input: { jit: string; document: string }): Promise<Agreed> {
  return view(actor, "document.read", input, async (db) => {
    const document = await documentOf(db, input);
    const { version, template } = document;
    return {
      version,
      template,
      annexes: await closedAnnexes(db, document),
      parties: await partiesOf(db, input.jit),
      assents: await assentsOf(db, { document: input.document, version }),
    };
  });
}

/** The same with the digest of the whole text as it stands now, and what was said to earlier wordings and versions. */
export function readWholeText(actor: Actor, input: { jit: string; document: string }) {
  return view(actor, "document.read", input, async (db) => {
    const document = await documentOf(db, input);
    const assents = await assentsOf(db, { document: document.id, version: document.version });
    const { text: digest, alone } = await digestsOf(db, document);
    const parties = await partiesOf(db, input.jit, alone);
    return {
      version: document.version,
      digest,
      stands: standsOn(parties, assents, { clauseId: null, digest }),
      earlier: await earlierAssents(db, document.id),
    };
  });
}

/**
 * Throws Conflict("not-agreed") unless every party has said yes to the text of this digest (T05); under a notice of
 * withdrawal it is the party alone that leaves.
 */
export async function requireAssents(
  tx: Transaction,
  document: { id: string; jitId: string; version: number; annex: string | null },
  { digest, fields }: { digest: string; fields: Fields },
): Promise<void> {
  const alone = concernsAlone(document.annex, fields);
  const assents = await assentsOf(tx, { document: document.id, version: document.version });
  const stands = standsOn(await partiesOf(tx, document.jitId, alone), assents, { clauseId: null, digest });
  if (!isAgreedByAll(stands)) throw new Conflict("not-agreed");
}

async function documentOf(db: Transaction, { jit, document }: { jit: string; document: string }) {
  const row = await db.document.findFirst({ where: { id: document, jitId: jit } });
  if (!row) throw new NotFound();
  return row;
}

type Written = { id: string; jitId: string; annex: string | null; epoch: number; template: string };

async function digestsOf(db: Transaction, document: Written) {
  const { id, epoch, template } = document;
  const text = await rebuild(queryOf(db), { document: id, epoch });
  const content = contentOf(text, template, await closedAnnexes(db, document));
  return {
    text: digestOfText(canonicalForm(content)),
    clauses: clauseDigests(content),
    alone: concernsAlone(document.annex, content.fields),
  };
}

/** None for an annex: annexes have no annexes. */
async function closedAnnexes(db: Transaction, { jitId, annex }: { jitId: string; annex: string | null }) {
  return annex === null ? (await annexesToSign(db, jitId)).closed : [];
}

async function partiesOf(db: Transaction, jit: string, alone: string | null = null): Promise<AgreeingParty[]> {
  const parties = await db.party.findMany({
    where: { jitId: jit, ...boundAt(now()), ...(alone === null ? {} : { state: alone }) },
    orderBy: { position: "asc" },
    select: {
      id: true,
      state: true,
      members: {
        where: { roles: { some: heldAt(now(), ["leader", "lead_negotiator"]) } },
        select: { id: true },
        take: 1,
      },
    },
  });
  return parties.map(({ id, state, members }) => ({ id, state, negotiates: members.length > 0 }));
}

/** The last word of each party on each clause and on the whole, where it is a yes. */
function assentsOf(db: Transaction, { document, version }: { document: string; version: number }): Promise<Assent[]> {
  return queryOf(db)<Assent>(
    `SELECT * FROM (
       SELECT DISTINCT ON (a.party_id, a.clause_id) a.clause_id AS "clauseId", a.digest, a.party_id AS "partyId", a.at,
              p.name, p.latin_name AS "latinName"
         FROM assent a JOIN member m ON m.id = a.member_id JOIN person p ON p.id = m.person_id
        WHERE a.document_id = $1::uuid AND a.version = $2
        ORDER BY a.party_id, a.clause_id, a.id DESC) last
      WHERE digest IS NOT NULL`,
    [document, version],
  );
}

export type EarlierAssent = Omit<Assent, "clauseId" | "digest"> & {
  version: number;
  digest: string | null;
  state: string;
};

/** Everything ever said to the whole text, newest first: what was voided stays readable. */
function earlierAssents(db: Transaction, document: string): Promise<EarlierAssent[]> {
  return queryOf(db)<EarlierAssent>(
    `SELECT a.version, a.digest, a.party_id AS "partyId", a.at, p.name, p.latin_name AS "latinName", y.state
       FROM assent a JOIN party y ON y.id = a.party_id JOIN member m ON m.id = a.member_id
       JOIN person p ON p.id = m.person_id
      WHERE a.document_id = $1::uuid AND a.clause_id IS NULL ORDER BY a.id DESC LIMIT 100`,
    [document],
  );
}

import { z } from "zod";
import { now } from "#app/platform/clock.ts";
import { queryOf, type Transaction } from "#app/platform/database.server.ts";
import type { Level } from "../accounts/levels.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { Conflict, NotFound } from "../errors.ts";
import { boundAt } from "../jits/bound.ts";
import { nameIn } from "../jits/jit.ts";
import type { Method, SlotRole, SlotState } from "../signing/slots.ts";
import { clauses, templateId } from "../templates/agreement.ts";
import { view } from "../view.server.ts";
import { beginText } from "./first-row.server.ts";
import { instrumentKinds } from "./instrument.server.ts";
import { periodFrom } from "./period.ts";
import { type DocumentState, standingColumns, stateAt } from "./states.ts";

export const StartDocument = z.object({
  jit: z.string(),
  instrumentKind: z.enum(instrumentKinds, "required"),
  duration: z.string("required").max(20, "too-long"),
  referenceTimeZone: z.string("required").max(60, "too-long"),
});
export type StartDocument = z.infer<typeof StartDocument>;

/**
 * Starts the arrangement from the template. The starting text is row 1 of the history, written once, here (C11).
 * Throws Conflict("document-exists") when the JIT has one, Invalid for a period that cannot be.
 */
export function startDocument(actor: Actor, input: StartDocument): Promise<{ id: string }> {
  periodFrom(now(), input.duration, input.referenceTimeZone);
  return change(actor, "document.start", { jit: input.jit }, async (tx) => {
    await tx.$queryRaw`SELECT id FROM jit WHERE id = ${input.jit}::uuid FOR UPDATE`;
    if (await tx.document.findFirst({ where: { jitId: input.jit, kind: "agreement" } })) {
      throw new Conflict("document-exists");
    }
    const { id, facts } = await beginText(tx, {
      jit: input.jit,
      annex: null,
      about: null,
      state: "draft",
      template: templateId,
      clauses,
      fields: await startingFields(tx, input),
    });
    return { result: { id }, facts };
  });
}

async function startingFields(tx: Transaction, input: StartDocument) {
  const jit = await tx.jit.findUniqueOrThrow({
    where: { id: input.jit },
    include: { parties: { where: boundAt(now()), orderBy: { position: "asc" }, include: { authority: true } } },
  });
  return {
    jitName: jit.names as Record<string, string>,
    jitReference: jit.reference,
    exerciseFlag: jit.exercise,
    instrumentKind: input.instrumentKind,
    duration: input.duration,
    referenceTimeZone: input.referenceTimeZone,
    entryIntoForceRule: "last_signature",
    statesOfOperation: jit.parties.map((party) => party.state),
    parties: jit.parties.map(({ state, authority, nationalCase }) => ({
      state,
      competentAuthority: nameIn("en", authority.names as Record<string, string>),
      domesticProceeding: nationalCase ? [{ caseNumber: nationalCase }] : [],
    })),
    // What article 19 asks for and no arrangement may leave out (handbook, C06 and C16).
    applicableLawRule: "law_of_place",
    sovereigntyClause: true,
    purposeLimitation: true,
    workingLanguage: "en",
    authenticLanguages: ["en"],
  };
}

/** The arrangement, or one of its annexes, as pages show it: where it stands, its newest frozen text and who has signed. */
export type Agreement = {
  id: string;
  /** number of the annex, "A3"; null for the arrangement itself */
  annex: string | null;
  /** what or whom the annex is about */
  about: string | null;
  state: DocumentState;
  stateSince: Date;
  version: number;
  epoch: number;
  inForceAt: Date | null;
  expiresAt: Date | null;
  endsEarly: boolean;
  suspendedFrom: Date | null;
  suspendedUntil: Date | null;
  referenceTimeZone: string | null;
  frozen: FrozenSummary | null;
};
export type FrozenSummary = { id: string; version: number; digest: string; frozenAt: Date; slots: Slot[] };
export type Slot = {
  id: string;
  role: SlotRole;
  position: number;
  /** ways in which it may be signed */
  methods: Method[];
  /** first instant after the day by which it should be signed, in the zone; null: no deadline */
  dueAt: Date | null;
  timeZone: string;
  state: SlotState;
  decidedAt: Date | null;
  /** how it was signed; null until then */
  method: Method | null;
  /** what the signatory proved to be there with; null until signed, and for ink */
  level: Level | null;
  partyState: string;
  partyId: string;
  memberId: string;
  personId: string;
  name: string;
  latinName: string;
  capacity: string;
  /** whose slot it was before it was given to this person, and by which mandate */
  delegated: { name: string; latinName: string; mandate: string } | null;
  /** the scan that waits for a check, or that counts; null when there is none */
  paper: SlotPaper | null;
};
export type SlotPaper = {
  sha256: string;
  type: string;
  pages: number;
  bytes: number;
  signatory: string;
  capacity: string;
  place: string;
  /** day on the paper, "2026-12-16" */
  signedOn: string;
  at: string;
  by: { name: string; latinName: string };
  /** who confirmed it, for which State; null until then */
  confirmed: { name: string; latinName: string; state: string } | null;
};

/** The JIT's arrangement for a reader of its text, or null when it is not started. */
export function findAgreement(actor: Actor, jit: string): Promise<Agreement | null> {
  return view(actor, "jit.read", { jit }, (db) => agreementOf(db, jit));
}

export async function getAgreement(actor: Actor, jit: string): Promise<Agreement> {
  const agreement = await findAgreement(actor, jit);
  if (!agreement) throw new NotFound();
  return agreement;
}

/** The text that an address names: the annex of this number or, without one, the arrangement. */
export function getText(actor: Actor, jit: string, annex: string | undefined): Promise<Agreement> {
  return view(
    actor,
    "jit.read",
    { jit },
    async (db) => (await agreementOf(db, jit, annex)) ?? Promise.reject(new NotFound()),
  );
}

/** Opens the text for reading or writing: an entry in the trail, for the record of who saw it. */
export function openDocument(actor: Actor, input: { jit: string; document: string }): Promise<Agreement> {
  return view(
    actor,
    "document.open",
    input,
    async (db) => {
      const annex = await annexNumberOf(db, input);
      return (await agreementOf(db, input.jit, annex ?? undefined)) ?? Promise.reject(new NotFound());
    },
    () => ({ document: input.document }),
  );
}

type AgreementRow = Omit<Agreement, "frozen"> & {
  frozenId: string | null;
  frozenVersion: number;
  digest: string;
  frozenAt: Date;
};

async function annexNumberOf(db: Transaction, { jit, document }: { jit: string; document: string }) {
  const row = await db.document.findFirst({ where: { id: document, jitId: jit }, select: { annex: true } });
  if (!row) throw new NotFound();
  return row.annex;
}

/** The arrangement of the JIT or, with its number, one of its annexes. */
export async function agreementOf(db: Transaction, jit: string, annex?: string): Promise<Agreement | null> {
  const [row] = await queryOf(db)<AgreementRow>(
    `SELECT d.id, d.annex, d.about, ${standingColumns}, d.state_since AS "stateSince", d.version, d.epoch, d.in_force_at AS "inForceAt",
            d.reference_time_zone AS "referenceTimeZone", f.id AS "frozenId",
            f.version AS "frozenVersion", f.digest, f.frozen_at AS "frozenAt"
       FROM document d LEFT JOIN LATERAL (SELECT id, version, digest, frozen_at FROM frozen_text
              WHERE document_id = d.id AND superseded_at IS NULL ORDER BY version DESC LIMIT 1) f ON true
      WHERE d.jit_id = $1::uuid AND d.kind IN ('agreement', 'annex') AND d.annex IS NOT DISTINCT FROM $2::text`,
    [jit, annex ?? null],
  );
  if (!row) return null;
  const { frozenId: id, frozenVersion: version, digest, frozenAt, ...document } = row;
  return {
    ...document,
    state: stateAt(document, now()),
    frozen: id === null ? null : { id, version, digest, frozenAt, slots: await slotsOf(db, id) },
  };
}

async function slotsOf(db: Transaction, frozen: string): Promise<Slot[]> {
  const slots = await queryOf(db)<Slot>(
    `SELECT s.id, s.role, s.position, s.methods, s.due_at AS "dueAt", s.time_zone AS "timeZone", s.state,
            s.decided_at AS "decidedAt", g.method, g.level, y.state AS "partyState", y.id AS "partyId",
            m.id AS "memberId", p.id AS "personId", p.name, p.latin_name AS "latinName", m.capacity,
            (SELECT jsonb_build_object('name', fp.name, 'latinName', fp.latin_name, 'mandate', d.mandate)
               FROM slot_delegation d JOIN member fm ON fm.id = d.from_member_id JOIN person fp ON fp.id = fm.person_id
              WHERE d.slot_id = s.id) AS delegated,
            (SELECT jsonb_build_object('sha256', o.sha256, 'type', o.type, 'pages', o.pages, 'bytes', length(o.bytes),
                      'signatory', o.signatory, 'capacity', o.capacity, 'place', o.place, 'signedOn', o.signed_on,
                      'at', o.at, 'by', jsonb_build_object('name', hp.name, 'latinName', hp.latin_name),
                      'confirmed', CASE WHEN c.verdict = 'confirmed' THEN
                         jsonb_build_object('name', cp.name, 'latinName', cp.latin_name, 'state', cy.state) END)
               FROM paper_original o JOIN member hm ON hm.id = o.member_id JOIN person hp ON hp.id = hm.person_id
               LEFT JOIN paper_check c ON c.original_id = o.id LEFT JOIN member cm ON cm.id = c.member_id
               LEFT JOIN person cp ON cp.id = cm.person_id LEFT JOIN party cy ON cy.id = c.party_id
              WHERE o.slot_id = s.id AND (c.verdict IS NULL OR c.signature_id = g.id)) AS paper
       FROM signature_slot s JOIN party y ON y.id = s.party_id JOIN member m ON m.id = s.member_id
       JOIN person p ON p.id = m.person_id
       LEFT JOIN signature g ON g.slot_id = s.id
         AND NOT EXISTS (SELECT 1 FROM signature_withdrawal w WHERE w.signature_id = g.id)
      WHERE s.frozen_text_id = $1::uuid ORDER BY s.position, s.id`,
    [frozen],
  );
  return slots.sort((a, b) => a.partyState.localeCompare(b.partyState));
}

/** Locks the JIT's document for the rest of the transaction and returns it; NotFound when the id is not this JIT's. */
export async function holdDocument(tx: Transaction, jit: string, document: string) {
  await queryOf(tx)("SELECT id FROM document WHERE id = $1::uuid FOR UPDATE", [document]);
  const row = await tx.document.findFirst({ where: { id: document, jitId: jit } });
  if (!row) throw new NotFound();
  return { ...row, state: row.state as DocumentState };
}

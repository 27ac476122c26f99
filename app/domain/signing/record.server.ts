import { config } from "#app/platform/config.ts";
import type { Transaction } from "#app/platform/database.server.ts";
import type { Actor } from "../actor.ts";
import { exportTrail } from "../audit/export.server.ts";
import { annexesNamedBy } from "../documents/annexes.server.ts";
import { Conflict, NotFound } from "../errors.ts";
import type { ArrangementToPrint } from "../export/arrangement.ts";
import { partyToPrint } from "../export/party-to-print.ts";
import { view } from "../view.server.ts";

/** A signature with the very bytes it was made over. */
export type SignedManifest = {
  id: string;
  partyState: string;
  manifest: string;
  signature: Uint8Array;
  keyId: string;
  signedAt: Date;
  /** the answer of the passkey (assertion.server.ts), or null */
  assertion: string | null;
};

/** `sealed`: the file that was made when the arrangement was in force; null until someone has asked for it. */
export type SignedRecord = {
  document: string;
  frozenText: string;
  arrangement: ArrangementToPrint;
  signatures: SignedManifest[];
  sealed: Uint8Array | null;
};

type Target = { jit: string; document: string };

/** Reads the newest frozen text of the arrangement, or of an annex, with parties, signatories and signatures. Throws Conflict when nothing is frozen yet. */
export async function readRecord(db: Transaction, { jit: jitId, document: id }: Target): Promise<SignedRecord> {
  const jit = await db.jit.findUnique({
    where: { id: jitId },
    include: {
      parties: { orderBy: { position: "asc" }, include: { authority: true } },
      documents: { where: { id } },
    },
  });
  const document = jit?.documents[0];
  if (!jit || !document) throw new NotFound();
  const frozen = await db.frozenText.findFirst({
    where: { documentId: document.id, supersededAt: null },
    include: {
      sealed: { select: { bytes: true } },
      slots: { include: { party: true, signature: true, member: { include: { person: true } } } },
    },
  });
  if (!frozen) throw new Conflict("nothing-frozen");
  const slots = [...frozen.slots].sort((a, b) => a.party.position - b.party.position);
  const annexes = await annexesNamedBy(db, frozen.canonical, jitId);
  return {
    document: document.id,
    frozenText: frozen.id,
    sealed: frozen.sealed?.bytes ?? null,
    arrangement: {
      canonical: frozen.canonical,
      digest: frozen.digest,
      origin: config().PUBLIC_ORIGIN,
      version: frozen.version,
      frozenAt: frozen.frozenAt,
      jit: { reference: jit.reference, names: jit.names as Record<string, string>, exercise: jit.exercise },
      annex: document.annex,
      annexes,
      parties: jit.parties.map(partyToPrint),
      signatories: slots.map(({ party, member, signature }) => ({
        party: party.state,
        name: member.person.name,
        latinName: member.person.latinName,
        capacity: capacityOf(signature?.manifest) ?? member.capacity,
        state: signature ? "signed" : "waiting",
        signedAt: signature?.signedAt ?? null,
        signatureId: signature?.id ?? null,
      })),
      inForce:
        document.inForceAt && document.expiresAt
          ? { at: document.inForceAt, expiresAt: document.expiresAt, timeZone: document.referenceTimeZone ?? "UTC" }
          : null,
    },
    signatures: slots.flatMap(({ party, signature }) =>
      signature
        ? [
            {
              id: signature.id,
              partyState: party.state,
              manifest: signature.manifest,
              signature: signature.signature,
              keyId: signature.keyId,
              signedAt: signature.signedAt,
              assertion: signature.assertion,
            },
          ]
        : [],
    ),
  };
}

/** The capacity that was stated when signing; it may differ from what the list of members says. */
function capacityOf(manifest: string | undefined): string | null {
  return manifest === undefined ? null : (JSON.parse(manifest) as { capacity: string }).capacity;
}

/** The record for the PDF; that it was taken is an entry in the trail. */
export function downloadRecord(actor: Actor, input: { jit: string; document: string }): Promise<SignedRecord> {
  return view(
    actor,
    "document.download",
    input,
    (db) => readRecord(db, input),
    ({ arrangement }) => ({
      document: input.document,
      digest: arrangement.digest,
    }),
  );
}

/** The record with its trail, for the bundle. Details stay out: names and reasons go only where the text itself goes. */
export function exportRecord(actor: Actor, input: { jit: string; document: string; party?: string }) {
  return view(
    actor,
    "document.export",
    input,
    async (db) => {
      const record = await readRecord(db, input);
      const trail = await exportTrail(db, input.jit);
      return { ...record, annexes: record.arrangement.annexes ?? [], trail };
    },
    ({ arrangement, trail }) => ({
      document: input.document,
      digest: arrangement.digest,
      entries: trail.lines.length,
    }),
  );
}

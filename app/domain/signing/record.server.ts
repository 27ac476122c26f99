import { config } from "#app/platform/config.ts";
import type { Prisma, Transaction } from "#app/platform/database.server.ts";
import type { Level } from "../accounts/levels.ts";
import type { Actor } from "../actor.ts";
import { exportTrail } from "../audit/export.server.ts";
import { annexesNamedBy } from "../documents/annexes.server.ts";
import { Conflict, NotFound } from "../errors.ts";
import { approvedFor } from "../export/approved.server.ts";
import { type ArrangementToPrint, outsideAttachment, type SignatoryToPrint } from "../export/arrangement.ts";
import { partyToPrint } from "../export/party-to-print.ts";
import { view } from "../view.server.ts";
import type { SlotRole } from "./slots.ts";

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
  /** the scan that it counts for, when it was given in ink */
  original: { bytes: Uint8Array; type: string; sha256: string } | null;
  /** the file that was signed outside, and the certificate of the authority (DER) under which it was taken */
  outside: { bytes: Uint8Array; anchor: Uint8Array } | null;
};

/** `sealed`: the file that was made when the arrangement was in force; null until someone has asked for it. */
export type SignedRecord = {
  document: string;
  frozenText: string;
  arrangement: ArrangementToPrint;
  signatures: SignedManifest[];
  sealed: FinalPdf | null;
};

/**
 * `seal`: certificates (DER) of the authority of the seal and of its timestamps; null unsealed, or where none were kept.
 * `awaitsSeal`: in force, and the timestamps for the seal were not to be had yet.
 */
export type FinalPdf = {
  bytes: Uint8Array;
  seal: { authority: Uint8Array; stamps: Uint8Array } | null;
  awaitsSeal: boolean;
};

type Target = { jit: string; document: string };

export const sealedToRead = { bytes: true, authority: true, stamps: true } as const;
type SealedRow = { bytes: Uint8Array; authority: Uint8Array | null; stamps: Uint8Array | null };

export function finalPdfOf({ bytes, authority, stamps }: SealedRow): FinalPdf {
  return { bytes, seal: authority && stamps ? { authority, stamps } : null, awaitsSeal: false };
}

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
      sealed: { select: sealedToRead },
      slots: slotsToRead,
    },
  });
  if (!frozen) throw new Conflict("nothing-frozen");
  const slots = inPartyOrder(frozen.slots);
  const signatures = slots.flatMap(signaturesIn);
  // Until it is in force the paper is printed, signed and handed out: files that come in meanwhile lie beside it.
  const outside = document.inForceAt ? outsideFiles(signatures) : [];
  const annexes = await annexesNamedBy(db, frozen.canonical, jitId);
  return {
    document: document.id,
    frozenText: frozen.id,
    sealed: frozen.sealed && finalPdfOf(frozen.sealed),
    arrangement: {
      canonical: frozen.canonical,
      digest: frozen.digest,
      origin: config().PUBLIC_ORIGIN,
      version: frozen.version,
      frozenAt: frozen.frozenAt,
      jit: { reference: jit.reference, names: jit.names as Record<string, string>, exercise: jit.exercise },
      annex: document.annex,
      annexes,
      parties: jit.parties.filter((party) => isOfText(party, frozen)).map(partyToPrint),
      signatories: slots.flatMap((slot) => signatoryToPrint(slot, outside)),
      inForce:
        document.inForceAt && (document.expiresAt || (document.annex !== null && slots.length > 0))
          ? { at: document.inForceAt, expiresAt: document.expiresAt, timeZone: document.referenceTimeZone ?? "UTC" }
          : null,
      outside,
    },
    signatures,
  };
}

/** Who joined later is no party of this text, unless it is the one by which it joined. */
function isOfText({ id, joinedAt }: { id: string; joinedAt: Date }, { frozenAt, slots }: Frozen): boolean {
  return joinedAt <= frozenAt || slots.some(({ partyId }) => partyId === id);
}

type Frozen = { frozenAt: Date; slots: readonly { partyId: string }[] };

const slotsToRead = {
  include: {
    party: true,
    signatures: {
      include: { withdrawal: true, check: { include: { original: true } }, outside: { include: { anchor: true } } },
      orderBy: { turn: "asc" },
    },
    member: { include: { person: true } },
    delegation: { include: { from: { include: { person: true } } } },
  },
} as const;

type ReadSlot = Prisma.SignatureSlotGetPayload<typeof slotsToRead>;

function inPartyOrder(slots: readonly ReadSlot[]): ReadSlot[] {
  return [...slots].sort((a, b) => a.party.position - b.party.position || a.position - b.position);
}

type Attachment = { signature: string; name: string; bytes: Uint8Array };

/** Each under the number that the signature has in the record, which is counted in the same order. */
function outsideFiles(signatures: readonly SignedManifest[]): Attachment[] {
  const count: Record<string, number> = {};
  return signatures.flatMap(({ id, partyState, outside }) => {
    count[partyState] = (count[partyState] ?? 0) + 1;
    const name = outsideAttachment(`${partyState}-${count[partyState]}`);
    return outside ? [{ signature: id, name, bytes: outside.bytes }] : [];
  });
}

/** As the signature page shows the slot. A copy is received and not signed, so paper has no place for it. */
function signatoryToPrint(
  { party, member, role, delegation, ...slot }: ReadSlot,
  files: readonly Attachment[],
): SignatoryToPrint[] {
  if (role === "copy") return [];
  const signature = slot.signatures.find(({ withdrawal }) => !withdrawal);
  const paper = signature?.check?.original;
  const from = delegation?.from.person;
  return [
    {
      party: party.state,
      role: role as SlotRole,
      name: member.person.name,
      latinName: member.person.latinName,
      onBehalfOf: from ? { name: from.name, latinName: from.latinName, mandate: delegation.mandate } : null,
      capacity: capacityOf(signature?.manifest) ?? member.capacity,
      state: signature ? "signed" : "waiting",
      signedAt: signature?.signedAt ?? null,
      signatureId: signature?.id ?? null,
      level: (signature?.level ?? null) as Level | null,
      outside: signature?.outside
        ? { attachment: files.find((file) => file.signature === signature.id)?.name ?? null }
        : null,
      paper: paper ? { signatory: paper.signatory, signedOn: paper.signedOn, place: paper.place } : null,
    },
  ];
}

/** Signatures that count: those taken back stand among what ended. */
function signaturesIn({ party, signatures }: ReadSlot): SignedManifest[] {
  return signatures.filter(({ withdrawal }) => !withdrawal).map((signature) => signedManifest(party.state, signature));
}

function signedManifest(
  partyState: string,
  { check, outside: file, ...signature }: ReadSlot["signatures"][number],
): SignedManifest {
  const { id, manifest, signature: bytes, keyId, signedAt, assertion } = signature;
  const original = check && { bytes: check.original.bytes, type: check.original.type, sha256: check.original.sha256 };
  const outside = file && { bytes: file.bytes, anchor: file.anchor.der };
  return { id, partyState, manifest, signature: bytes, keyId, signedAt, assertion, original, outside };
}

/** What ended without entering into force: a text that the parties went back to, or signatures taken back. */
export type EndedRun = {
  version: number;
  digest: string;
  canonical: string;
  endedAt: Date;
  slots: { state: string; role: string; party: string; signatory: string; decidedAt: Date | null }[];
  signatures: SignedManifest[];
};

/** Every earlier text with the signatures that became void with it, oldest first; then what was taken back since. */
async function endedRuns(db: Transaction, document: string): Promise<EndedRun[]> {
  const frozen = await db.frozenText.findMany({
    where: { documentId: document },
    include: { slots: slotsToRead },
    orderBy: { version: "asc" },
  });
  return frozen.flatMap(({ version, digest, canonical, supersededAt, slots: all }) => {
    const slots = inPartyOrder(all);
    const gone = slots.flatMap(({ party, signatures }) =>
      signatures
        .filter(({ withdrawal }) => supersededAt || withdrawal)
        .map((signature) => signedManifest(party.state, signature)),
    );
    const withdrawn = slots.flatMap(({ signatures }) => signatures.flatMap((one) => one.withdrawal?.at ?? []));
    const endedAt = supersededAt ?? withdrawn.sort((a, b) => Number(b) - Number(a))[0];
    if (!endedAt) return [];
    const told = slots.map(({ state, role, party, member, decidedAt }) => {
      return { state, role, party: party.state, signatory: member.person.latinName, decidedAt };
    });
    return [{ version, digest, canonical, endedAt, slots: told, signatures: gone }];
  });
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

/**
 * The record with its trail, for the bundle. Details stay out: names and reasons go only where the text itself goes, and
 * minutes and plans only `with`, since who gets the arrangement need not get them.
 */
export function exportRecord(
  actor: Actor,
  { with: more, ...input }: { jit: string; document: string; party?: string; with?: "approved" },
) {
  return view(
    actor,
    "document.export",
    input,
    async (db, access) => {
      const record = await readRecord(db, input);
      const trail = await exportTrail(db, input.jit);
      const ended = await endedRuns(db, record.document);
      const approved = more ? await approvedFor(db, actor, access, input.jit) : [];
      return { ...record, ended, annexes: record.arrangement.annexes ?? [], approved, trail };
    },
    ({ arrangement, approved, trail }) => ({
      document: input.document,
      digest: arrangement.digest,
      entries: trail.lines.length,
      ...(more ? { approved: approved.map(({ name }) => name) } : {}),
    }),
  );
}

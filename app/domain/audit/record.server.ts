import type { Query } from "#app/platform/database.server.ts";
import { installationKey, verifyBytes } from "#app/platform/keys.server.ts";
import { transitions } from "../documents/states.ts";
import type { StoredBody } from "./body.ts";
import type { Facts, Json } from "./entry.server.ts";
import { isOfRunning, runningFaults } from "./running.server.ts";
import type { Fault, FaultReason } from "./verdict.ts";

/** What the trail says about texts, signatures and edits; collected while walking it. */
const freezing = new Set(["document.finalise", "minutes.approve"]);
const signing = new Set(["signature.sign", "paper.confirm", "outside.handIn"]);
const beginnings = new Set(["document.start", "minutes.begin"]);
const anchorSteps = new Set(["anchor.register", "anchor.approve", "anchor.revoke"]);

export class Told {
  readonly finalised: StoredBody[] = [];
  readonly signed: StoredBody[] = [];
  readonly withdrawn: StoredBody[] = [];
  readonly handedIn: StoredBody[] = [];
  readonly outside: StoredBody[] = [];
  readonly anchors: StoredBody[] = [];
  readonly running: StoredBody[] = [];
  readonly edited: Range[] = [];
  /** last step of each document, by its id */
  readonly stepped = new Map<string, StoredBody>();

  see(body: StoredBody): void {
    if (freezing.has(body.action)) this.finalised.push(body);
    if (signing.has(body.action)) this.signed.push(body);
    if (body.action === "outside.handIn") this.outside.push(body);
    if (anchorSteps.has(body.action)) this.anchors.push(body);
    if (body.action === "signature.withdraw" && body.facts.signature) this.withdrawn.push(body);
    if (body.action === "paper.handIn") this.handedIn.push(body);
    if (isOfRunning(body)) this.running.push(body);
    if (body.action === "document.edit") this.edited.push(rangeOf(body, body.actor.person ?? null, body.facts));
    // Row 1 is the text from the template, written by nobody.
    if (beginnings.has(body.action) && body.facts.sha256) this.edited.push(rangeOf(body, null, firstRow));
    if (stateAfter(body.action) && typeof body.facts.document === "string") this.stepped.set(body.facts.document, body);
  }
}

/** Rows of the edit history that one entry vouches for: those of one author between two numbers. */
type Range = { seq: number; author: string | null; updates: Json; sha256: Json };

const firstRow = { epoch: 1, from: 1, to: 1, updates: 1 };

function rangeOf({ seq, facts }: StoredBody, author: string | null, { epoch, from, to, updates }: Facts): Range {
  const rows = { document: facts.document, epoch, from, to };
  return { ...rows, seq, author, updates: updates ?? null, sha256: facts.sha256 ?? null };
}

function stateAfter(action: string): string | undefined {
  return beginnings.has(action) ? "draft" : transitions.find((step) => step.by === action)?.to;
}

/** Compares the rows of a team with what its trail says of them. Returns the fault at the earliest entry, or null. */
export async function findRecordFault(query: Query, jit: string, told: Told, size: number): Promise<Fault | null> {
  const faults = [
    ...(await frozenFaults(query, jit, told, size)),
    ...(await signatureFaults(query, jit, told, size)),
    ...(await withdrawalFaults(query, jit, told, size)),
    ...(await originalFaults(query, jit, told, size)),
    ...(await outsideFaults(query, jit, told, size)),
    ...(await anchorFaults(query, jit, told, size)),
    ...(await editFaults(query, jit, told, size)),
    ...(await stateFaults(query, jit, told)),
    ...(await runningFaults(query, jit, told.running, size)),
  ];
  return faults.sort((a, b) => a.entry - b.entry)[0] ?? null;
}

type Frozen = { document: string; version: number; digest: string; computed: string };

async function frozenFaults(query: Query, jit: string, { finalised }: Told, size: number): Promise<Fault[]> {
  const rows = await query<Frozen>(
    `SELECT document_id AS document, version, digest, encode(sha256(convert_to(canonical, 'UTF8')), 'hex') AS computed
       FROM frozen_text WHERE jit_id = $1::uuid`,
    [jit],
  );
  const isOf = (body: StoredBody, row: Frozen) =>
    body.facts.document === row.document && body.facts.version === row.version;
  const fromEntries = finalised.flatMap((body) => {
    const row = rows.find((one) => isOf(body, one));
    if (!row) return fault(body.seq, "frozen-missing");
    return row.digest === body.facts.digest && row.computed === row.digest ? [] : fault(body.seq, "frozen-changed");
  });
  const invented = rows.some((row) => !finalised.some((body) => isOf(body, row)));
  return [...fromEntries, ...(invented ? fault(size, "frozen-invented") : [])];
}

type Signature = { id: string; slot: string; person: string; manifest: string; signature: Uint8Array; key: string };

async function signatureFaults(query: Query, jit: string, { signed }: Told, size: number): Promise<Fault[]> {
  const rows = await query<Signature>(
    `SELECT id, slot_id AS slot, person_id AS person, manifest, signature, key_id AS key FROM signature WHERE jit_id = $1::uuid`,
    [jit],
  );
  const fromEntries = signed.flatMap((body) => {
    const row = rows.find(({ id }) => id === body.facts.signature);
    if (!row) return fault(body.seq, "signature-missing");
    return isAsTold(row, body) ? [] : fault(body.seq, "signature-changed");
  });
  const invented = rows.some(({ id }) => !signed.some((body) => body.facts.signature === id));
  return [...fromEntries, ...(invented ? fault(size, "signature-invented") : [])];
}

function isAsTold(row: Signature, { facts, actor }: StoredBody): boolean {
  // A paper is confirmed by somebody else than who signed it; the entry names both.
  const signer = facts.person ?? actor.person;
  if (row.slot !== facts.slot || row.key !== facts.key || row.person !== signer) return false;
  const { keyId, publicKeyPem } = installationKey();
  // A signature by an earlier key of the installation can be compared with the trail only.
  if (row.key === keyId && !verifyBytes(new TextEncoder().encode(row.manifest), row.signature, publicKeyPem))
    return false;
  try {
    const manifest = JSON.parse(row.manifest) as { digest?: unknown; slot?: unknown };
    return manifest.digest === facts.digest && manifest.slot === row.slot;
  } catch {
    return false;
  }
}

/** A row less would make a signature count again that was taken back; a row more would void one. */
async function withdrawalFaults(query: Query, jit: string, { withdrawn }: Told, size: number): Promise<Fault[]> {
  const rows = await query<{ signature: string; person: string }>(
    "SELECT signature_id AS signature, person_id AS person FROM signature_withdrawal WHERE jit_id = $1::uuid",
    [jit],
  );
  const isOf = (body: StoredBody, row: { signature: string; person: string }) =>
    body.facts.signature === row.signature && body.actor.person === row.person;
  const lost = withdrawn.filter((body) => !rows.some((row) => isOf(body, row)));
  const invented = rows.some((row) => !withdrawn.some((body) => isOf(body, row)));
  return [
    ...lost.flatMap(({ seq }) => fault(seq, "withdrawal-missing")),
    ...(invented ? fault(size, "withdrawal-invented") : []),
  ];
}

/** Papers signed in ink, hashed again as they are kept. */
async function originalFaults(query: Query, jit: string, { handedIn }: Told, size: number): Promise<Fault[]> {
  const rows = await query<{ id: string; slot: string; pages: number; computed: string; signedOn: string }>(
    `SELECT id, slot_id AS slot, pages, signed_on AS "signedOn", encode(sha256(bytes), 'hex') AS computed
       FROM paper_original WHERE jit_id = $1::uuid`,
    [jit],
  );
  const fromEntries = handedIn.flatMap(({ seq, facts }) => {
    const row = rows.find(({ id }) => id === facts.original);
    if (!row) return fault(seq, "original-missing");
    const same = row.slot === facts.slot && row.pages === facts.pages && row.signedOn === facts.signedOn;
    return same && row.computed === facts.sha256 ? [] : fault(seq, "original-changed");
  });
  const invented = rows.some(({ id }) => !handedIn.some(({ facts }) => facts.original === id));
  return [...fromEntries, ...(invented ? fault(size, "original-invented") : [])];
}

/** Files signed outside, hashed again as they are kept, both the upload and the revision that it became. */
async function outsideFaults(query: Query, jit: string, { outside }: Told, size: number): Promise<Fault[]> {
  const rows = await query<{ id: string; slot: string; kind: string; computed: string; kept: boolean }>(
    `SELECT o.signature_id AS id, o.slot_id AS slot, o.kind, encode(sha256(o.bytes), 'hex') AS computed,
            o.kind <> 'chain' OR EXISTS (SELECT 1 FROM pdf_revision r JOIN signature_slot s ON s.frozen_text_id = r.frozen_text_id
              WHERE s.id = o.slot_id AND r.number = o.number + 1 AND r.bytes = o.bytes) AS kept
       FROM outside_signature o WHERE o.jit_id = $1::uuid`,
    [jit],
  );
  const fromEntries = outside.flatMap(({ seq, facts }) => {
    const row = rows.find(({ id }) => id === facts.signature);
    if (!row) return fault(seq, "outside-missing");
    const same = row.slot === facts.slot && row.kind === facts.kind && row.kept;
    return same && row.computed === facts.sha256 ? [] : fault(seq, "outside-changed");
  });
  const invented = rows.some(({ id }) => !outside.some(({ facts }) => facts.signature === id));
  return [...fromEntries, ...(invented ? fault(size, "outside-invented") : [])];
}

/** An anchor more, or an approval more, would let somebody sign under an authority that nobody looked at. */
async function anchorFaults(query: Query, jit: string, { anchors }: Told, size: number): Promise<Fault[]> {
  const rows = await query<{ id: string; step: string; fingerprint: string }>(
    `SELECT a.id, v.step, encode(sha256(a.der), 'hex') AS fingerprint FROM trust_anchor a
       CROSS JOIN LATERAL (SELECT 'register' AS step UNION ALL
         SELECT CASE kind WHEN 'approved' THEN 'approve' ELSE 'revoke' END FROM anchor_step s WHERE s.anchor_id = a.id) v
      WHERE a.jit_id = $1::uuid`,
    [jit],
  );
  const lines = rows.map(({ id, step, fingerprint }) => `${id} ${step} ${fingerprint}`).sort();
  const told = anchors
    .map(({ action, facts }) => `${facts.anchor} ${action.replace("anchor.", "")} ${facts.fingerprint}`)
    .sort();
  return lines.join() === told.join() ? [] : fault(size, "anchors-changed");
}

/** Hashes the rows of the edit history again, in the database, range by range as the entries name them. */
async function editFaults(query: Query, jit: string, { edited }: Told, size: number): Promise<Fault[]> {
  const rows = await query<{ seq: number; updates: number; sha256: string }>(
    `WITH told AS (${toldRanges})
     SELECT t.seq, count(u.*)::int AS updates,
            encode(sha256(coalesce(string_agg(u.bytes, ''::bytea ORDER BY u.sequence), ''::bytea)), 'hex') AS sha256
       FROM told t LEFT JOIN document_update u ON ${coveredBy} GROUP BY t.seq`,
    [JSON.stringify(edited)],
  );
  const found = new Map(rows.map((row) => [Number(row.seq), row]));
  const changed = edited.filter(({ seq, updates, sha256 }) => {
    const row = found.get(seq);
    return row?.updates !== updates || row?.sha256 !== sha256;
  });
  // Rows after up_to will be named by the next entry. Where the product says nothing, all should be named.
  const [untold] = await query<{ count: number }>(
    `WITH told AS (${toldRanges})
     SELECT count(*)::int AS count FROM document_update u JOIN document d ON d.id = u.document_id
       LEFT JOIN document_recorded r ON r.document_id = d.id
      WHERE d.jit_id = $2::uuid AND u.epoch = d.epoch AND u.sequence > 1 AND u.sequence <= coalesce(r.up_to, d.head)
        AND NOT EXISTS (SELECT 1 FROM told t WHERE ${coveredBy})`,
    [JSON.stringify(edited), jit],
  );
  return [
    ...changed.flatMap(({ seq }) => fault(seq, "edits-changed")),
    ...(untold && untold.count > 0 ? fault(size, "edits-invented") : []),
  ];
}

const toldRanges = `SELECT * FROM jsonb_to_recordset($1::jsonb)
  AS t (seq int, document uuid, epoch int, author uuid, "from" int, "to" int)`;
const coveredBy = `u.document_id = t.document AND u.epoch = t.epoch AND u.author_id IS NOT DISTINCT FROM t.author
  AND u.sequence BETWEEN t."from" AND t."to"`;

async function stateFaults(query: Query, jit: string, { stepped }: Told): Promise<Fault[]> {
  const rows = await query<{ id: string; state: string }>("SELECT id, state FROM document WHERE jit_id = $1::uuid", [
    jit,
  ]);
  return [...stepped].flatMap(([document, body]) => {
    const row = rows.find(({ id }) => id === document);
    return row?.state === stateAfter(body.action) ? [] : fault(body.seq, "state-changed");
  });
}

function fault(entry: number, reason: FaultReason): Fault[] {
  return [{ entry, reason }];
}

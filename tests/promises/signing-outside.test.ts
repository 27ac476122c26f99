import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verifyTrail } from "#app/domain/audit/verify.server.ts";
import { getAgreement } from "#app/domain/documents/document.server.ts";
import { Conflict, Forbidden, Invalid } from "#app/domain/errors.ts";
import { buildBundle } from "#app/domain/export/bundle.server.ts";
import { approveAnchor, listAnchors, registerAnchor, revokeAnchor } from "#app/domain/signing/anchors.server.ts";
import { checkOut, handInOutside, readCheckedOut } from "#app/domain/signing/outside.server.ts";
import { exportRecord } from "#app/domain/signing/record.server.ts";
import type { Method, SlotPlan } from "#app/domain/signing/slots.ts";
import { withdrawSignature } from "#app/domain/signing/taking-back.server.ts";
import { atInstant, now } from "#app/platform/clock.ts";
import { database } from "#app/platform/database.server.ts";
import { installationKey } from "#app/platform/keys.server.ts";
import { stopPdf } from "#app/platform/pdf.server.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import {
  derOf,
  type KeyKind,
  type NationalAuthority,
  type NationalSigner,
  nationalAuthority,
  nationalSigner,
  signOutside,
} from "#tests/support/national-authority.ts";
import { overPdf } from "#tests/support/pdf.ts";
import { type Ids, type Person, type SlotTeam, sign, slotOf, teamWithSlots } from "#tests/support/slots.ts";
import { commandsHold } from "#tests/support/verify-commands.ts";

let db: FreshDatabase;
beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => {
  stopPdf();
  return db.drop();
});

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const either: Method[] = ["workspace", "national_qualified"];
const slots = (of: Ids): SlotPlan[] => [
  { member: of.first, role: "signatory", methods: either },
  { member: of.other, role: "signatory", methods: either },
  { member: of.spare, role: "signatory", methods: either },
];

type Office = { root: NationalAuthority; person: NationalSigner; anchor: string };
/** A team open for signature outside, with a trusted authority of each party. */
async function open(kinds: { kz?: KeyKind; eg?: KeyKind } = {}) {
  const team = await teamWithSlots(db.owner, { slots });
  const office = async (state: "kz" | "eg", officer: Person): Promise<Office> => {
    const kind = kinds[state] ?? "P-256";
    const root = await nationalAuthority(now(), { kind });
    const anchor = await trust(team, state, officer, root);
    return { root, person: await nationalSigner(root, now(), { kind }), anchor };
  };
  return { team, kz: await office("kz", "officer"), eg: await office("eg", "officerThere") };
}

const place = (team: SlotTeam, state: "kz" | "eg") => ({ jit: team.jit, party: team.parties[state] });
async function register(team: SlotTeam, state: "kz" | "eg", officer: Person, root: NationalAuthority) {
  const input = { ...place(team, state), source: "gazette 12/2026" };
  return (await registerAnchor(team.people[officer], input, derOf(root.certificate))).anchor;
}
/** Registered by the officer of the party, approved by the administrator of the space. */
async function trust(team: SlotTeam, state: "kz" | "eg", officer: Person, root: NationalAuthority) {
  const anchor = await register(team, state, officer, root);
  await approveAnchor(team.founder, { ...place(team, state), anchor });
  return anchor;
}

const slotFor = async (team: SlotTeam, who: Person) => ({ ...team.step, slot: await slotOf(team, who) });
async function takeOut(team: SlotTeam, who: Person): Promise<Uint8Array> {
  const target = await slotFor(team, who);
  await checkOut(team.people[who], target);
  return (await readCheckedOut(team.people[who], target)).bytes;
}
async function bring(team: SlotTeam, who: Person, bytes: Uint8Array) {
  const words = { capacity: "Prosecutor", place: "Cairo" };
  return handInOutside(team.people[who], { ...(await slotFor(team, who)), ...words }, bytes);
}
const revisions = async (team: SlotTeam) =>
  database().pdfRevision.findMany({ where: { jitId: team.jit }, orderBy: { number: "asc" } });
const intact = async (team: SlotTeam) => (await verifyTrail(team.founder, team.jit)).verdict;

describe("a signature made outside", { timeout: 300_000 }, () => {
  test("of two kinds of keys, then one in the workspace: in force; pdfsig and openssl say the same of the file", async () => {
    const { team, kz, eg } = await open({ eg: "RSA 2048" });
    const first = await signOutside(await takeOut(team, "first"), kz.person, now());
    expect(await bring(team, "first", first)).toEqual({ inForce: false, kind: "chain" });
    const second = await signOutside(await takeOut(team, "other"), eg.person, now());
    expect(await bring(team, "other", second)).toEqual({ inForce: false, kind: "chain" });
    expect(await sign(team, "spare")).toEqual({ inForce: true });
    const kept = await revisions(team);
    expect(kept.map(({ number, sha256 }) => [number, sha256])).toEqual([
      [0, sha256(kept[0]!.bytes)],
      [1, sha256(first)],
      [2, sha256(second)],
    ]);
    expect(Buffer.from(second.subarray(0, first.length)).equals(first)).toBe(true);
    const said = overPdf(second, "pdfsig", "-nocert", "%");
    expect(said.match(/Signature is Valid\./g)).toHaveLength(2);
    expect(said).toContain("Total document signed");
    const signature = await database().signature.findFirstOrThrow({
      where: { jitId: team.jit, outside: { kind: "chain", number: 1 } },
    });
    expect(signature).toMatchObject({ method: "national_qualified", level: null });
    const { outside } = JSON.parse(signature.manifest);
    expect(outside).toMatchObject({
      sha256: sha256(second),
      base: sha256(first),
      signer: { subject: "C=EG, CN=هشام فؤاد" },
    });
    expect(outside.anchor.fingerprint).toBe(sha256(derOf(eg.root.certificate)));
    expect(signature.manifest.toLowerCase()).not.toContain("qualified");
    expect(opensslSays(second, eg.root)).toContain("successful");
    expect(await intact(team)).toBe("intact");
  });

  test("while somebody has the file nobody else takes it, signing in the workspace goes on, and nothing is lost", async () => {
    const { team, kz } = await open();
    const file = await takeOut(team, "first");
    await expect(takeOut(team, "other")).rejects.toThrow("checked-out");
    await sign(team, "other");
    expect(sha256(await takeOut(team, "first"))).toBe(sha256(file));
    expect(await bring(team, "first", await signOutside(file, kz.person, now()))).toMatchObject({ kind: "chain" });
    expect(await intact(team)).toBe("intact");
  });

  test("handed in when time was up: next in the file if nobody else has it, else a counterpart that counts as well", async () => {
    const { team, kz, eg } = await open();
    const file = await takeOut(team, "first");
    const later = new Date(now().getTime() + 31 * 60_000);
    await atInstant(later, async () => {
      const other = await takeOut(team, "other");
      expect(sha256(other)).toBe(sha256(file));
      expect(await bring(team, "first", await signOutside(file, kz.person, now()))).toMatchObject({ kind: "late" });
      expect(await bring(team, "other", await signOutside(other, eg.person, now()))).toMatchObject({ kind: "chain" });
      expect(await revisions(team)).toHaveLength(2);
      expect(await sign(team, "spare")).toEqual({ inForce: true });
    });
    expect(await database().outsideSignature.count({ where: { jitId: team.jit } })).toBe(2);
    expect(await intact(team)).toBe("intact");
  });

  test("two people with the same revision at one moment: one goes on in the file, one is a counterpart", async () => {
    const { team, kz, eg } = await open();
    const file = await takeOut(team, "first");
    await atInstant(new Date(now().getTime() + 31 * 60_000), async () => {
      await takeOut(team, "other");
      await atInstant(new Date(now().getTime() + 31 * 60_000), async () => {
        const results = await Promise.all([
          bring(team, "first", await signOutside(file, kz.person, now())),
          bring(team, "other", await signOutside(file, eg.person, now())),
        ]);
        expect(results.map(({ kind }) => kind).sort()).toEqual(["chain", "moved"]);
      });
    });
    expect(await revisions(team)).toHaveLength(2);
    expect(await database().signature.count({ where: { jitId: team.jit } })).toBe(2);
    expect(await intact(team)).toBe("intact");
  });

  test("in the record lie the file and the authority, and VERIFY.txt finds them good, and altered ones not", async () => {
    const { team, kz } = await open({ kz: "RSA 2048" });
    const file = await signOutside(await takeOut(team, "first"), kz.person, now());
    await bring(team, "first", file);
    const { arrangement, signatures, trail } = await exportRecord(team.founder, team.step);
    const files = unzipSync(
      buildBundle({
        reference: team.reference,
        version: arrangement.version,
        pdf: new Uint8Array([1]),
        sealedPdf: "no",
        canonical: arrangement.canonical,
        digest: arrangement.digest,
        signatures: signatures.map(({ partyState, ...signed }) => ({ party: partyState, ...signed })),
        publicKeyPem: installationKey().publicKeyPem,
        trail,
      }),
    );
    expect(sha256(files["counterparts/KZ-1.pdf"]!)).toBe(sha256(file));
    expect(outsideCommandsHold(files)).toBe(true);
    const other = await nationalSigner(await nationalAuthority(now()), now());
    const forged = await signOutside(file, other, now());
    const flipped = Uint8Array.from(file);
    flipped[1000] = (flipped[1000] ?? 0) ^ 1;
    for (const altered of [flipped, forged, file.subarray(0, -1), Buffer.concat([file, Buffer.from("\n")])]) {
      expect(outsideCommandsHold({ ...files, "counterparts/KZ-1.pdf": altered })).toBe(false);
      // Even when somebody writes the sum of the altered file into the statement: its signature is checked in part 4.
      const manifest = Buffer.from(files["signatures/KZ-1.manifest.json"]!).toString();
      const rewritten = Buffer.from(manifest.replace(sha256(file), sha256(altered)));
      const both = { "counterparts/KZ-1.pdf": altered, "signatures/KZ-1.manifest.json": rewritten };
      expect(outsideCommandsHold({ ...files, ...both })).toBe(false);
    }
    const stranger = {
      "counterparts/KZ-1.anchor.pem": Buffer.from((await nationalAuthority(now())).certificate.toString("pem")),
    };
    expect(outsideCommandsHold({ ...files, ...stranger })).toBe(false);
  });

  test("taken back, it stays in the file, and the slot is signed anew on top of it", async () => {
    const { team, kz } = await open();
    await bring(team, "first", await signOutside(await takeOut(team, "first"), kz.person, now()));
    await withdrawSignature(team.people.first, { ...(await slotFor(team, "first")), reason: "New facts" });
    const again = await signOutside(await takeOut(team, "first"), kz.person, now());
    expect(await bring(team, "first", again)).toMatchObject({ kind: "chain" });
    expect(await revisions(team)).toHaveLength(3);
    expect(await intact(team)).toBe("intact");
  });

  test("under the authority of another party, of nobody or a revoked one is refused, and nothing is kept", async () => {
    const { team, kz, eg } = await open();
    const file = await takeOut(team, "first");
    const refused = (bytes: Uint8Array, reason: string) =>
      expect(bring(team, "first", bytes)).rejects.toThrow(new Invalid({ file: reason }));
    await refused(await signOutside(file, eg.person, now()), "outside-issuer");
    await refused(file, "outside-unsigned");
    const good = await signOutside(file, kz.person, now());
    await refused(Buffer.concat([good, Buffer.from("\n")]), "outside-appended");
    await revokeAnchor(team.people.officer, { ...place(team, "kz"), anchor: kz.anchor, reason: "Key lost" });
    await refused(good, "outside-anchor-revoked");
    expect(await database().signature.count({ where: { jitId: team.jit } })).toBe(0);
    expect(await revisions(team)).toHaveLength(1);
    await trust(team, "kz", "officer", kz.root);
    expect(await bring(team, "first", good)).toMatchObject({ kind: "chain" });
  });

  test("only the own slot, only in its way, and only after the file was taken out", async () => {
    const { team, kz } = await open();
    await expect(bring(team, "first", new Uint8Array([1]))).rejects.toThrow("not-checked-out");
    const target = await slotFor(team, "first");
    await expect(checkOut(team.people.spare, target)).rejects.toThrow(Forbidden);
    await sign(team, "first");
    await expect(checkOut(team.people.first, target)).rejects.toThrow("already-signed");
    expect(kz.anchor).toBeTruthy();
  });

  test.each([
    ["another file in its place", "UPDATE outside_signature SET bytes = '\\x00'", "outside-changed"],
    ["a revision less", "DELETE FROM pdf_revision WHERE number = 1", "outside-changed"],
    ["the file gone", "DELETE FROM outside_signature", "outside-missing"],
    ["an approval invented", "UPDATE anchor_step SET anchor_id = anchor_id, kind = 'revoked'", "anchors-changed"],
    ["another authority", "UPDATE trust_anchor SET der = '\\x00'", "anchors-changed"],
  ])("%s behind the back of the product is found", async (_name, statement, reason) => {
    const { team, kz } = await open();
    await bring(team, "first", await signOutside(await takeOut(team, "first"), kz.person, now()));
    const client = await db.owner.connect();
    try {
      await client.query("SET session_replication_role = replica");
      await client.query(`${statement} ${statement.includes("WHERE") ? "AND" : "WHERE"} jit_id = $1`, [team.jit]);
      await client.query("SET session_replication_role = DEFAULT");
    } finally {
      client.release();
    }
    expect(JSON.stringify(await verifyTrail(team.founder, team.jit))).toContain(reason);
  });
});

describe("an authority that a party trusts", { timeout: 60_000 }, () => {
  test("counts once a second person has approved it, and not that of who registered it", async () => {
    const team = await teamWithSlots(db.owner, { slots });
    const root = await nationalAuthority(now());
    const anchor = await register(team, "kz", "officer", root);
    const at = { ...place(team, "kz"), anchor };
    await expect(approveAnchor(team.people.officer, at)).rejects.toThrow("anchor-own");
    await expect(approveAnchor(team.people.officerThere, at)).rejects.toThrow(Forbidden);
    await expect(approveAnchor(team.people.first, at)).rejects.toThrow(Forbidden);
    const file = await signOutside(await takeOut(team, "first"), await nationalSigner(root, now()), now());
    await expect(bring(team, "first", file)).rejects.toThrow(new Invalid({ file: "outside-issuer" }));
    await approveAnchor(team.founder, at);
    await expect(approveAnchor(team.founder, at)).rejects.toThrow("anchor-approved");
    const { id: document } = await getAgreement(team.people.reader, team.jit);
    expect(await listAnchors(team.people.reader, { jit: team.jit, document })).toMatchObject([
      { fingerprint: sha256(derOf(root.certificate)), state: "approved", partyState: "KZ", source: "gazette 12/2026" },
    ]);
    expect(await bring(team, "first", file)).toMatchObject({ kind: "chain" });
  });

  test("is named by who speaks for that party, once", async () => {
    const team = await teamWithSlots(db.owner, { slots });
    const root = await nationalAuthority(now());
    for (const who of ["officerThere", "first", "reader"] as const) {
      await expect(register(team, "kz", who, root)).rejects.toThrow(Forbidden);
    }
    await register(team, "kz", "officer", root);
    await expect(register(team, "kz", "officer", root)).rejects.toThrow(new Conflict("anchor-there"));
  });

  test("two people at one moment approve it once", async () => {
    const team = await teamWithSlots(db.owner, { slots });
    const anchor = await register(team, "kz", "officer", await nationalAuthority(now()));
    const approve = () => approveAnchor(team.founder, { ...place(team, "kz"), anchor });
    const results = await Promise.allSettled([approve(), approve()]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await intact(team)).toBe("intact");
  });
});

const outsideCommandsHold = (files: Record<string, Uint8Array>) => commandsHold(files, "4e. ", "5. ");

/** The last signature of the file over the bytes it covers, checked by openssl under the authority alone. */
function opensslSays(pdf: Uint8Array, root: NationalAuthority): string {
  const text = Buffer.from(pdf).toString("latin1");
  const [, gap = 0, resume = 0, rest = 0] =
    [...text.matchAll(/\/ByteRange\s*\[\s*0\s+(\d+)\s+(\d+)\s+(\d+)/g)].at(-1)?.map(Number) ?? [];
  const script = `d=$(mktemp -d); cd $d; base64 -d > all.json.b64 && python3 -c '
import json
all = json.load(open("all.json.b64"))
for name, digits in all.items(): open(name, "wb").write(bytes.fromhex(digits))
' && openssl x509 -inform DER -in root.der -out root.pem && openssl cms -verify -binary -inform DER -in cms -content content -CAfile root.pem -purpose any -out /dev/null 2>&1; rm -r $d`;
  const files = {
    cms: text.slice(gap + 1, resume - 1),
    content: Buffer.concat([pdf.subarray(0, gap), pdf.subarray(resume, resume + rest)]).toString("hex"),
    "root.der": Buffer.from(derOf(root.certificate)).toString("hex"),
  };
  const input = Buffer.from(JSON.stringify(files)).toString("base64");
  return execFileSync("sh", ["-c", script], { input, encoding: "utf8", maxBuffer: 50_000_000 });
}

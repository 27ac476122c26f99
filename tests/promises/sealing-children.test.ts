import { afterAll, beforeAll, expect, test } from "vitest";
import { downloadRecord } from "#app/domain/signing/record.server.ts";
import { finalPdf } from "#app/domain/signing/sealing.server.ts";
import { database } from "#app/platform/database.server.ts";
import { stopPdf } from "#app/platform/pdf.server.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { openChild, signAs, type TeamInForce, teamInForce, writtenChild } from "#tests/support/in-force.ts";
import { overPdf, wordsOf } from "#tests/support/pdf.ts";
import { addColleague, type Colleague } from "#tests/support/team.ts";

/* What extends, changes, widens or ends an arrangement is sealed as the arrangement itself is: once all have signed it. */
let db: FreshDatabase;
let team: TeamInForce;
let newcomer: Colleague;
beforeAll(async () => {
  db = await freshDatabase();
  team = await teamInForce(db.owner, { openToAccession: true, accessionProcedure: { en: "Annex A10." } });
  newcomer = await addColleague(db.owner, team.offices.nl);
}, 180_000);
afterAll(() => {
  stopPdf();
  return db?.drop();
});

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const kinds = {
  A8: { what: "an extension", values: { extendedBy: "P6M" } },
  A9: { what: "an amendment", values: { amendmentHolds: "last_signature" } },
  A11: {
    what: "a withdrawal",
    values: { withdrawingParty: "EG", withdrawalKind: "its_withdrawal", withdrawalHolds: inDays(40) },
  },
  // Last: from then on the newcomer's people would have to agree to the others.
  A10: { what: "an accession", values: { accedingState: "NL", accedingCase: "NL-7" } },
} as const;

/** Who signs it, in order: a notice its party alone, an accession the newcomer too. */
function signersOf(kind: keyof typeof kinds): Colleague[] {
  const { kz, eg } = team.signers;
  if (kind === "A11") return [eg];
  return kind === "A10" ? [kz, eg, newcomer] : [kz, eg];
}

const each = Object.entries(kinds).map(([kind, { what }]) => [what, kind as keyof typeof kinds] as const);

test.each(each)(
  "%s (%s) that all have signed is sealed, with what checks it later, and pdfsig agrees",
  async (_, kind) => {
    const child = await writtenChild(team, kind, kinds[kind].values);
    const signers = signersOf(kind);
    await openChild(
      team,
      child,
      signers.filter((one) => one !== newcomer),
      kind === "A10" ? newcomer : undefined,
    );
    const target = { jit: child.jit, document: child.document };
    const give = async () => finalPdf(team.founder, target, await downloadRecord(team.founder, target));
    const keptOf = () => database().sealedPdf.findMany({ where: { frozenText: { documentId: child.document } } });
    for (const signer of signers) {
      expect((await give()).seal).toBeNull();
      expect(await keptOf()).toEqual([]);
      await signAs(team, signer, child);
    }

    const { bytes, seal } = await give();
    expect(seal).not.toBeNull();
    expect(await keptOf()).toHaveLength(1);
    expect(Buffer.from((await give()).bytes).equals(Buffer.from(bytes))).toBe(true);
    const said = overPdf(bytes, "pdfsig", "-nocert", "%");
    expect(said.match(/Signature is Valid\./g)).toHaveLength(1);
    expect(said).toContain("Total document signed");
    const metadata = overPdf(bytes, "pdfinfo", "-meta", "%");
    expect(metadata).toMatch(/<pdfaid:part>3</);
    expect(metadata).toMatch(/<pdfaid:conformance>A</);
    expect(wordsOf(bytes)).toContain(child.annex);
    // Certificates and lists of revocation for later, and a timestamp over everything, in the file itself.
    const inside = Buffer.from(bytes).toString("latin1");
    expect(inside).toMatch(/\/DSS\b/);
    expect(inside).toMatch(/\/CRLs\b/);
    expect(inside).toContain("/ETSI.RFC3161");
    const altered = Uint8Array.from(bytes);
    altered[2_000]! ^= 1;
    expect(overPdf(altered, "pdfsig", "-nocert", "%")).not.toContain("Signature is Valid.");
  },
  180_000,
);

import { approvedPart } from "./verify-approved.ts";
import { outsidePart, pdfPart, type SealedPdf } from "./verify-pdf.ts";

/** What VERIFY.txt speaks of. */
export type ToVerify = {
  reference: string;
  version: number;
  digest: string;
  annexes: readonly { annex: string; digest: string }[];
  keyId: string;
  /** names of signatures without ending, such as signatures/KZ-1, and how each was given */
  signed: string[];
  ways: string[];
  /** those of `outside` that the PDF carries as attachments too */
  attached: string[];
  /** those of them that a passkey confirmed */
  passkeys: string[];
  /** scans of papers signed in ink, such as originals/CN-1.pdf; also those that ended */
  originals: string[];
  /** files signed outside, such as counterparts/EG-1.pdf */
  outside?: string[];
  /** what ended without entering into force: the folder, its digest, and the signatures in it */
  ended: { folder: string; digest: string; signed: string[] }[];
  /** files of minutes and of versions of the plan, such as minutes/M-01-v1.json */
  approved: string[];
  /** how many approvals of such texts the trail tells of */
  approvals: number;
  sealed: boolean;
  /** the PDF bears the seal of the installation; with the certificates behind it, where they were kept */
  sealedPdf: SealedPdf;
  entries: number;
  withDetails: boolean;
};

/**
 * VERIFY.txt: how to check a bundle with ordinary tools. Lines that begin with four spaces are commands; the tests run
 * each of them as it stands here.
 */
export function verifyText(facts: ToVerify): string {
  const parts = [opening(facts), sumsPart(), textPart(facts), keyPart(facts), signaturesPart(facts)];
  if (facts.passkeys.length > 0) parts.push(passkeysPart(facts));
  if (facts.originals.length > 0) parts.push(originalsPart(facts));
  if (facts.ended.length > 0) parts.push(endedPart(facts));
  if (facts.outside?.length) parts.push(outsidePart(facts.outside));
  parts.push(trailPart(facts));
  if (facts.approvals > 0) parts.push(approvedPart(facts));
  return `${[...parts, ...(facts.sealedPdf === "no" ? [] : [pdfPart(facts)]), closing()].join("\n\n")}\n`;
}

const annexesLine =
  "  annexes/*.json           the exact text of each annex that arrangement.json names by its digest\n";

const passkeysLine =
  "  signatures/*.passkey.*   what the passkey of the signatory (on paper: of who confirmed the scan) answered, its signature and its public key\n";

const originalsLine =
  "  originals/*              the scan of each paper signed in ink, exactly as it was handed in; named as its signature\n";
const outsideLine =
  "  counterparts/*           each file signed outside, exactly as it was handed in, and the authority that its party named\n";
const endedLine =
  "  ended/*                  texts and signatures that ended without entering into force: declined, reopened, taken back\n";
const approvedLine =
  "  minutes/*, plan/*        minutes of meetings and versions of the operational plan, the exact text that was approved\n";

const sealLine =
  "  keys/seal.pem, keys/timestamps.pem  the authorities of the seal of arrangement.pdf and of its timestamps\n";

const opening = ({
  reference,
  version,
  annexes,
  passkeys,
  originals,
  outside = [],
  ended,
  approved,
  withDetails,
  sealed,
  sealedPdf,
}: ToVerify) => `HOW TO CHECK THIS BUNDLE
${reference}, version ${version}.0

You need sha256sum, grep, OpenSSL 3 and Python 3: on Linux they are there or one package away. Nothing is sent anywhere.
Unpack the ZIP, open a terminal in the folder in which this file lies, and run the commands below as they stand. Each of
them must succeed; the first that fails tells you which part was altered.

WHAT IS IN IT
  arrangement.pdf          the arrangement as it is read and printed (PDF/A-3a; arrangement.json is attached inside)
  arrangement.json         the exact text that was frozen, as canonical JSON (RFC 8785): its SHA-256 is the digest
${annexes.length > 0 ? annexesLine : ""}  signatures/*.manifest.json  what each signatory declared, exactly the bytes that were signed
  signatures/*.sig         the signature over that file, 64 bytes, Ed25519
  signatures/*.json        both in one file: the manifest as text, the signature in base64, and the key
${passkeys.length > 0 ? passkeysLine : ""}${originals.length > 0 ? originalsLine : ""}${outside.length > 0 ? outsideLine : ""}${ended.length > 0 ? endedLine : ""}${approved.length > 0 ? approvedLine : ""}  keys/installation.pem    the public key of the installation
${sealedPdf === "with-authorities" ? sealLine : ""}  trail/entries.jsonl      the trail of the team, one entry a line, exactly as it was hashed
${withDetails ? "  trail/details.jsonl      names and reasons that belong to entries; each is tied to its entry by a salted hash\n" : ""}${sealed ? "  trail/checkpoint.*       the sealed head of the trail: its size, its root, and the signature over both\n" : ""}  manifest/SHA256SUMS      the SHA-256 of every other file`;

const sumsPart = () => `1. IS THE BUNDLE WHOLE?
Finds damage and careless changes. Someone who means to deceive would write new sums: the later steps find that too.

    sha256sum -c manifest/SHA256SUMS`;

const textPart = ({ digest, annexes, signed }: ToVerify) => `2. IS IT THE TEXT THAT WAS SIGNED?
The digest of the text is
  ${digest}
Its first 16 digits stand at the foot of every page of the PDF, all of it on the page with the parties. Compare them.
The digest must be that of arrangement.json and must stand in what each signatory signed.

    echo "${digest}  arrangement.json" | sha256sum -c -
${signed.map((name) => `    grep -c "\\"digest\\":\\"$(sha256sum arrangement.json | cut -c1-64)\\"" ${name}.manifest.json`).join("\n")}
${annexesPart(annexes)}The text inside the PDF is the same file (needs pdfdetach from poppler-utils; any PDF reader shows attachments too):

    pdfdetach -savefile arrangement.json -o attached.json arrangement.pdf && cmp attached.json arrangement.json && rm attached.json`;

/** Numbers and digests stand in canonical form, so that grep finds them side by side. */
function annexesPart(annexes: ToVerify["annexes"]): string {
  if (annexes.length === 0) return "";
  const commands = annexes.flatMap(({ annex, digest }) => [
    `    echo "${digest}  annexes/${annex}.json" | sha256sum -c -`,
    `    grep -c "\\"annex\\":\\"${annex}\\",\\"digest\\":\\"${digest}\\"" arrangement.json`,
  ]);
  return `The text names its annexes by their digests. Each must be that of the annex in this bundle.

${commands.join("\n")}
`;
}

const keyPart = ({ keyId }: ToVerify) => `3. WHOSE KEY IS IT?
The name of the key is the SHA-256 of its public part:
  ${keyId}
A key inside a bundle proves nothing about itself. Ask the installation, or another party, for the name of the key by a
way that you trust, and compare.

    openssl pkey -pubin -in keys/installation.pem -outform DER | sha256sum | grep "^${keyId} "`;

function signaturesPart({ signed, ways }: ToVerify): string {
  const head = "4. ARE THE SIGNATURES GENUINE?";
  if (signed.length === 0) return `${head}\nNobody has signed yet.`;
  return `${head}
${signed.map((name, index) => `  ${name}: ${ways[index]}`).join("\n")}

Each command answers "Signature Verified Successfully".

${signed.map((name) => `    openssl pkeyutl -verify -pubin -inkey keys/installation.pem -rawin -in ${name}.manifest.json -sigfile ${name}.sig`).join("\n")}`;
}

/** The challenge in .client is the SHA-256 of the manifest in DSSE's encoding (signing/statement.ts). */
const passkeysPart = ({ passkeys }: ToVerify) => `4b. DID THE PASSKEY AGREE TO THIS VERY STATEMENT?
It is the passkey of the signatory; where the signature was made on paper, that of the officer who confirmed the scan.
The passkey signed two things: what its device says of itself (.device), and the SHA-256 of what the browser says (.client),
which holds the SHA-256 of the manifest in the encoding of DSSE, and the address of the page. Each command answers
"Verified OK".

${passkeys.map((name) => `    (cat ${name}.passkey.device; openssl dgst -sha256 -binary ${name}.passkey.client) | openssl dgst -sha256 -verify ${name}.passkey.pem -signature ${name}.passkey.sig`).join("\n")}

The statement is the manifest, and the device has verified its owner by PIN, finger or face:

${statementRecipe(passkeys)
  .map((line) => `    ${line}`)
  .join("\n")}

The installation says whose passkey it was; the public key alone does not name a person.`;

const statementRecipe = (names: string[]) =>
  `python3 -c '
import base64, hashlib, json, sys
kind = b"application/vnd.jit-signature+json"
for name in """${names.join(" ")}""".split():
    text = open(name + ".manifest.json", "rb").read()
    said = json.load(open(name + ".passkey.client", encoding="utf8"))
    device = open(name + ".passkey.device", "rb").read()
    statement = b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(text), text)
    asked = base64.urlsafe_b64encode(hashlib.sha256(statement).digest()).decode().rstrip("=")
    fits = said["challenge"] == asked and said["type"] == "webauthn.get" and device[32] & 5 == 5
    print(name, "is this statement, at", said["origin"]) if fits else sys.exit("NOT this statement: " + name)
'`.split("\n");

/** Canonical form puts the digest of the scan where grep finds it. */
const originalsPart = ({ originals }: ToVerify) => `4c. ARE THE SCANS THOSE THAT WERE CONFIRMED?
A paper signed in ink counts once an officer of another party has compared the scan with the text. What the installation
attests of it (the manifest beside it) holds the SHA-256 of the scan. Each command answers "1".

${originals.map((name) => `    grep -c "\\"sha256\\":\\"$(sha256sum ${name} | cut -c1-64)\\"" ${manifestOf(name)}`).join("\n")}

Open the scans and read them: the digits at the foot of their pages must be the first 16 of the digest. Nobody's key stands
behind a signature in ink; whose hand it is, the paper says, and the party that holds it.`;

const manifestOf = (original: string) =>
  original.replace("originals/", "signatures/").replace(/\.[a-z]+$/, ".manifest.json");

const endedPart = ({ ended }: ToVerify) => `4d. WHAT ENDED WITHOUT ENTERING INTO FORCE
Each folder holds a text as it was frozen, how each slot of it ended (ended.json), and the signatures that became void with it or were
taken back. They bind nobody; they show what was signed and given up.

${ended.flatMap(endedCommands).join("\n")}`;

function endedCommands({ folder, digest, signed }: ToVerify["ended"][number]): string[] {
  return [
    `    echo "${digest}  ${folder}/arrangement.json" | sha256sum -c -`,
    ...signed.flatMap((name) => [
      `    grep -c "\\"digest\\":\\"${digest}\\"" ${name}.manifest.json`,
      `    openssl pkeyutl -verify -pubin -inkey keys/installation.pem -rawin -in ${name}.manifest.json -sigfile ${name}.sig`,
    ]),
  ];
}

function trailPart({ sealed, entries, withDetails }: ToVerify): string {
  const head = `5. IS THE TRAIL COMPLETE AND UNALTERED?`;
  if (!sealed) return `${head}\nThis trail was not sealed when the bundle was made: it cannot be checked.`;
  return `${head}
The ${entries} entries are the leaves of a Merkle tree as in RFC 6962, section 2.1: a leaf is SHA-256 of a zero byte and
the line (without its line end); a node is SHA-256 of a one byte, its left and its right child; the left part holds the
largest power of two of leaves that leaves something for the right. The root must be the one that was signed.

    openssl pkeyutl -verify -pubin -inkey keys/installation.pem -rawin -in trail/checkpoint.text -sigfile trail/checkpoint.sig

${recipe.map((line) => `    ${line}`).join("\n")}${withDetails ? `\n\n${detailsPart()}` : ""}`;
}

const detailsPart =
  () => `Names and reasons belong to their entries: the entry holds the SHA-256 of a fixed word, the salt and the details.

${tie.map((line) => `    ${line}`).join("\n")}`;

// Each in one quotation, so that they can be pasted into any shell; no single quote may stand in them.
const recipe = `python3 -c '
import base64, hashlib, json, sys
def sha(data): return hashlib.sha256(data).digest()
def root(leaves):
    if len(leaves) == 1: return leaves[0]
    left = 1
    while left * 2 < len(leaves): left *= 2
    return sha(bytes([1]) + root(leaves[:left]) + root(leaves[left:]))
lines = open("trail/entries.jsonl", "rb").read().split(bytes([10]))[:-1]
origin, size, sealed, at = open("trail/checkpoint.text", encoding="utf8").read().split(chr(10))[:4]
places = [json.loads(line)["seq"] for line in lines]
whole = len(lines) == int(size) and places == list(range(1, len(lines) + 1))
same = whole and base64.b64encode(root([sha(bytes([0]) + line) for line in lines])).decode() == sealed
print("intact:", size, "entries, sealed", at) if same else sys.exit("NOT intact")
'`.split("\n");

const tie = `python3 -c '
import hashlib, json, sys
entries = [json.loads(line) for line in open("trail/entries.jsonl", encoding="utf8")]
details = [json.loads(line) for line in open("trail/details.jsonl", encoding="utf8")]
def hashed(d): return hashlib.sha256(b"jit-audit-detail/1" + bytes.fromhex(d["salt"]) + d["details"].encode()).hexdigest()
wrong = [d["seq"] for d in details if entries[d["seq"] - 1].get("commitment") != hashed(d)]
sys.exit("NOT as hashed: " + str(wrong)) if wrong else print("all details are as hashed")
'`.split("\n");

const closing = () => `WHAT A SIGNATURE IS HERE, AND WHAT IT IS NOT
A signature is an attestation by the installation. It says: this person was signed in, proved to be there, and declared to sign this text, for this authority, in this capacity, at this time. It is made with the key of the
installation, not with a key that only the person holds. It is not a qualified and not a personal electronic signature.
Whoever holds the key of the installation could make one; the trail and the copies that the other parties hold are what
speaks against it. What weight it has is for the law of each party and for clause 24 of the arrangement to say.

WHAT THE TRAIL SHOWS, AND WHAT IT DOES NOT
It shows that no entry was changed, left out, put in or moved since the seal was made. Names and free text stand outside
the entries and can be erased; the entry keeps only a salted hash of them. It does not show that what people entered was
true.`;

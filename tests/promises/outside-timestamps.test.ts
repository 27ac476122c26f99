import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { downloadRecord } from "#app/domain/signing/record.server.ts";
import { finalPdf } from "#app/domain/signing/sealing.server.ts";
import { sealWaiting } from "#app/domain/signing/waiting-seals.server.ts";
import { atInstant } from "#app/platform/clock.ts";
import { readConfig, SettingError } from "#app/platform/config.ts";
import { database } from "#app/platform/database.server.ts";
import { stopPdf } from "#app/platform/pdf.server.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { type TeamInForce, teamInForce } from "#tests/support/in-force.ts";
import { cookieOf, openPages } from "#tests/support/pages.ts";
import { overPdf, wordsOf } from "#tests/support/pdf.ts";
import { entriesOf } from "#tests/support/trail.ts";
import { commandsHold } from "#tests/support/verify-commands.ts";

/* Timestamps of an authority outside: OpenSSL's, behind a small server of the test. */
let db: FreshDatabase;
let team: TeamInForce;
let pages: Awaited<ReturnType<typeof openPages>>;
let folder: string;
let server: Server;
let asked = 0;
let spoil: (token: Buffer) => { status?: number; body: Buffer } = (body) => ({ body });

const openssl = (...args: string[]) =>
  execFileSync("openssl", args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });

function authority(name: string): void {
  writeFileSync(
    join(folder, `${name}.cnf`),
    `[ca]\nbasicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n[tsa]\nbasicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\n[tsa_config]\ndefault_tsa=here\n[here]\nserial=${folder}/${name}.serial\nsigner_cert=${folder}/${name}.tsa.pem\ncerts=${folder}/${name}.ca.pem\nsigner_key=${folder}/${name}.tsa.key\nsigner_digest=sha256\ndefault_policy=1.2.3.4\ndigests=sha256\nordering=no\ness_cert_id_chain=no\n`,
  );
  const at = (part: string) => `${name}.${part}`;
  const key = ["-newkey", "rsa:3072", "-nodes"];
  openssl(
    "req",
    "-x509",
    ...key,
    "-keyout",
    at("ca.key"),
    "-out",
    at("ca.pem"),
    "-days",
    "30",
    "-subj",
    `/CN=${name} root`,
    "-config",
    "/etc/ssl/openssl.cnf",
    "-extensions",
    "v3_ca",
  );
  openssl("req", "-new", ...key, "-keyout", at("tsa.key"), "-out", at("tsa.csr"), "-subj", `/CN=${name} timestamps`);
  openssl(
    "x509",
    "-req",
    "-in",
    at("tsa.csr"),
    "-CA",
    at("ca.pem"),
    "-CAkey",
    at("ca.key"),
    "-CAcreateserial",
    "-days",
    "20",
    "-extfile",
    at("cnf"),
    "-extensions",
    "tsa",
    "-out",
    at("tsa.pem"),
  );
  writeFileSync(join(folder, at("serial")), "01\n");
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "jit-tsa-"));
  authority("state");
  authority("other");
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      asked++;
      writeFileSync(join(folder, "query"), Buffer.concat(parts));
      openssl("ts", "-reply", "-config", "state.cnf", "-section", "here", "-queryfile", "query", "-out", "reply");
      const { status = 200, body } = spoil(readFileSync(join(folder, "reply")));
      response.writeHead(status, { "Content-Type": "application/timestamp-reply" }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  db = await freshDatabase();
  pages = await openPages();
  team = await teamInForce(db.owner);
}, 180_000);
afterEach(() => {
  spoil = (body) => ({ body });
  for (const name of ["TIMESTAMP_URL", "TIMESTAMP_CA"]) delete process.env[name];
});
afterAll(async () => {
  stopPdf();
  server?.close();
  await db?.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** An address that no test has used yet: one that failed is left alone for a minute. */
let addresses = 0;
function use(ca = "state", port = (server.address() as AddressInfo).port): void {
  process.env.TIMESTAMP_URL = `http://127.0.0.1:${port}/tsa/${addresses++}`;
  process.env.TIMESTAMP_CA = join(folder, `${ca}.ca.pem`);
}
const given = async () => finalPdf(team.founder, team.step, await downloadRecord(team.founder, team.step));
const give = async () => (await given()).bytes;
const kept = () => database().sealedPdf.count({ where: { jitId: team.jit } });
const inMinutes = <Result>(minutes: number, work: () => Promise<Result>) =>
  atInstant(new Date(Date.now() + minutes * 60_000), work);

/** The paper as signed, which says itself that it awaits its seal, and nothing is kept. */
async function expectUnsealed(): Promise<void> {
  const { bytes, seal, awaitsSeal } = await given();
  expect({ seal, awaitsSeal }).toEqual({ seal: null, awaitsSeal: true });
  expect(wordsOf(bytes)).toContain("Signed");
  expect(overPdf(bytes, "pdfinfo", "%")).toContain("Pages");
  expect(Buffer.from(bytes).includes("/ByteRange")).toBe(false);
  expect(await kept()).toBe(0);
}

test("an authority that refuses, is another one, answers another question, garbage or nothing: the paper is given as signed", async () => {
  use("state", 1);
  await expectUnsealed();
  use("other");
  await expectUnsealed();
  const first = readFileSync(join(folder, "reply"));
  for (const wrong of [
    () => ({ status: 503, body: Buffer.from("busy") }),
    () => ({ body: Buffer.from("no token") }),
    () => ({ body: first }),
    () => ({ body: Buffer.alloc(200_000) }),
    // PKIStatusInfo: rejection, without a token.
    () => ({ body: Buffer.from("30053003020102", "hex") }),
  ]) {
    use();
    spoil = wrong;
    await expectUnsealed();
  }
}, 120_000);

test("of one that never answers, or never ends its answer, nobody waits for long; the next are told at once", async () => {
  const sockets = new Set<Socket>();
  let questions = 0;
  let answerBegins = false;
  const hangs = createServer((_, response) => {
    questions++;
    if (answerBegins) response.writeHead(200, { "Content-Type": "application/timestamp-reply" }).write("0");
  }).on("connection", (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => hangs.listen(0, "127.0.0.1", resolve));
  try {
    for (answerBegins of [false, true]) {
      use("state", (hangs.address() as AddressInfo).port);
      const before = questions;
      await expectUnsealed();
      await expectUnsealed();
      expect(questions - before).toBe(1);
    }
  } finally {
    for (const socket of sockets) socket.destroy();
    hangs.close();
  }
}, 120_000);

test("the record is taken without the seal and says so, as the page does; the seal is made later by itself", async () => {
  const cookie = await cookieOf(team.founder);
  const agreement = `/jits/${team.reference}/agreement`;
  const take = async () => {
    const zip = await pages.ask(`${agreement}/export`, { cookie });
    expect(zip.status).toBe(200);
    return unzipSync(new Uint8Array(await zip.arrayBuffer()));
  };
  const textOfPage = async () => (await pages.ask(agreement, { cookie })).text();
  use();
  spoil = () => ({ status: 503, body: Buffer.from("busy") });
  const without = await take();
  expect(Buffer.from(without["VERIFY.txt"]!).toString()).toContain("6. THE PDF IS NOT SEALED YET");
  expect(commandsHold(without, "1. ", "WHAT A SIGNATURE IS")).toBe(true);
  expect(without["keys/seal.pem"]).toBeUndefined();
  expect(await textOfPage()).toContain("The PDF is not sealed yet.");
  const named = await pages.ask(`${agreement}/pdf`, { cookie });
  expect(named.headers.get("content-disposition")).toContain("-not-sealed-yet.pdf");
  // This process has not asked yet. It asks, leaves the authority alone for a minute, and asks again.
  const before = asked;
  const questions: number[] = [];
  for (const minutes of [0, 0.5, 1.5]) {
    expect(await inMinutes(minutes, sealWaiting)).toEqual({ made: 0, left: 1 });
    questions.push(asked - before);
  }
  expect(questions).toEqual([1, 1, 2]);

  spoil = (body) => ({ body });
  // Set anew: the clock of a test cannot be put on for a timestamp that is of now.
  use();
  expect(await sealWaiting()).toEqual({ made: 1, left: 0 });
  expect(await kept()).toBe(1);
  expect(await sealWaiting()).toEqual({ made: 0, left: 0 });
  const [entry] = await entriesOf(db.owner, team.jit, "document.seal");
  expect(entry?.body.actor).toEqual({ system: true });
  const sealed = await take();
  expect(Buffer.from(sealed["VERIFY.txt"]!).toString()).toContain("6. IS THE PDF THE ONE");
  expect(commandsHold(sealed, "1. ", "WHAT A SIGNATURE IS")).toBe(true);
  expect(await textOfPage()).not.toContain("The PDF is not sealed yet.");
}, 120_000);

test("its timestamps stand in the sealed PDF, and openssl finds them good under its certificate", async () => {
  // Of another team: that one has its seal.
  team = await teamInForce(db.owner);
  use();
  const before = asked;
  const pdf = await give();
  expect(asked - before).toBe(2);
  expect(await kept()).toBe(1);
  const said = overPdf(pdf, "pdfsig", "-nocert", "%");
  // Of the seal; pdfsig does not look into timestamps of documents, so openssl does below.
  expect(said.match(/Signature is Valid\./g)).toHaveLength(1);
  expect(said).toContain("Total document signed");
  // The last one is over the whole file: its token as it stands there, and the bytes it covers.
  const text = Buffer.from(pdf).toString("latin1");
  const [, gap = 0, resume = 0, rest = 0] =
    [...text.matchAll(/\/ByteRange\s*\[\s*0\s+(\d+)\s+(\d+)\s+(\d+)/g)].at(-1)?.map(Number) ?? [];
  writeFileSync(join(folder, "token"), Buffer.from(text.slice(gap + 1, resume - 1), "hex"));
  const covered = Buffer.concat([pdf.subarray(0, gap), pdf.subarray(resume, resume + rest)]);
  writeFileSync(join(folder, "covered"), covered);
  expect(createHash("sha256").update(covered).digest("hex")).toMatch(/^[0-9a-f]{64}$/);
  const verify = ["ts", "-verify", "-data", "covered", "-in", "token", "-token_in", "-CAfile"];
  openssl(...verify, "state.ca.pem");
  expect(() => openssl(...verify, "other.ca.pem")).toThrow();
}, 120_000);

test("its address and its certificate are set together or not at all", () => {
  const read = (more: Record<string, string>) => () => readConfig(more);
  expect(read({ TIMESTAMP_URL: "http://tsa.example" })).toThrow(SettingError);
  expect(read({ TIMESTAMP_CA: "ca.pem" })).toThrow(SettingError);
  expect(read({ TIMESTAMP_URL: "ftp://tsa.example", TIMESTAMP_CA: "ca.pem" })).toThrow(SettingError);
  expect(readConfig({}).TIMESTAMP_URL).toBeUndefined();
});

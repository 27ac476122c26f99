import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Actor } from "#app/domain/actor.ts";
import { finaliseDocument } from "#app/domain/documents/freezing.server.ts";
import { findWork } from "#app/domain/jits/needs.server.ts";
import { validAt } from "#app/domain/jits/validity.ts";
import { approveAnchor, registerAnchor } from "#app/domain/signing/anchors.server.ts";
import { openSigning } from "#app/domain/signing/opening.server.ts";
import { signatoriesOnly } from "#app/domain/signing/slots.ts";
import { now } from "#app/platform/clock.ts";
import { database } from "#app/platform/database.server.ts";
import { demonstrationDomain, demonstrationPassword } from "#prisma/demonstration/accounts.ts";
import { agreeForAll } from "#tests/support/agreeing.ts";
import { newVisitor, openBrowser } from "#tests/support/browser.ts";
import { mendPlantedFaults } from "#tests/support/complete-text.ts";
import { type Exercise, startExercise } from "#tests/support/exercise.ts";
import { signInByPassword } from "#tests/support/exercise-pages.ts";
import {
  derOf,
  type NationalAuthority,
  nationalAuthority,
  nationalSigner,
  signOutside,
} from "#tests/support/national-authority.ts";
import { attachmentOf, overPdf, wordsOf } from "#tests/support/pdf.ts";
import { codeOf, setUpApp } from "#tests/support/second-factors.ts";

/*
 * Four authorities that do not sign in the same way. Kazakhstan: a passkey. The Netherlands: password and code. Egypt: the
 * tool of the State. China: ink, with an officer of Kazakhstan looking at the paper. One set-up for both runs: a first
 * version is declined after a signature, the next one is signed by all.
 */
const team = "/jits/JIT-2026-001";
const sign = `${team}/agreement/sign`;
const signatories = ["ermek", "jianguo", "hisham", "marijke"] as const;
let exercise: Exercise;
let browser: Browser;
let root: NationalAuthority;
let place: { jit: string; document: string };
let folder: string;
const desks = new Map<string, Awaited<ReturnType<typeof newVisitor>>>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "jit-four-ways-"));
  exercise = await startExercise();
  browser = await openBrowser();
  const { id: document, jitId: jit } = await database().document.findFirstOrThrow({
    where: { annex: null, jit: { reference: "JIT-2026-001" } },
  });
  place = { jit, document };
  await mendPlantedFaults(place, await actor("aigul"));
  const egypt = await database().party.findFirstOrThrow({ where: { jitId: jit, state: "EG" } });
  root = await nationalAuthority(now(), { kind: "RSA 2048" });
  const at = { jit, party: egypt.id };
  const { anchor } = await registerAnchor(
    await actor("noha"),
    { ...at, source: "gazette 12/2026" },
    derOf(root.certificate),
  );
  await approveAnchor(await actor("aigul"), { ...at, anchor });
});

afterAll(async () => {
  await browser?.close();
  await exercise?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const emailOf = (login: string) => `${login}@${demonstrationDomain}`;

async function actor(login: string): Promise<Actor> {
  const where = { email: emailOf(login) };
  return asActor(await database().person.findUniqueOrThrow({ where, include: { authority: true } }));
}

type Person = { id: string; authorityId: string; authority: { state: string | null } };
function asActor({ id: personId, authorityId, authority }: Person): Actor {
  return { personId, sessionId: null, authorityId, state: authority.state, globalRoles: [] };
}

/** The page of a person who is signed in. */
async function desk(login: string): Promise<Page> {
  const known = desks.get(login);
  if (known) return known.page;
  const visitor = await newVisitor(browser, exercise.origin, { acceptDownloads: true });
  desks.set(login, visitor);
  await signInByPassword(visitor.page, login);
  return visitor.page;
}

async function finaliseAnew(): Promise<string> {
  await agreeForAll(place);
  return (await finaliseDocument(await actor("aigul"), place)).digest;
}

/** A device whose owner touches it when it asks. */
async function setUpPasskey(page: Page): Promise<void> {
  const client = await page.context().newCDPSession(page);
  await client.send("WebAuthn.enable");
  const device = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true } as const;
  const options = { ...device, isUserVerified: true, automaticPresenceSimulation: true };
  await client.send("WebAuthn.addVirtualAuthenticator", { options });
  await page.goto("/me/security");
  await page.getByLabel("Your password, again").fill(demonstrationPassword);
  await page.getByRole("button", { name: "Confirm with the password" }).click();
  await page.getByLabel("Name of the new passkey").fill("Service laptop");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByText("These are your recovery codes.").waitFor();
}

async function signByPasskey(page: Page): Promise<void> {
  await page.goto(sign, { waitUntil: "networkidle" });
  await page.getByLabel("Place", { exact: true }).fill("Astana");
  await page.getByRole("checkbox", { name: /^I sign for/ }).check();
  await page.getByRole("button", { name: /^Sign for/ }).click();
  await page.locator("tr.mine").getByText("with a passkey").waitFor();
}

test("one declines after another has signed: all signatures are void, and everybody is told, also who signed", async () => {
  await finaliseAnew();
  const people = await database().member.findMany({
    where: { jitId: place.jit, person: { email: { in: signatories.map(emailOf) } } },
  });
  await openSigning(await actor("aigul"), { ...place, slots: signatoriesOnly(people.map(({ id }) => id)) });
  const ermek = await desk("ermek");
  await setUpPasskey(ermek);
  await signByPasskey(ermek);

  const hisham = await desk("hisham");
  await hisham.goto(`${sign}/decline`);
  await hisham.getByLabel("Reason").fill("Clause 14 must be read again");
  await hisham.getByRole("button", { name: "Decline to sign" }).click();
  await hisham.waitForURL((url) => !url.pathname.endsWith("/decline"));

  // All but him who did it.
  const others = await database().member.findMany({
    where: { jitId: place.jit, roles: { some: validAt(now()) }, NOT: { person: { email: emailOf("hisham") } } },
    include: { person: { include: { authority: true } } },
  });
  for (const { person } of others) {
    const { told } = await findWork(asActor(person));
    expect([person.latinName, told[0]?.kind]).toEqual([person.latinName, "declined"]);
  }
  for (const login of ["ermek", "jianguo", "marijke", "aigul"]) {
    const page = await desk(login);
    await page.goto("/home");
    const told = page.getByRole("region", { name: "What others did" });
    await told.getByText("Hisham Fouad declined to sign for Egypt.").waitFor();
    await told.getByText("Clause 14 must be read again").waitFor();
  }
  const slots = await database().signatureSlot.findMany({
    where: { jitId: place.jit },
    include: { signatures: true, member: { include: { person: true } } },
  });
  const ofErmek = slots.find(({ member }) => member.person.latinName === "Ermek Tursynov");
  expect(slots.map(({ state }) => state).sort()).toEqual(["declined", "void", "void", "void"]);
  expect(ofErmek?.signatures).toHaveLength(1);
});

test("the next version is signed in four ways, and is in force with the last of them", async () => {
  const digest = await finaliseAnew();
  const aigul = await desk("aigul");
  await aigul.goto(`${team}/agreement/open`);
  for (const [state, way] of [
    ["Egypt", "with a national qualified signature"],
    ["China", "in ink"],
  ] as const) {
    const party = aigul.getByRole("region", { name: `For ${state}` });
    await party.getByLabel("Signs", { exact: true }).first().selectOption({ label: way });
  }
  await aigul.getByRole("button", { name: "Open for signature" }).click();
  await aigul.waitForURL("**/agreement/sign");

  await signByPasskey(await desk("ermek"));
  await signByCode(await desk("marijke"));
  await signWithTheToolOfTheState(await desk("hisham"));
  await signInInk(await desk("jianguo"));
  await lookAtThePaper(aigul, digest);
  await aigul.goto(`${team}/agreement`);
  await aigul.getByText(/^In force since .* The last day is/).waitFor();
});

async function signByCode(page: Page): Promise<void> {
  await page.goto(sign);
  await page.getByRole("link", { name: "Set up a second factor" }).click();
  const secret = await setUpApp(page, demonstrationPassword);
  await page.getByRole("link", { name: "Go back to signing" }).click();
  await page.getByLabel("Place", { exact: true }).fill("The Hague");
  await page.getByLabel("Your password, again").fill(demonstrationPassword);
  await page.getByLabel("Code of your authenticator app").fill(codeOf(secret, 1));
  await page.getByRole("checkbox", { name: /^I sign for/ }).check();
  await page.getByRole("button", { name: /^Sign for/ }).click();
  await page.locator("tr.mine").getByText("with password and code").waitFor();
}

async function signWithTheToolOfTheState(page: Page): Promise<void> {
  await page.goto(sign);
  await page.getByRole("link", { name: "Sign outside…" }).click();
  await page.getByRole("button", { name: "Take the file out" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download the file to sign" }).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  const signer = await nationalSigner(root, now(), { kind: "RSA 2048" });
  const buffer = Buffer.from(await signOutside(Buffer.concat(chunks), signer, now()));
  await page
    .getByLabel("Signed file", { exact: true })
    .setInputFiles({ name: "signed.pdf", mimeType: "application/pdf", buffer });
  await page.getByLabel("Place", { exact: true }).fill("القاهرة");
  await page.getByRole("button", { name: "Hand in" }).click();
  await page.locator("tr.mine").getByText("Signed", { exact: true }).waitFor();
}

/** The paper is the very PDF, printed and scanned: here its own pages stand for the scan. */
async function signInInk(page: Page): Promise<void> {
  await page.goto(sign);
  const printed = await (await page.request.get(`${team}/agreement/pdf`)).body();
  await page.getByRole("link", { name: "Hand in the paper…" }).click();
  await page.getByLabel("Place on the paper").fill("北京");
  await page.getByLabel("Day on the paper").fill("2024-11-20");
  await page
    .getByLabel("Scan of the paper")
    .setInputFiles({ name: "paper.pdf", mimeType: "application/pdf", buffer: printed });
  await page.getByRole("button", { name: "Hand in the paper" }).click();
  await page.locator("tr.mine").getByText("Paper to be checked by another party").waitFor();
}

/** The officer of the other party proves to be there too. */
async function lookAtThePaper(page: Page, digest: string): Promise<void> {
  await setUpPasskey(page);
  await page.goto(sign);
  await page.getByRole("link", { name: "Look at the paper…" }).click();
  const href = await page.getByRole("link", { name: "Open the scan" }).getAttribute("href");
  const scan = await (await page.request.get(href ?? "")).body();
  const pages = /Pages:\s+(\d+)/.exec(overPdf(scan, "pdfinfo", "%"))?.[1] ?? "";
  const read = overPdf(scan, "pdftotext", "-layout", "-f", pages, "%", "-").replace(/\s/g, "");
  expect(read).toContain(digest.slice(0, 16));
  await page.getByLabel("The 16 digits at the foot of the pages").fill(digest.slice(0, 16));
  await page.getByLabel("Number of pages of the scan").fill(pages);
  await page.getByRole("button", { name: "Confirm the paper" }).click();
  await page.locator("tr").filter({ hasText: "China" }).getByText("Signed", { exact: true }).waitFor();
}

test("pdfsig and openssl say of every signature that it is good, and every command of VERIFY.txt holds", async () => {
  const aigul = await desk("aigul");
  const sealed = await (await aigul.request.get(`${team}/agreement/pdf`)).body();
  const said = overPdf(sealed, "pdfsig", "-nocert", "%");
  // Of the seal; pdfsig does not look into the timestamp that ends the file.
  expect(said.match(/Signature is Valid\./g)).toHaveLength(1);
  expect(said).toContain("Total document signed");
  const words = wordsOf(sealed);
  for (const way of [
    "proved by a passkey (higher level)",
    "proved by password and one-time code (lower level)",
    "Signed in ink on 2024-11-20",
  ]) {
    expect(words).toContain(way);
  }
  // A line may end behind a hyphen, which pdftotext then leaves out.
  expect(words).toMatch(/in the attached file signed-outside-?EG-1\.pdf/);
  const files = unzipSync(await (await aigul.request.get(`${team}/agreement/export`)).body());
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    if (!name.endsWith("/")) writeFileSync(join(folder, name), bytes);
  }
  const attached = attachmentOf(sealed, "signed-outside-EG-1.pdf");
  expect(Buffer.from(files["counterparts/EG-1.pdf"]!).equals(attached)).toBe(true);
  const outside = overPdf(attached, "pdfsig", "-nocert", "%");
  expect(outside.match(/Signature is Valid\./g)).toHaveLength(1);
  expect(outside).toContain("Total document signed");
  const verify = Buffer.from(files["VERIFY.txt"]!).toString();
  const commands = verify.split("\n").flatMap((line) => (line.startsWith("    ") ? [line.slice(4)] : []));
  const run = spawnSync("sh", ["-e", "-c", commands.join("\n")], { cwd: folder, encoding: "utf8" });
  expect(run.status, `${run.stdout}\n${run.stderr}`).toBe(0);
  // One for each signature, the one that became void among them, and one for the sealed head of the trail.
  expect(run.stdout.match(/Signature Verified Successfully/g)).toHaveLength(6);
  expect(verify).toContain("signatures/KZ-1: in the workspace, proved by a passkey (higher level)");
  // Of the passkey that signed, once for the version that was declined, and of the officer who confirmed the paper.
  expect(run.stdout.match(/^Verified OK$/gm)).toHaveLength(3);
  expect(run.stderr).toContain("CMS Verification successful");
  expect(execFileSync("ls", [join(folder, "originals")], { encoding: "utf8" })).toBe("CN-1.pdf\n");
});

test("nobody's page complained", () => {
  const complaints = [...desks].flatMap(([login, visitor]) => visitor.complaints.map((words) => `${login}: ${words}`));
  // Who goes on before a page has all it asked for gives up the rest; a slow browser says so.
  expect(complaints.filter((words) => !words.includes("AbortError: signal is aborted without reason"))).toEqual([]);
});

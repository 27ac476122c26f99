import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { getText } from "#app/domain/documents/document.server.ts";
import { passwordAlone, signDocument } from "#app/domain/signing/signing.server.ts";
import { database } from "#app/platform/database.server.ts";
import { demonstrationPassword } from "#prisma/demonstration/accounts.ts";
import { asOwner } from "#tests/support/account.ts";
import { agreeForAll } from "#tests/support/agreeing.ts";
import { expectAccessible } from "#tests/support/browser.ts";
import { setFields } from "#tests/support/complete-text.ts";
import { exerciseInBrowser } from "#tests/support/exercise-browser.ts";
import { actorNamed, emailOf } from "#tests/support/exercise-people.ts";
import { codeOf, setUpApp } from "#tests/support/second-factors.ts";

/* HARMATTAN is in force and ends in nineteen days: its parties extend it in time, and once more too late. */
const team = "/jits/JIT-2025-004";
const { visit, signIn, owner } = exerciseInBrowser({ viewport: { width: 1440, height: 900 } });
let secret: string;

const idOfTeam = async () => (await database().jit.findUniqueOrThrow({ where: { reference: "JIT-2025-004" } })).id;

/** Starts an extension on the page, fills it in and brings it to signature, where only Spain's is missing. */
async function extensionUpToLast(page: Page, annex: string, name: string): Promise<{ document: string }> {
  const jit = await idOfTeam();
  await page.goto(`${team}/annexes`);
  await page.getByRole("link", { name: /^Start (another )?A8…$/ }).click();
  await page.getByLabel("Short name").fill(name);
  await page.getByRole("button", { name: /^Start (another )?A8$/ }).click();
  await page.getByRole("heading", { name: `Annex ${annex}: Extension – ${name}` }).waitFor();
  const elena = await actorNamed("elena");
  const { id: document } = await getText(elena, jit, annex);
  await setFields({ jit, document }, elena, {
    extendedBy: "P6M",
    extensionReasons: { en: "Two hearings are still to be held." },
    resultsSoFar: { en: "Nine arrests." },
  });
  await agreeForAll({ jit, document });
  await page.goto(`${team}/annexes/${annex}/finalise`);
  await page.getByRole("button", { name: /^Finalise version/ }).click();
  await page.getByText("It has no effect until it is signed.").waitFor();
  await page.getByRole("link", { name: "Open for signature…" }).click();
  await page.getByRole("button", { name: "Open for signature" }).click();
  await page.waitForURL(`**/annexes/${annex}/sign`);
  for (const login of ["moussa", "isatou", "celeste"]) {
    const signer = await actorNamed(login);
    const { frozen } = await getText(signer, jit, annex);
    const slot = frozen?.slots.find(({ personId }) => personId === signer.personId)?.id ?? "";
    const words = { capacity: "Prosecutor", place: "Dakar", meaning: "I sign." };
    await signDocument(signer, { jit, document, slot, digest: frozen?.digest ?? "", ...words }, passwordAlone());
  }
  return { document };
}

/** Each code is good once, for half a minute; the tests do not wait for the next one. */
const forgetUsedCodes = () => asOwner(owner(), "UPDATE totp SET last_step = NULL", []);

/** After the first signature, which set the second factor up. */
async function signInWithCode(login: string): Promise<Page> {
  await forgetUsedCodes();
  const { page } = await visit();
  await page.goto("/");
  await page.getByLabel("E-mail").fill(emailOf(login));
  await page.getByLabel("Password", { exact: true }).fill(demonstrationPassword);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByLabel("Code", { exact: true }).fill(codeOf(secret));
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/home");
  return page;
}

async function fillSignature(page: Page): Promise<void> {
  await page.getByLabel("Place", { exact: true }).fill("Madrid");
  await page.getByLabel("Your password, again").fill(demonstrationPassword);
  await page.getByLabel("Code of your authenticator app").fill(codeOf(secret, 1));
  await page.getByRole("checkbox", { name: /^I sign for/ }).check();
}

const lastDay = async (page: Page) => {
  await page.goto(`${team}/agreement`);
  const banner = page.getByText(/The last day is/).first();
  return (await banner.innerText()).replace(/.*The last day is/, "");
};

describe("an extension", { timeout: 240_000 }, () => {
  test("goes from draft to in force, moves the last day, and stands in the text for information", async () => {
    const elena = await signIn("elena");
    const before = await lastDay(elena);
    await extensionUpToLast(elena, "A8-1", "first extension");
    expect(await lastDay(elena)).toBe(before);
    const tomas = await signIn("tomas");
    await tomas.goto(`${team}/annexes/A8-1/sign`);
    await tomas.getByRole("link", { name: "Set up a second factor" }).click();
    secret = await setUpApp(tomas, demonstrationPassword);
    await tomas.getByRole("link", { name: "Go back to signing" }).click();
    await tomas.waitForURL("**/annexes/A8-1/sign");
    await fillSignature(tomas);
    await expectAccessible(tomas);
    await tomas.getByRole("button", { name: /^Sign for/ }).click();
    await tomas.locator("tr.mine").getByText("Signed", { exact: true }).waitFor();
    await tomas.goto(`${team}/annexes/A8-1`);
    await tomas.getByText(/^Signed by all on .* It has effect from/).waitFor();
    expect(await lastDay(elena)).not.toBe(before);
    await elena.getByRole("link", { name: "Text as changed" }).click();
    await elena.getByText("For information. Nobody has signed this text.").waitFor();
    await elena.getByText(/^Extended by annex A8-1/).waitFor();
    await expectAccessible(elena);
  });

  test("that is signed too late is refused with its sentence, and nothing moves", async () => {
    const elena = await signIn("elena");
    await extensionUpToLast(elena, "A8-2", "second extension");
    const tomas = await signInWithCode("tomas");
    await forgetUsedCodes();
    await tomas.goto(`${team}/annexes/A8-2/sign`);
    await fillSignature(tomas);
    const ended = new Date(Date.now() - 1000);
    const jit = await idOfTeam();
    await asOwner(
      owner(),
      "UPDATE document SET expires_at = $2 WHERE jit_id = $1 AND kind = 'agreement'",
      [jit, ended],
      jit,
    );
    await tomas.getByRole("button", { name: /^Sign for/ }).click();
    await tomas
      .getByText(/The team ended before all had signed.*A late extension is not possible/)
      .first()
      .waitFor();
    await tomas.goto(`${team}/annexes/A8-2/sign`);
    await tomas
      .getByText(/A late extension is not possible/)
      .first()
      .waitFor();
    expect(await tomas.getByRole("button", { name: /^Sign for/ }).count()).toBe(0);
    await expectAccessible(tomas);
    const row = await database().document.findFirstOrThrow({ where: { jitId: jit, kind: "agreement" } });
    expect(row.expiresAt).toEqual(ended);
    await elena.goto(`${team}/agreement`);
    await elena.getByText(/^Expired: the last day was .* A late extension is not possible\.$/).waitFor();
  });
});

describe("a notice of a change of members", { timeout: 120_000 }, () => {
  test("needs a team in force: after its end the page says so, on a phone in the dark too", async () => {
    const elena = await signIn("elena", { viewport: { width: 375, height: 800 }, colorScheme: "dark" });
    await elena.goto(`${team}/people/notice`);
    await elena.getByText("No notice can be given now").waitFor();
    await expectAccessible(elena);
    await elena.goto(`${team}/people/versions`);
    await elena.getByText("No notice has been given yet.").waitFor();
    await expectAccessible(elena);
  });
});

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testPassword } from "#tests/support/account.ts";
import { expectAccessible, newVisitor, openBrowser, visitorsOfEachTest } from "#tests/support/browser.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { openedForSignature } from "#tests/support/opened-for-signature.ts";
import { codeOf, setUpApp } from "#tests/support/second-factors.ts";
import type { Colleague } from "#tests/support/team.ts";
import { startWeb } from "#tests/support/web.ts";

let fresh: FreshDatabase;
let web: Awaited<ReturnType<typeof startWeb>>;
let browser: Browser;
let stage: Awaited<ReturnType<typeof openedForSignature>>;
let sign: string;
// Who goes on before a page has all it asked for gives up the rest; a slow browser says so.
const visitors = visitorsOfEachTest(/^AbortError: signal is aborted without reason$/);
beforeAll(async () => {
  fresh = await freshDatabase();
  stage = await openedForSignature(fresh.owner, 3);
  sign = `/jits/${stage.reference}/agreement/sign`;
  [web, browser] = await Promise.all([startWeb(fresh), openBrowser()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await web?.stop();
  await fresh?.drop();
});

async function visit(options: Parameters<typeof newVisitor>[2] = {}): Promise<Page> {
  const visitor = await newVisitor(browser, web.origin, options);
  visitors.push(visitor);
  return visitor.page;
}

/** A device with a fingerprint reader, whose owner touches it; `touch(false)`: someone else does. */
async function withDevice(page: Page) {
  const client = await page.context().newCDPSession(page);
  await client.send("WebAuthn.enable");
  const options = {
    protocol: "ctap2",
    transport: "internal",
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  } as const;
  const { authenticatorId } = await client.send("WebAuthn.addVirtualAuthenticator", { options });
  return {
    touch: (isUserVerified: boolean) => client.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified }),
  };
}

async function givePassword(page: Page, person: Colleague): Promise<void> {
  await page.goto("/");
  await page.getByLabel("E-mail address").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(testPassword);
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function signIn(page: Page, person: Colleague): Promise<void> {
  await givePassword(page, person);
  await page.waitForURL("**/home");
}

async function halfSignIn(page: Page, person: Colleague): Promise<void> {
  await givePassword(page, person);
  await page.getByRole("heading", { name: "Second step" }).waitFor();
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: /your pages/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
}

test("a signatory is led to a passkey, signs in with it, and signs with it; someone else's finger signs nothing", async () => {
  const [person] = stage.people as [Colleague];
  const page = await visit();
  const device = await withDevice(page);
  await signIn(page, person);
  await page.goto(sign);
  await page.getByText("Signing needs a second factor").waitFor();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Set up a second factor" }).click();
  await expectAccessible(page);
  await page.getByLabel("Your password, again").fill(testPassword);
  await page.getByRole("button", { name: "Confirm with the password" }).click();
  await page.getByLabel("Name of the new passkey").fill("Service laptop");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByText("These are your recovery codes.").waitFor();
  await page.getByRole("cell", { name: /^Service laptop/ }).waitFor();
  expect(await page.locator(".recovery-codes li").count()).toBe(10);
  await expectAccessible(page);

  await signOut(page);
  await halfSignIn(page, person);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await page.waitForURL("**/home");
  await page.getByText("a passkey was added").waitFor();

  await page.goto(sign);
  await page.getByLabel("Place", { exact: true }).fill("Banjul");
  await page.getByRole("checkbox", { name: /^I sign for/ }).check();
  await device.touch(false);
  await page.getByRole("button", { name: /^Sign for/ }).click();
  await page.getByText("Your device gave no answer, so nothing was done.").waitFor();
  expect(await page.getByLabel("Place", { exact: true }).inputValue()).toBe("Banjul");
  await expectAccessible(page);
  await device.touch(true);
  await page.getByRole("button", { name: "Ask the device again" }).click();
  await page.locator("tr.mine").getByText("with a passkey").waitFor();
  await expectAccessible(page);
});

test("another signs with password and code on a telephone, and gets in with a recovery code once", async () => {
  const [, person] = stage.people as [Colleague, Colleague];
  const page = await visit({ viewport: { width: 375, height: 812 } });
  await signIn(page, person);
  await page.goto(sign);
  await page.getByRole("link", { name: "Set up a second factor" }).click();
  const secret = await setUpApp(page, testPassword);
  await expectAccessible(page);
  const recovery = (await page.locator(".recovery-codes li").first().textContent()) ?? "";
  await page.getByRole("link", { name: "Go back to signing" }).click();
  await page.getByLabel("Place", { exact: true }).fill("Praia");
  await page.getByLabel("Your password, again").fill(testPassword);
  await page.getByLabel("Code of your authenticator app").fill("000000");
  await page.getByRole("checkbox", { name: /^I sign for/ }).check();
  await page.getByRole("button", { name: /^Sign for/ }).click();
  await page.getByText("The code is not right, or was used already.").first().waitFor();
  expect(await page.getByLabel("Place", { exact: true }).inputValue()).toBe("Praia");
  await expectAccessible(page);
  await page.getByLabel("Your password, again").fill(testPassword);
  await page.getByLabel("Code of your authenticator app").fill(codeOf(secret, 1));
  await page.getByRole("button", { name: /^Sign for/ }).click();
  await page.locator("tr.mine").getByText("with password and code").waitFor();

  const guest = await visit({ javaScriptEnabled: false });
  await halfSignIn(guest, person);
  await guest.getByLabel("Code", { exact: true }).fill(recovery);
  await guest.getByRole("button", { name: "Sign in" }).click();
  await guest.waitForURL("**/home");
  await guest.goto("/me/security");
  await guest.getByText("You have 9 codes left.").waitFor();
  await guest.getByText("a recovery code was used to sign in").waitFor();
});

import { Secret, TOTP } from "otpauth";
import type { Page } from "playwright-core";
import { confirmByPassword } from "#app/domain/accounts/confirmation.server.ts";
import { addApp, addPasskey, askForPasskey, beginApp, listFactors } from "#app/domain/accounts/enrolment.server.ts";
import type { Actor } from "#app/domain/actor.ts";
import { testPassword } from "./account.ts";
import { passkeyDevice } from "./passkey-device.ts";

/** The code an app shows so many steps of 30 seconds from now. One step early or late is taken, each once. */
export function codeOf(secret: string, steps = 0): string {
  const timestamp = Date.now() + steps * 30_000;
  return new TOTP({ secret: Secret.fromBase32(secret.replace(/\s/g, "")) }).generate({ timestamp });
}

type Person = Actor & { email?: string };

/** Sets up a passkey as its owner would. The actor needs a session and the password of the tests. */
export async function withPasskey(person: Person, device = passkeyDevice()) {
  await confirmByPassword(person, testPassword);
  const asked = await askForPasskey(person, { name: "Laptop", email: person.email ?? "" });
  const codes = await addPasskey(person, { ask: asked.ask, answer: device.make(asked), name: "Laptop" });
  return { device, codes };
}

/**
 * Sets up an authenticator app, with the code of the step before: the present one can be used at once. `used` is that
 * code itself: made again half a minute later, "the step before" is another one.
 */
export async function withApp(person: Person) {
  await confirmByPassword(person, testPassword);
  await beginApp(person);
  const { pending } = await listFactors(person, person.email ?? "");
  const secret = pending?.secret ?? "";
  const used = codeOf(secret, -1);
  const codes = await addApp(person, used);
  return { secret, used, codes };
}

/**
 * The same in the browser, with the present code: the next use takes the one after it (`codeOf(secret, 1)`), so that
 * neither is too old when the button is pressed half a minute later. Stands on Security afterwards. Returns the secret.
 */
export async function setUpApp(page: Page, password: string): Promise<string> {
  await page.getByLabel("Your password, again").fill(password);
  await page.getByRole("button", { name: "Confirm with the password" }).click();
  await page.getByRole("button", { name: "Set up an authenticator app" }).click();
  const secret = await page.locator("dd code").innerText();
  await page.getByLabel("Code that the app shows").fill(codeOf(secret));
  await page.getByRole("button", { name: "Confirm the app" }).click();
  await page.getByText("These are your recovery codes.").waitFor();
  return secret;
}

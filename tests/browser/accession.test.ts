import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { agreeToText, readWholeText } from "#app/domain/agreeing/agreeing.server.ts";
import { getText } from "#app/domain/documents/document.server.ts";
import { passwordAlone, signDocument } from "#app/domain/signing/signing.server.ts";
import { database } from "#app/platform/database.server.ts";
import { demonstrationPassword } from "#prisma/demonstration/accounts.ts";
import { expectAccessible } from "#tests/support/browser.ts";
import { exerciseInBrowser } from "#tests/support/exercise-browser.ts";
import { clauseIn } from "#tests/support/exercise-pages.ts";
import { actorNamed, emailOf } from "#tests/support/exercise-people.ts";
import { codeOf, setUpApp } from "#tests/support/second-factors.ts";

/* A further State joins a team in force: its parties and the newcomer sign annex A10, the newcomer last. */
const { signIn } = exerciseInBrowser({ viewport: { width: 1440, height: 900 } });
const team = "/jits/JIT-2025-004";
const annex = "A10-1";

/** Puts the caret into a clause; returns its values beside the text. */
async function besideClause(page: Page, id: string) {
  await clauseIn(page, id).getByRole("heading").first().click();
  const panel = page.getByRole("complementary", { name: "Beside the text" });
  await panel.getByRole("tab", { name: `Clause ${Number(id.slice(-2))}`, exact: true }).click();
  return panel;
}

async function enter(page: Page, id: string, values: Record<string, string>): Promise<void> {
  const panel = await besideClause(page, id);
  for (const [label, value] of Object.entries(values)) {
    await panel.getByLabel(label, { exact: true }).fill(value);
    await panel.getByLabel(label, { exact: true }).press("Enter");
    await clauseIn(page, id).getByText(value).waitFor();
  }
}

async function agreeOnPage(page: Page): Promise<void> {
  await page.goto(`${team}/annexes/${annex}/agree`);
  await page.getByRole("button", { name: /^Agree for/ }).click();
  await page.getByRole("button", { name: /^Take back the agreement of/ }).waitFor();
}

test("a State accedes by an annex that its parties and the newcomer sign, and is a party with the last signature", async () => {
  const { id: jit } = await database().jit.findUniqueOrThrow({ where: { reference: "JIT-2025-004" } });
  const elena = await signIn("elena");
  await elena.goto(`${team}/annexes`);
  await elena.getByRole("link", { name: "Start A10…" }).click();
  await elena.getByLabel("Short name").fill("Italy");
  await elena.getByRole("button", { name: "Start A10", exact: true }).click();
  await elena.getByRole("heading", { name: /^Annex A10-1: / }).waitFor();

  const first = await besideClause(elena, "A10.01");
  await first.getByLabel("State that joins").selectOption({ label: "Italy" });
  await clauseIn(elena, "A10.01").getByText("Italy").first().waitFor();
  await enter(elena, "A10.01", { "Its authority": "National Anti-Mafia Directorate" });
  const second = await besideClause(elena, "A10.02");
  await second.getByLabel("Its leader", { exact: true }).selectOption("Another name…");
  await enter(elena, "A10.02", { "Its leader: the name": "Giulia Marchetti", "Its case number": "4471/26-EX" });
  await elena.getByText(/^Saved \d\d:\d\d/).waitFor();
  await expectAccessible(elena);

  await agreeOnPage(elena);
  const { id: document } = await getText(await actorNamed("elena"), jit, annex);
  for (const login of ["fatou", "lamin", "nuno"]) {
    const actor = await actorNamed(login);
    const { digest } = await readWholeText(actor, { jit, document });
    const member = await database().member.findFirstOrThrow({ where: { jitId: jit, personId: actor.personId } });
    await agreeToText(actor, { jit, document, party: member.partyId ?? "", digest });
  }
  await elena.goto(`${team}/annexes/${annex}/finalise`);
  await elena.getByRole("button", { name: /^Finalise version/ }).click();
  await elena.getByText("It has no effect until it is signed.").waitFor();

  // Who signs for the State that joins has no place in the team yet: the page asks for them, and says who will not do.
  await elena.getByRole("link", { name: "Open for signature…" }).click();
  const newcomer = elena.getByRole("region", { name: "For Italy, which joins" });
  const open = elena.getByRole("button", { name: "Open for signature" });
  await open.click();
  await newcomer.getByText(/^E-mail address of its signatory is missing/).waitFor();
  await newcomer.getByLabel("E-mail address of its signatory").fill(emailOf("marijke"));
  await open.click();
  await newcomer.getByText("This person does not work at an authority of the State that joins.").waitFor();
  await expectAccessible(elena);
  await newcomer.getByLabel("E-mail address of its signatory").fill(emailOf("paolo"));
  await open.click();
  await elena.waitForURL(`**/annexes/${annex}/sign`);

  for (const login of ["tomas", "moussa", "isatou", "celeste"]) {
    const actor = await actorNamed(login);
    const { frozen } = await getText(actor, jit, annex);
    const slot = frozen?.slots.find(({ personId }) => personId === actor.personId)?.id ?? "";
    const words = { capacity: "Prosecutor", place: "Dakar", meaning: "I sign." };
    await signDocument(actor, { jit, document, slot, digest: frozen?.digest ?? "", ...words }, passwordAlone());
  }
  // Signed by every party and not by the newcomer: no accession.
  await elena.goto(team);
  await elena.getByRole("row", { name: /Gambia/ }).waitFor();
  expect(await elena.getByRole("row", { name: /Italy/ }).count()).toBe(0);

  const paolo = await signIn("paolo");
  await paolo
    .getByRole("link", { name: /HARMATTAN/ })
    .first()
    .click();
  await paolo.waitForURL(`**${team}/annexes`);
  expect((await paolo.goto(`${team}/people`))?.status()).toBe(403);
  await paolo.goto(`${team}/agreement`);
  await paolo
    .getByText(/^In force since/)
    .first()
    .waitFor();
  await paolo.goto(`${team}/annexes/${annex}/sign`);
  await paolo.getByRole("link", { name: "Set up a second factor" }).click();
  const secret = await setUpApp(paolo, demonstrationPassword);
  await paolo.getByRole("link", { name: "Go back to signing" }).click();
  await paolo.waitForURL(`**/annexes/${annex}/sign`);
  await paolo.getByLabel("Place", { exact: true }).fill("Roma");
  await paolo.getByLabel("Your password, again").fill(demonstrationPassword);
  await paolo.getByLabel("Code of your authenticator app").fill(codeOf(secret, 1));
  await paolo.getByRole("checkbox", { name: /^I sign for Italy/ }).check();
  await expectAccessible(paolo);
  await paolo.getByRole("button", { name: /^Sign for Italy/ }).click();
  await paolo.locator("tr.mine").getByText("Signed", { exact: true }).waitFor();

  // A party, in the words of every page: for those who were there, and for the newcomer itself.
  await paolo.goto(`${team}/annexes/${annex}`);
  await paolo.getByText(/^Signed by all on .* It has effect from/).waitFor();
  for (const page of [elena, paolo]) {
    await page.goto(team);
    await page.getByRole("row", { name: /Italy/ }).getByText("4471/26-EX").waitFor();
    await page.goto(`${team}/people`);
    await page.getByRole("row", { name: /Paolo Rinaldi/ }).waitFor();
    await page.goto(`${team}/agreement/consolidated`);
    await page
      .getByText(/^Italy, represented by National Anti-Mafia Directorate, became a party by annex A10-1, with effect/)
      .waitFor();
  }
  await expectAccessible(paolo);
}, 240_000);

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Actor } from "#app/domain/actor.ts";
import {
  expectAccessible,
  expectWithinScreen,
  newVisitor,
  openBrowser,
  visitorsOfEachTest,
} from "#tests/support/browser.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { cookieOf } from "#tests/support/pages.ts";
import { addColleague, addOffice, foundTeam, memberOf, setState } from "#tests/support/team.ts";
import { startWeb } from "#tests/support/web.ts";

let fresh: FreshDatabase;
let web: Awaited<ReturnType<typeof startWeb>>;
let browser: Browser;
const visitors = visitorsOfEachTest();
beforeAll(async () => {
  fresh = await freshDatabase();
  [web, browser] = await Promise.all([startWeb(fresh), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await web?.stop();
  await fresh?.drop();
});

const phone = { viewport: { width: 375, height: 812 } };

/** Someone at a browser, signed in when a person is named. */
async function visit(person?: Actor, options: Parameters<typeof newVisitor>[2] = {}): Promise<Page> {
  const visitor = await newVisitor(browser, web.origin, options);
  visitors.push(visitor);
  if (person) {
    const [name = "", value = ""] = (await cookieOf(person)).split("=");
    await visitor.context.addCookies([{ name, value, url: web.origin }]);
  }
  return visitor.page;
}

test("a coordinator founds a team, brings in another State, invites a person, and takes access away again", async () => {
  const kz = await addOffice(fresh.owner, "KZ", "Asia/Almaty");
  await addOffice(fresh.owner, "EG", "Africa/Cairo");
  const coordinator = await addColleague(fresh.owner, kz, { globalRoles: ["national_coordinator"] });
  const page = await visit(coordinator);

  await page.goto("/home");
  await page.getByText("You are not in a team yet.").waitFor();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Found a team" }).click();
  await page.getByRole("button", { name: "Found the team" }).click();
  await page.getByRole("alert").waitFor();
  expect(await page.title()).toMatch(/^Error: /);
  await expectAccessible(page);
  await page.getByLabel("Name of the team").fill("SAIGA");
  await page.getByLabel("العربية").fill("سايغا");
  await page.getByLabel("This is an exercise").check();
  await page.getByRole("button", { name: "Found the team" }).click();
  await page.getByRole("heading", { level: 1, name: "SAIGA" }).waitFor();
  await page.getByText("Exercise – persons, cases and numbers are invented").waitFor();
  await expectAccessible(page);
  const overview = page.url();

  await page.getByRole("link", { name: "Add a party" }).first().click();
  await page.getByLabel("Authority").selectOption({ label: "Prosecution EG" });
  await page.getByLabel("Number of the national proceeding").fill("4471/2025-EX");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Add the party" }).click();
  await page.waitForURL(overview);
  await page.getByText("Egypt has nobody who may write yet.").waitFor();

  await page.getByRole("link", { name: "Invite a member" }).click();
  await page.getByLabel("E-mail address").fill("noha@");
  await page.getByRole("checkbox", { name: /^Leader/ }).check();
  await page.getByRole("button", { name: "Make the link" }).click();
  await page.getByRole("alert").waitFor();
  expect(await page.getByLabel("E-mail address").inputValue()).toBe("noha@");
  expect(await page.getByRole("checkbox", { name: /^Leader/ }).isChecked()).toBe(true);
  await expectAccessible(page);
  await page.getByLabel("E-mail address").fill("noha@exercise.example");
  await page.getByRole("button", { name: "Make the link" }).click();
  const link = await page.getByLabel("Link to pass on").inputValue();
  await expectAccessible(page);

  const guest = await visit(undefined, phone);
  await guest.goto(new URL(link).pathname);
  await guest.getByText("invites you to the joint investigation team SAIGA, for Egypt.").waitFor();
  await expectAccessible(guest);
  await guest.getByLabel("Your name in Latin letters").fill("نهى السيد");
  await guest.getByLabel("Your name in your own writing").fill("نهى السيد");
  await guest.getByLabel("Your function").fill("prosecutor");
  await guest.getByLabel("Password", { exact: true }).fill("seven brass kettles singing");
  await guest.getByRole("button", { name: "Make the account and open the team" }).click();
  await guest.getByRole("alert").waitFor();
  await guest.getByLabel("Your name in Latin letters").fill("Noha El-Sayed");
  await guest.getByLabel("Password", { exact: true }).fill("seven brass kettles singing");
  await guest.getByRole("button", { name: "Make the account and open the team" }).click();
  await guest.waitForURL(overview);
  await guest.getByRole("heading", { level: 1, name: "SAIGA" }).waitFor();
  await expectAccessible(guest);

  const second = await visit();
  await second.goto(new URL(link).pathname);
  await second.getByText("This invitation has been used.").waitFor();
  await expectAccessible(second);

  await page.goto(`${overview}/people`);
  await page
    .getByRole("link", { name: /Noha El-Sayed/ })
    .first()
    .click();
  await page.getByRole("link", { name: "Remove from the team…" }).click();
  await page.getByText("From the moment you press the button").waitFor();
  await expectAccessible(page);
  await page.getByLabel("Reason").fill("Wrong person");
  await page.getByRole("button", { name: "Remove from the team" }).click();
  await page.getByText("This is the only leader of the party. Name another leader first.").first().waitFor();
  expect(await page.getByLabel("Reason").inputValue()).toBe("Wrong person");
  await page.goto(`${overview}/people`);
  await page.getByRole("link", { name: "Change roles of Noha El-Sayed" }).click();
  await page.getByRole("checkbox", { name: /^Deputy leader/ }).check();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Change roles" }).click();
  await page.getByRole("cell", { name: "Leader, deputy leader" }).waitFor();
});

test("someone who is removed finds nothing at the address any more, and a stranger never did", async () => {
  const team = await foundTeam(fresh.owner);
  const person = await team.bring("eg", ["member"]);
  const path = `/jits/${team.reference}`;
  const theirs = await visit(person);
  await theirs.goto(path);
  await theirs.getByRole("heading", { level: 1, name: "SAIGA" }).waitFor();
  const stranger = await visit(await addColleague(fresh.owner, team.offices.nl));
  await stranger.goto(path);
  const notHere = await stranger.getByRole("heading", { level: 1 }).innerText();

  const page = await visit(team.founder);
  await page.goto(`${path}/people/${await memberOf(fresh.owner, team.jit, person)}/revoke`);
  await page.getByLabel("Reason").fill("Transferred");
  await page.getByRole("button", { name: "Remove from the team" }).click();
  await page.waitForURL(`**${path}/people`);
  await page.getByRole("link", { name: "No longer members" }).click();
  await page.getByRole("cell", { name: /^left / }).waitFor();

  await theirs.reload();
  expect(await theirs.getByRole("heading", { level: 1 }).innerText()).toBe(notHere);
  await expectAccessible(theirs);
});

test("one party asks to close the team, the other confirms", async () => {
  const team = await foundTeam(fresh.owner);
  const leader = await team.bring("eg", ["leader"]);
  await setState(fresh.owner, team.jit, "in_force", new Date(Date.now() + 19 * 86_400_000));
  const path = `/jits/${team.reference}`;
  const asking = await visit(team.founder, phone);
  await asking.goto(path);
  await asking.getByText(/^The team ends on/).waitFor();
  await expectAccessible(asking);
  await asking.getByRole("link", { name: "Close the team…" }).click();
  await expectAccessible(asking);
  await asking.getByRole("button", { name: "Ask to close the team" }).click();
  // The request's own page says "another party confirms" too: only the address tells that it was sent.
  await asking.waitForURL(`**${path}`);
  await asking.getByText("Another party confirms").waitFor();
  await asking.goto(`${path}/closing`);
  await asking.getByText("Your party has asked. Someone of another party confirms.").waitFor();

  const other = await visit(leader);
  await other.goto("/home");
  await other.getByText("Another party asks to close the team.").waitFor();
  await expectAccessible(other);
  await other.getByRole("link", { name: "Read the request" }).click();
  await expectAccessible(other);
  await other.getByRole("button", { name: "Confirm and archive the team" }).click();
  await other.getByText("The team is archived since").waitFor();
  await expectAccessible(other);
});

test("nothing of a team's pages sticks out at any width, with long names and Arabic ones", async () => {
  const team = await foundTeam(fresh.owner);
  await team.bring("eg", ["leader", "signatory", "evidence_custodian", "disclosure_officer"], {
    name: "عبد الرحمن بن محمد بن عبد العزيز آل الشيخ الزهراني",
    latinName: "Abdulrahman bin Mohammed bin Abdulaziz Al-Sheikh Al-Zahrani",
  });
  const page = await visit(team.founder, phone);
  const base = `/jits/${team.reference}`;
  const inTeam = ["", "/people", "/people/invite", "/parties/new", "/settings"].map((path) => `${base}${path}`);
  for (const path of ["/home", "/jits", "/jits/new", ...inTeam]) {
    await page.setViewportSize(phone.viewport);
    await page.goto(path);
    await expectAccessible(page);
    for (const width of [320, 1366]) {
      await page.setViewportSize({ width, height: 800 });
      await expectWithinScreen(page);
    }
  }
});

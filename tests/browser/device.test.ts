import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "#app/domain/actor.ts";
import { changeRoles, revokeMember } from "#app/domain/jits/members.server.ts";
import { database } from "#app/platform/database.server.ts";
import { demonstrationDomain } from "#prisma/demonstration/accounts.ts";
import { asOwner, signInAs } from "#tests/support/account.ts";
import { expectAccessible, newVisitor, openBrowser, visitorsOfEachTest } from "#tests/support/browser.ts";
import { type Exercise, startExercise } from "#tests/support/exercise.ts";
import { clauseIn as clause, signInByPassword } from "#tests/support/exercise-pages.ts";

/* What a device keeps of a text, for whom, and when it goes: a real browser, its real storage, the real servers. */
const team = "/jits/JIT-2026-001";
let exercise: Exercise;
let browser: Browser;
// A browser without a connection says so for each request.
const visitors = visitorsOfEachTest(/ERR_INTERNET_DISCONNECTED|WebSocket connection to .* failed/);

beforeAll(async () => {
  [exercise, browser] = await Promise.all([startExercise(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await exercise?.stop();
});

/** Someone at a device of their own, signed in without the work of the password. */
async function arrive(login: string): Promise<Page> {
  const { context, ...visitor } = await newVisitor(browser, exercise.origin, { acceptDownloads: true });
  visitors.push({ context, ...visitor });
  await context.addInitScript(keepSockets);
  const [name = "", value = ""] = (await signInAs(await actor(login))).cookie.split("=");
  await context.addCookies([{ name, value, url: exercise.origin }]);
  return visitor.page;
}

async function actor(login: string): Promise<Actor> {
  const { id, authorityId, authority } = await database().person.findUniqueOrThrow({
    where: { email: `${login}@${demonstrationDomain}` },
    include: { authority: true },
  });
  return { personId: id, sessionId: null, authorityId, state: authority.state, globalRoles: [] };
}

const keeping = (page: Page) => page.getByLabel("Keep texts on this device", { exact: false });

async function chooseToKeep(page: Page): Promise<void> {
  await page.goto("/me/settings");
  await keeping(page).check();
  await page.getByRole("button", { name: "Save for this device" }).click();
  await page.getByText("Saved for this device.").waitFor();
}

const saved = (page: Page) => page.getByText(/^Saved \d\d:\d\d/).waitFor();

async function openText(page: Page): Promise<void> {
  await page.goto(`${team}/agreement`);
  await page.locator('.txt[aria-readonly="false"]').waitFor();
}

/** Writes into the last paragraph of a clause, at the end of a line. */
async function write(page: Page, id: string, words: string): Promise<void> {
  await clause(page, id).locator("p").last().click();
  await page.keyboard.press("End");
  await page.keyboard.type(words);
}

type Sockets = { opened: WebSocket[]; refused: boolean };

/**
 * Cuts the device from the network, as in a train. The browser only refuses new sockets then, and an open one that is
 * ended without a network is now and then never closed: it is ended first, and none is opened until the network is gone.
 */
async function cut(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { sockets } = window as unknown as { sockets: Sockets };
    sockets.refused = true;
    for (const socket of sockets.opened) socket.close();
  });
  await page.getByText("The connection was cut.").waitFor();
  await page.context().setOffline(true);
  await page.evaluate(() => {
    (window as unknown as { sockets: Sockets }).sockets.refused = false;
  });
}

/** Runs in the page before its own scripts: its sockets can be found, and refused. */
function keepSockets(): void {
  const sockets: Sockets = { opened: [], refused: false };
  window.WebSocket = class extends WebSocket {
    constructor(...how: ConstructorParameters<typeof WebSocket>) {
      super(...how);
      sockets.opened.push(this);
      if (sockets.refused) this.close();
    }
  };
  Object.assign(window, { sockets });
}

/** What this device holds, by the first word of each name. */
async function held(page: Page): Promise<string[]> {
  const names = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? ""));
  return names.map((name) => name.split(" ")[0] ?? "").sort();
}

/** Someone's own tab goes, without a word and without a question. */
async function loseTab(page: Page): Promise<Page> {
  const context = page.context();
  const next = await context.newPage();
  await page.close({ runBeforeUnload: false });
  await context.setOffline(false);
  return next;
}

/** Whose the rows are that brought these words, and how often they stand in the text. */
async function authorsOf(words: string): Promise<string[]> {
  const { rows } = await exercise.owner.query(
    `SELECT p.email FROM document_update u JOIN document d ON d.id = u.document_id JOIN jit j ON j.id = d.jit_id
       JOIN person p ON p.id = u.author_id
      WHERE j.reference = 'JIT-2026-001' AND position($1::bytea in u.bytes) > 0`,
    [Buffer.from(words)],
  );
  return rows.map(({ email }) => email.split("@")[0]);
}

test("nothing of a text stays in the browser of who did not ask for it", async () => {
  const page = await arrive("aigul");
  await openText(page);
  await write(page, "C07", " Not kept.");
  await saved(page);
  expect(await held(page)).toEqual([]);
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain("Not kept");
});

test("without a connection nobody says yes to a clause, and the page stays", async () => {
  const page = await arrive("aigul");
  await page.setViewportSize({ width: 1440, height: 900 });
  await openText(page);
  await clause(page, "C08").getByRole("heading").first().click();
  await page.getByRole("tab", { name: "Clause 8" }).click();
  const agree = page.getByRole("button", { name: "Agree to clause 8" });
  await agree.waitFor();
  await cut(page);
  await page.getByText("Possible when the connection is back.").waitFor();
  expect(await agree.getAttribute("aria-disabled")).toBe("true");
  await write(page, "C08", " Still here.");
  await agree.click({ force: true });
  expect(await clause(page, "C08").textContent()).toContain("Still here.");
  await page.context().setOffline(false);
  await saved(page);
  await expect.poll(() => agree.getAttribute("aria-disabled")).toBeNull();
});

describe("a device that keeps texts", () => {
  test("brings back what was written without a connection after the tab is gone: once, saved, as its author's", async () => {
    let page = await arrive("aigul");
    await chooseToKeep(page);
    await expectAccessible(page);
    await openText(page);
    await cut(page);
    await write(page, "C08", " Written in a train.");
    await page.getByText("kept on this device and will be sent", { exact: false }).waitFor();
    page = await loseTab(page);
    // Pages can be reached again before the text can.
    await page.routeWebSocket(/\/collab\//, (socket) => socket.close());
    await openText(page);
    expect(await clause(page, "C08").textContent()).toContain("Written in a train.");
    await write(page, "C08", " And in a tunnel.");
    page = await loseTab(page);
    await openText(page);
    await saved(page);
    expect(await clause(page, "C08").textContent()).toContain("And in a tunnel.");
    expect(((await clause(page, "C08").textContent()) ?? "").split("Written in a train.").length).toBe(2);
    expect(await authorsOf("Written in a train.")).toEqual(["aigul"]);
  });

  test("keeps nothing after signing out, and keeps again for the same person", async () => {
    const page = await arrive("aigul");
    await chooseToKeep(page);
    await openText(page);
    expect(await held(page)).toEqual(["text"]);
    await page.getByRole("button", { name: /your pages/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByLabel("E-mail address").waitFor();
    await expect.poll(() => held(page)).toEqual([]);
    await signInByPassword(page, "aigul");
    await page.goto("/me/settings");
    expect(await keeping(page).isChecked()).toBe(true);
    await openText(page);
    expect(await held(page)).toEqual(["text"]);
    await page.goto("/me/settings");
    await keeping(page).uncheck();
    await page.getByRole("button", { name: "Save for this device" }).click();
    await expect.poll(() => held(page)).toEqual([]);
  });

  test("when the session ends by itself, what is unsent waits for the same person, and everything else goes", async () => {
    const page = await arrive("aigul");
    await chooseToKeep(page);
    await openText(page);
    await cut(page);
    await write(page, "C09", " Before lunch.");
    await endSessions("aigul");
    await page.context().setOffline(false);
    await page.getByText("It is kept on this device", { exact: false }).waitFor();
    await signInByPassword(page, "aigul");
    await openText(page);
    await saved(page);
    expect(await authorsOf("Before lunch.")).toEqual(["aigul"]);
    await endSessions("aigul");
    await page.getByText("Your session ended.", { exact: false }).waitFor();
    await expect.poll(() => held(page)).toEqual([]);
  });

  test("shows and sends nothing of one person when another signs in, also from a tab that is still open", async () => {
    const page = await arrive("aigul");
    await chooseToKeep(page);
    await openText(page);
    await cut(page);
    await write(page, "C10", " Only hers.");
    await endSessions("aigul");
    const other = await page.context().newPage();
    await page.context().setOffline(false);
    await signInByPassword(other, "wenjing");
    await page.getByText("Your session ended.", { exact: false }).waitFor();
    await expect.poll(() => held(other)).toEqual([]);
    await openText(other);
    await write(other, "C10", " His own.");
    await saved(other);
    expect(await clause(other, "C10").textContent()).not.toContain("Only hers.");
    expect(await authorsOf("Only hers.")).toEqual([]);
    expect(await held(other)).toEqual([]);
    await other.goto("/me/settings");
    expect(await keeping(other).isChecked()).toBe(false);
  });

  test("a text that nobody opened there for 30 days is deleted", async () => {
    const page = await arrive("aigul");
    await chooseToKeep(page);
    await openText(page);
    await page.goto("/home");
    await page.evaluate(openedLongAgo);
    await page.goto("/home");
    await expect.poll(() => held(page)).toEqual([]);
  });

  test("a full disk is said in a sentence, and writing goes on", async () => {
    const page = await arrive("aigul");
    await chooseToKeep(page);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Storage.overrideQuotaForOrigin", { origin: exercise.origin, quotaSize: 1 });
    await openText(page);
    await page.getByText("This text is not kept on this device", { exact: false }).waitFor();
    await write(page, "C11", " On a full disk.");
    await saved(page);
  });

  test("a rebuilt text takes in nothing of its old edition: the words are offered, then the device forgets them", async () => {
    let page = await arrive("aigul");
    await chooseToKeep(page);
    await openText(page);
    await cut(page);
    await write(page, "C12", " For the old edition.");
    await rebuildText();
    page = await loseTab(page);
    await openText(page);
    await page.getByText("JIT-2026-001: some of what you wrote", { exact: false }).waitFor();
    expect(await clause(page, "C12").textContent()).not.toContain("For the old edition.");
    expect(await downloaded(page)).toBe("For the old edition.");
    await page.getByRole("button", { name: "Delete from this device" }).click();
    await expect.poll(() => held(page)).toEqual(["text"]);
    expect(await authorsOf("For the old edition.")).toEqual([]);
  });

  test("when access is taken back the text goes, and only the person's own words are left for them", async () => {
    const revoke = await makeWriter("karim");
    const page = await arrive("karim");
    await chooseToKeep(page);
    await openText(page);
    await cut(page);
    await write(page, "C13", " Too late.");
    await revoke();
    await page.context().setOffline(false);
    await page.getByText("Your access to this text was taken back.", { exact: false }).waitFor();
    expect(await downloaded(page)).toBe("Too late.");
    await expect.poll(() => held(page)).toEqual(["left"]);
    await page.goto("/home");
    await page.getByText("JIT-2026-001: some of what you wrote", { exact: false }).waitFor();
    expect(await downloaded(page)).toBe("Too late.");
    await page.getByRole("button", { name: "Delete from this device" }).click();
    await expect.poll(() => held(page)).toEqual([]);
    expect(await authorsOf("Too late.")).toEqual([]);
  });
});

async function downloaded(page: Page): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download what was not stored" }).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

/** Runs in the page: sets back when each copy was opened. */
async function openedLongAgo(): Promise<void> {
  for (const { name } of await indexedDB.databases()) {
    await new Promise<void>((resolve, reject) => {
      const request = indexedDB.open(name ?? "");
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        const transaction = request.result.transaction("custom", "readwrite");
        transaction.objectStore("custom").put(Date.now() - 31 * 24 * 3_600_000, "opened");
        transaction.oncomplete = () => {
          request.result.close();
          resolve();
        };
      };
    });
  }
}

/** As from another device. */
async function endSessions(login: string): Promise<void> {
  const { personId } = await actor(login);
  const sql = `WITH ended AS (UPDATE session SET revoked_at = now() WHERE person_id = $1 AND revoked_at IS NULL RETURNING id)
    SELECT pg_notify('session', id) FROM ended`;
  await asOwner(exercise.owner, sql, [personId]);
}

/** The same history once more under the next epoch. */
async function rebuildText(): Promise<void> {
  const [document] = await database().document.findMany({ where: { jit: { reference: "JIT-2026-001" } } });
  const sql = `WITH copied AS (INSERT INTO document_update (document_id, epoch, sequence, author_id, bytes, at)
      SELECT document_id, 2, sequence, author_id, bytes, at FROM document_update WHERE document_id = $1 AND epoch = 1)
    UPDATE document SET epoch = 2 WHERE id = $1`;
  await asOwner(exercise.owner, sql, [document?.id], document?.jitId);
}

/** Karim, who reads along, becomes a writer; the answer takes his membership away. */
async function makeWriter(login: string): Promise<() => Promise<void>> {
  const { personId } = await actor(login);
  const member = await database().member.findFirstOrThrow({ where: { personId, jit: { reference: "JIT-2026-001" } } });
  const target = { jit: member.jitId, member: member.id };
  const leader = await actor("aigul");
  await changeRoles(leader, { ...target, roles: ["lead_negotiator"], from: {}, until: {} });
  return () => revokeMember(leader, { ...target, reason: "He left the authority" });
}

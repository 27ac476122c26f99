import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { expectAccessible } from "#tests/support/browser.ts";
import { exerciseInBrowser } from "#tests/support/exercise-browser.ts";

/* From a common hour to approved minutes, decisions and tasks, in a real browser, by two people. */
const { signIn, visit } = exerciseInBrowser({ viewport: { width: 1440, height: 1000 } });

const team = "/jits/JIT-2025-004";
const meetings = `${team}/meetings`;

const text = (page: Page) => page.getByRole("textbox", { name: "Text of the minutes" });
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe("meetings", { timeout: 300_000 }, () => {
  test("a meeting goes from its agenda to minutes that two people write, to decisions, to tasks, to approval", async () => {
    const [elena, lamin] = [await signIn("elena"), await signIn("lamin")];
    await elena.goto(team);
    await elena.getByRole("link", { name: "Meetings", exact: true }).click();
    await elena.getByRole("link", { name: "Coordination meeting" }).waitFor();
    await expectAccessible(elena);
    await elena.getByRole("link", { name: "Call a meeting" }).click();
    await elena.getByLabel("Subject").fill("Réunion: التسليم");
    // It has begun an hour ago, so that decisions can be recorded from it.
    await elena.getByLabel("Begins").fill(`${inDays(-1)}T10:00`);
    await elena.getByLabel("Ends").fill(`${inDays(-1)}T09:00`);
    await elena.getByLabel("Agenda").fill("Interviews\nMoney");
    await elena.getByRole("main").getByRole("button", { name: "Call a meeting" }).click();
    await elena.getByText("The meeting ends before it begins").first().waitFor();
    expect(await elena.getByLabel("Agenda").inputValue()).toBe("Interviews\nMoney");
    await expectAccessible(elena);
    await elena.getByLabel("Ends").fill(`${inDays(-1)}T11:30`);
    await elena.getByRole("main").getByRole("button", { name: "Call a meeting" }).click();
    await elena.getByRole("heading", { name: "Réunion: التسليم", level: 1 }).waitFor();
    const page = new URL(elena.url()).pathname;
    const reference = page.split("/").at(-1) ?? "";

    await elena.getByRole("link", { name: "Record who was there" }).click();
    await elena.getByLabel(/^Lamin .*Gambia/).selectOption("online");
    await elena.getByLabel("Others who were there").fill("An interpreter");
    await elena.getByRole("button", { name: "Save" }).click();
    await elena.getByText("after it began").first().waitFor();
    await elena.getByText("Online", { exact: true }).first().waitFor();
    await expectAccessible(elena);

    await elena.getByRole("button", { name: "Begin the minutes" }).click();
    await text(elena).waitFor();
    await lamin.goto(`${page}/minutes`);
    await text(lamin).getByRole("heading", { name: "Interviews" }).waitFor();
    await text(elena).locator("p").first().click();
    await elena.keyboard.type("Four witnesses are ready.");
    await text(lamin).getByText("Four witnesses are ready.").waitFor();
    await text(lamin).locator("p").nth(1).click();
    await lamin.keyboard.type("Accounts are frozen.");
    await text(elena).getByText("Accounts are frozen.").waitFor();
    await expectAccessible(lamin);

    await elena.getByText("Record a decision of this meeting").click();
    await elena.getByLabel("Topic").fill("Place of the interviews");
    await elena.getByLabel("What was decided").fill("In Dakar");
    await elena.getByLabel("Reason", { exact: true }).fill("The interpreters are there");
    await elena.getByRole("button", { name: "Record a decision", exact: true }).click();
    await elena.getByText("A decision needs someone who took it").first().waitFor();
    expect(await elena.getByLabel("What was decided").inputValue()).toBe("In Dakar");
    await elena.getByLabel("Senegal").check();
    await elena.getByLabel("Dissent").fill("The Gambia: too far");
    await elena.getByRole("button", { name: "Record a decision", exact: true }).click();
    await elena.getByRole("link", { name: /^D-03 Place of the interviews/ }).waitFor();
    // The editor was not left: what is written beside the forms is still there, and can be written on.
    await text(elena).getByText("Four witnesses are ready.").waitFor();
    await elena.getByText("Make a task of this meeting").click();
    await elena.getByRole("textbox", { name: "Task", exact: true }).fill("Book the interpreters");
    await elena.getByLabel("For the party").selectOption({ label: "Senegal" });
    await elena.getByRole("button", { name: "Make the task" }).click();
    await elena.getByRole("link", { name: /Book the interpreters$/ }).waitFor();
    await expectAccessible(elena);

    await lamin.goto(`${page}/minutes/approve`);
    const seen = await lamin.locator("code.digest").first().getAttribute("title");
    await text(elena).locator("p").first().click();
    await elena.keyboard.type("One more: ");
    await elena.getByText(/^Saved/).waitFor();
    await lamin.getByRole("button", { name: "Approve the minutes" }).click();
    await lamin.getByText("Somebody wrote in the minutes after you opened this page").first().waitFor();
    await lamin.getByText("One more:").waitFor();
    await lamin.getByRole("button", { name: "Approve the minutes" }).click();
    await lamin.getByText("These minutes are approved.").waitFor();
    const digest = await lamin.locator("code.digest").first().getAttribute("title");
    expect(digest).not.toBe(seen);
    await expectAccessible(lamin);
    // Whoever was writing has the approved words before them at once.
    await elena.getByText("These minutes are approved.").waitFor();
    expect(await text(elena).count()).toBe(0);

    await elena.goto(`${team}/decisions/D-03`);
    await elena.getByText("The Gambia: too far").waitFor();
    await elena.getByRole("link", { name: `${reference} Réunion: التسليم` }).click();
    await elena.getByRole("link", { name: /Book the interpreters$/ }).click();
    await elena.getByRole("link", { name: `Meeting ${reference}` }).click();
    await elena.getByRole("heading", { name: "Réunion: التسليم", level: 1 }).waitFor();

    await lamin.getByRole("link", { name: "Correct in a new version" }).click();
    await lamin.getByLabel("What is to be corrected, and why").fill("It was five witnesses");
    await lamin.getByRole("main").getByRole("button", { name: "Correct in a new version" }).click();
    await text(lamin).getByText("Four witnesses are ready.").waitFor();
    await lamin.getByRole("link", { name: "Version 1" }).click();
    await lamin.getByText("Version 2 is being written to correct them.").waitFor();
    expect(await lamin.locator("code.digest").first().getAttribute("title")).toBe(digest);
  });

  test("a decision with dissent is recorded in its own form, with plain words for what cannot be", async () => {
    const page = await signIn("elena");
    await page.goto(`${team}/decisions`);
    await page.getByText("Dissent recorded").first().waitFor();
    await page.getByRole("link", { name: "Record a decision" }).click();
    await page.getByLabel("Topic").fill("x".repeat(201));
    await page.getByLabel("What was decided").fill("Spain drafts the media text");
    await page.getByLabel("Reason", { exact: true }).fill("Its office has the contacts");
    await page.getByLabel("Spain").check();
    await page.getByLabel("Dissent").fill("Senegal: a joint draft would be better");
    await page.getByLabel("When it was decided").fill(inDays(-2));
    await page.getByLabel("Tasks it concerns").fill("4");
    await page.getByLabel("Meeting at which").fill("M-01");
    await page.getByRole("main").getByRole("button", { name: "Record a decision" }).click();
    await page.getByText("The topic has at most 200 characters").first().waitFor();
    await page.getByText("Write tasks as T-04").first().waitFor();
    await page.getByLabel("Topic").fill("Media text");
    await page.getByLabel("Tasks it concerns").fill("T-04");
    await page.getByRole("main").getByRole("button", { name: "Record a decision" }).click();
    await page.getByText("Senegal: a joint draft would be better").waitFor();
    await page.getByRole("link", { name: "M-01 Coordination meeting" }).waitFor();
    await page.getByRole("link", { name: "T-04" }).click();
    await page.getByRole("link", { name: /^D-\d+ Media text$/ }).waitFor();
  });

  test("a common hour is found, days that are out say why, and one button makes it the meeting's time", async () => {
    const page = await signIn("fatou");
    await page.goto(meetings);
    await page.getByRole("link", { name: "Leaders' call" }).click();
    await page.getByText("Within usual office hours").first().waitFor();
    await page.getByRole("link", { name: "Find a common hour" }).click();
    await page.getByRole("link", { name: "M-02" }).waitFor();
    await page.getByLabel("First day").fill("2027-12-20");
    expect(await page.getByLabel("From, Spain").inputValue()).toBe("09:00");
    await page.getByRole("button", { name: "Show common hours" }).click();
    await page.getByText("Public holiday in Spain: Christmas Day.").first().waitFor();
    await expectAccessible(page);
    await page
      .getByRole("button", { name: /^Take this time/ })
      .first()
      .click();
    await page.getByRole("heading", { name: "Leaders' call", level: 1 }).waitFor();
    await page.getByText("20 December 2027").first().waitFor();
    // Where the hours never meet, it is said.
    await page.goto(
      `${meetings}/times?asked=yes&with=ES&with=SN&from.ES=08:00&until.ES=09:00&from.SN=16:00&until.SN=17:00`,
    );
    await page.getByText("No time was found in these days.").waitFor();
    await page.getByText("No hour of this day is in everybody's working hours.").first().waitFor();
  });

  test("on a phone, in the dark, from right to left and without script", async () => {
    const page = await signIn("nuno", { viewport: { width: 375, height: 800 }, colorScheme: "dark" });
    for (const path of ["", "/M-01", "/M-01/minutes", "/times?meeting=M-02"]) {
      await page.goto(`${meetings}${path}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await expectAccessible(page);
      // The interface speaks English only so far; what is tried is the layout of a page that reads from the right.
      await page.evaluate(() => document.documentElement.setAttribute("dir", "rtl"));
      await expectAccessible(page);
    }
    const state = await page.context().storageState();
    const plain = await visit({ javaScriptEnabled: false, storageState: state });
    await plain.page.goto(`${meetings}/new`);
    await plain.page.getByLabel("Subject").fill("بلا برنامج");
    await plain.page.getByLabel("Begins").fill(`${inDays(20)}T10:00`);
    await plain.page.getByLabel("Ends").fill(`${inDays(20)}T11:00`);
    await plain.page.getByRole("main").getByRole("button", { name: "Call a meeting" }).click();
    await plain.page.getByRole("heading", { name: "بلا برنامج", level: 1 }).waitFor();
    await plain.page.goto(`${meetings}/M-01/minutes`);
    await plain.page.getByText("These minutes are approved.").waitFor();
    await plain.page.getByText("Nobody speaks to the press").waitFor();
  });
});

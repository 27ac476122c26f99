import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { expectAccessible } from "#tests/support/browser.ts";
import { exerciseInBrowser } from "#tests/support/exercise-browser.ts";

/* The board as two delegations use it, in a real browser with the real servers: by mouse, by keyboard, from the right. */
const { signIn, visit } = exerciseInBrowser({ viewport: { width: 1440, height: 900 } });

const board = "/jits/JIT-2026-001/tasks";
const column = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const card = (page: Page, name: string, task: string) => column(page, name).locator(`[data-task="${task}"]`);
const movesOf = (page: Page, task: string) => page.locator(`[data-move="${task}"]`);

/** Opens the list of places. Before the scripts have taken the page over, the same click shows the places in the card. */
async function openMoves(page: Page, task: string): Promise<void> {
  const focused = page.locator('[role="menuitem"]:focus');
  const open = () =>
    focused.waitFor({ timeout: 5_000 }).then(
      () => true,
      () => false,
    );
  await expect
    .poll(
      async () => {
        await movesOf(page, task).click({ timeout: 5_000 });
        return open();
      },
      { timeout: 60_000 },
    )
    .toBe(true);
}

const order = (page: Page, name: string) =>
  column(page, name)
    .locator("[data-task]")
    .evaluateAll((all) => all.map((one) => one.getAttribute("data-task")));

/** The interface speaks English only so far; what is tried is the layout of a page that reads from the right. */
async function fromTheRight(login: string): Promise<Page> {
  const page = await signIn(login);
  await page.goto(board);
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => document.documentElement.setAttribute("dir", "rtl"));
  return page;
}

/** From the card, which the arrows reach, to what is on it: as the keyboard goes. */
async function tabInto(page: Page, task: string, name: string): Promise<void> {
  await page.locator(`[data-task="${task}"]`).focus();
  const at = () =>
    page.evaluate(
      () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? "",
    );
  for (let tab = 0; tab < 4 && !(await at()).startsWith(name); tab++) await page.keyboard.press("Tab");
  expect(await at()).toMatch(new RegExp(`^${name}.*${task}`));
}

describe("the board", { timeout: 90_000 }, () => {
  test("is live both ways between two people, one with a mouse, one by keyboard alone and from right to left", async () => {
    const aigul = await signIn("aigul");
    await aigul.goto("/jits/JIT-2026-001");
    await aigul.getByRole("link", { name: "Tasks", exact: true }).click();
    await card(aigul, "Blocked", "T-04").getByText("China and Egypt have not answered").waitFor();
    await card(aigul, "To do", "T-08").getByText("No order named yet").waitFor();
    const noha = await fromTheRight("noha");
    await card(noha, "To do", "T-06").waitFor();
    await openMoves(aigul, "T-06");
    await aigul.getByRole("menuitem", { name: "Doing", exact: true }).click();
    await card(aigul, "Doing", "T-06").waitFor();
    await card(noha, "Doing", "T-06").waitFor();
    await tabInto(noha, "T-09", "Move to…");
    await noha.keyboard.press("Enter");
    await noha.locator('[role="menuitem"]:focus').waitFor();
    await noha.keyboard.press("ArrowDown");
    await noha.keyboard.press("Enter");
    await card(aigul, "Doing", "T-09").waitFor();
    await card(noha, "Doing", "T-09").focus();
    await noha.keyboard.press("Alt+ArrowUp");
    await expect.poll(() => order(aigul, "Doing")).toEqual(["T-02", "T-03", "T-05", "T-09", "T-06"]);
    await expect.poll(() => order(noha, "Doing")).toEqual(["T-02", "T-03", "T-05", "T-09", "T-06"]);
    await noha.getByText("T-09 stands in Doing, at place 4.").waitFor({ state: "attached" });
    await expectAccessible(aigul);
    await expectAccessible(noha);
  });

  test("a card is dragged by mouse to a place, and by keyboard from right to left; both see where it went", async () => {
    const aigul = await signIn("aigul");
    await aigul.goto(board);
    await aigul.waitForLoadState("networkidle");
    const noha = await fromTheRight("noha");
    const over = await card(aigul, "Done", "T-01").boundingBox();
    await card(aigul, "Doing", "T-03")
      .getByText("Draft annex")
      .dragTo(card(aigul, "Done", "T-01"), { targetPosition: { x: 40, y: (over?.height ?? 0) - 6 } });
    for (const page of [aigul, noha]) await expect.poll(() => order(page, "Done")).toEqual(["T-01", "T-03"]);
    await aigul.getByText("T-03 stands in Done, at place 2.").waitFor({ state: "attached" });
    // Within a column, before the first.
    await card(aigul, "Done", "T-03")
      .getByText("Draft annex")
      .dragTo(card(aigul, "Done", "T-01"), { targetPosition: { x: 40, y: 4 } });
    for (const page of [aigul, noha]) await expect.poll(() => order(page, "Done")).toEqual(["T-03", "T-01"]);

    await tabInto(noha, "T-03", "Drag");
    await noha.keyboard.press("Enter");
    const columnAt = () =>
      noha.evaluate(() => document.activeElement?.closest("section")?.getAttribute("aria-label") ?? "");
    for (let tab = 0; tab < 6 && (await columnAt()) !== "Blocked"; tab++) await noha.keyboard.press("Tab");
    expect(await columnAt()).toBe("Blocked");
    await noha.keyboard.press("Enter");
    for (const page of [aigul, noha]) await card(page, "Blocked", "T-03").waitFor();
    await noha.getByText("T-03 is in Blocked, and no reason is named.").waitFor();
    await noha.getByRole("link", { name: "Say what blocks it" }).waitFor();
    // Taken up and put back: nothing moves.
    await tabInto(noha, "T-03", "Drag");
    await noha.keyboard.press("Enter");
    await noha.keyboard.press("Escape");
    await card(noha, "Blocked", "T-03").waitFor();
    await expectAccessible(noha);
  });

  test("two people who move the same card at once end with the same board; one dropped into a column just deleted stays, with a reason", async () => {
    const [aigul, noha] = [await signIn("aigul"), await fromTheRight("noha")];
    await aigul.goto(board);
    await aigul.waitForLoadState("networkidle");
    const to = async (page: Page, task: string, name: string) => {
      await openMoves(page, task);
      return page.getByRole("menuitem", { name, exact: true });
    };
    const [one, other] = [await to(aigul, "T-11", "Doing"), await to(noha, "T-11", "Done")];
    // The list of the one stays open while the other moves the card.
    await one.click();
    await card(noha, "Doing", "T-11").waitFor({ state: "attached" });
    await noha.getByRole("menuitem", { name: "Doing now" }).waitFor();
    await other.click();
    for (const page of [aigul, noha]) await card(page, "Done", "T-11").waitFor();
    // The answer to the one comes when the other has moved the card since: the later move holds on both screens.
    let answer = () => {};
    const untilAnswered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await aigul.route("**/tasks/move", async (route) => {
      const response = await route.fetch();
      await untilAnswered;
      await route.fulfill({ response });
    });
    await (await to(aigul, "T-11", "To do")).click();
    await card(noha, "To do", "T-11").waitFor();
    await (await to(noha, "T-11", "Doing")).click();
    await card(noha, "Doing", "T-11").waitFor();
    const news = (page: Page) => column(page, "Doing").locator("h2").innerText();
    await expect.poll(async () => (await news(aigul)) === (await news(noha))).toBe(true);
    answer();
    await card(aigul, "Doing", "T-11").waitFor();
    await aigul.unroute("**/tasks/move");
    const [up, down] = [await to(aigul, "T-11", "To do"), await to(noha, "T-11", "Done")];
    await Promise.all([up.click(), down.click()]);
    const where = (page: Page) =>
      page.locator('[data-task="T-11"]').evaluateAll((all) => all.map((card) => card.closest("section")?.ariaLabel));
    await expect.poll(async () => [await where(aigul), await where(noha)].flat().length).toBe(2);
    await expect.poll(async () => (await where(aigul))[0] === (await where(noha))[0]).toBe(true);

    // Deleted while a card is on its way to it.
    const wenjing = await signIn("wenjing");
    await wenjing.goto(`${board}/columns`);
    await wenjing.getByLabel("Name").last().fill("Waiting");
    await wenjing.getByRole("button", { name: "Add column" }).click();
    await column(aigul, "Waiting").waitFor();
    let deleted = () => {};
    const untilDeleted = new Promise<void>((resolve) => {
      deleted = resolve;
    });
    await aigul.route("**/tasks/move", async (route) => {
      await untilDeleted;
      await route.continue();
    });
    await (await to(aigul, "T-07", "Waiting")).click();
    await wenjing.getByRole("button", { name: "Delete column" }).last().click();
    await column(noha, "Waiting").waitFor({ state: "detached" });
    deleted();
    await aigul.getByText("T-07 stays where it was. This column was deleted").waitFor();
    await card(aigul, "To do", "T-07").waitFor();
    expect(await order(noha, "To do")).toContain("T-07");
  });

  test("whoever saves a field later is shown what it says now, and keeps the own words", async () => {
    const [aigul, sanne] = [await signIn("aigul"), await signIn("sanne")];
    for (const page of [aigul, sanne]) await page.goto(`${board}/T-07/change`);
    await aigul.getByLabel("Title").fill("Freeze plan for L-01");
    await sanne.getByLabel("Title").fill("Freeze plan for L-02");
    await aigul.getByRole("button", { name: "Save" }).click();
    await aigul.getByRole("heading", { name: "Freeze plan for L-01", level: 1 }).waitFor();
    await sanne.getByRole("button", { name: "Save" }).click();
    await sanne.getByText("Title is now: Freeze plan for L-01").waitFor();
    expect(await sanne.getByLabel("Title").inputValue()).toBe("Freeze plan for L-02");
    await sanne.getByRole("button", { name: "Save" }).click();
    await sanne.getByRole("heading", { name: "Freeze plan for L-02", level: 1 }).waitFor();
    // The page of the card that is open elsewhere follows.
    await aigul.getByRole("heading", { name: "Freeze plan for L-02", level: 1 }).waitFor();
  });

  test("a card is moved by touch on a phone", async () => {
    const page = await signIn("sanne", { viewport: { width: 375, height: 800 }, hasTouch: true });
    await page.goto(board);
    await page.waitForLoadState("networkidle");
    await movesOf(page, "T-12").tap();
    await page.getByRole("menuitem", { name: "Doing", exact: true }).tap();
    await card(page, "Doing", "T-12").waitFor();
    await expectAccessible(page);
  });

  test("works without script: the list of places opens by a link, and a card moves by a button", async () => {
    const page = await signIn("wenjing");
    const state = await page.context().storageState();
    const plain = await visit({ javaScriptEnabled: false, storageState: state });
    await plain.page.goto(board);
    await movesOf(plain.page, "T-10").click();
    await plain.page.getByRole("button", { name: "Doing", exact: true }).click();
    await card(plain.page, "Doing", "T-10").waitFor();
  });

  test("a card is added, worked on and found as line, in the calendar and among the own tasks; on a phone and in the dark", async () => {
    const page = await signIn("aigul", { viewport: { width: 375, height: 800 }, colorScheme: "dark" });
    await page.goto(`${board}/new`);
    await page.getByLabel("Title").fill("x".repeat(10_000));
    await page.getByLabel("Due").fill("2027-03-28T02:30");
    await page.getByLabel("Time zone of the two").selectOption("Europe/Amsterdam");
    await page.getByRole("button", { name: "Add task" }).click();
    await page.getByText("A title has at most 200 characters").first().waitFor();
    await page.getByLabel("Title").fill("سؤال البنك");
    await page.getByRole("button", { name: "Add task" }).click();
    await page.getByText("go forward over this time").first().waitFor();
    await expectAccessible(page);
    await page.getByLabel("Due").fill("2027-03-28T14:30");
    await page.getByLabel("Person responsible").selectOption({ label: "Aigul Nurlanova" });
    await page.getByRole("button", { name: "Add task" }).click();
    await page.getByRole("link", { name: "سؤال البنك" }).click();
    await page.getByRole("textbox", { name: "Step" }).fill("Answer of the bank");
    await page.getByRole("button", { name: "Add a step" }).click();
    await page.getByRole("button", { name: "Done: Answer of the bank" }).click();
    await page.getByText("1 of 1 done").waitFor();
    await page.getByLabel("Your comment").fill("Asked today.");
    await page.getByRole("button", { name: "Send comment" }).click();
    await page.getByRole("paragraph").filter({ hasText: "Asked today." }).waitFor();
    await expectAccessible(page);
    for (const address of [`${board}?view=table&sort=due`, `${board}?view=calendar&month=2027-03`, "/tasks"]) {
      await page.goto(address);
      await page
        .getByRole("link", { name: /سؤال البنك/ })
        .first()
        .waitFor();
      await expectAccessible(page);
    }
  });
});

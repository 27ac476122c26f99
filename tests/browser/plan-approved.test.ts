import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { expectAccessible } from "#tests/support/browser.ts";
import { exerciseInBrowser } from "#tests/support/exercise-browser.ts";
import { wordsOf } from "#tests/support/pdf.ts";

/* The plan from its first line to the version that all leaders approved, and its day of action with the line cut. */
// A browser that is cut off says so for every request.
const { signIn, visit } = exerciseInBrowser({
  viewport: { width: 1440, height: 1000 },
  meant: /net::ERR_(INTERNET_DISCONNECTED|FAILED|NETWORK_CHANGED)/,
});

const plan = "/jits/JIT-2026-001/plan";

async function printed(page: Page, paper: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: `Print ${paper}` }).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return wordsOf(Buffer.concat(chunks));
}

describe("the plan", { timeout: 600_000 }, () => {
  test("goes from its first line to the version that all leaders approved, to print, and to what changed since", async () => {
    const aigul = await signIn("aigul");
    await aigul.goto(`${plan}/line/new`);
    await aigul.getByLabel("Title").fill("Перевозчики");
    await aigul.getByRole("button", { name: "Add line of inquiry" }).click();
    await aigul.getByRole("link", { name: "Перевозчики" }).waitFor();
    await aigul.goto(`${plan}/action/new?line=E`);
    await aigul.getByLabel("Title").fill("Hear the two drivers");
    await aigul.getByRole("button", { name: "Add action" }).click();
    await aigul.getByRole("link", { name: "Hear the two drivers" }).waitFor();
    await aigul.getByRole("button", { name: "Start the text" }).click();
    await aigul.locator('[data-clause="A3.01"] p').last().click();
    await aigul.keyboard.press("End");
    await aigul.keyboard.type(" Everybody is heard on one day.");
    await aigul.getByText(/^Saved \d\d:\d\d/).waitFor();
    for (const login of ["aigul", "wenjing", "noha", "sanne"]) {
      const page = login === "aigul" ? aigul : await signIn(login);
      await page.goto(plan);
      await page.getByRole("link", { name: "Versions", exact: true }).click();
      await page.getByRole("heading", { name: "Versions and approval", level: 1 }).waitFor();
      if (login === "noha") {
        await page.getByText("2 of 4 parties have approved the plan as it stands.").waitFor();
        await expectAccessible(page);
      }
      await page.getByRole("button", { name: /^Approve for / }).click();
      await page.getByText(login === "sanne" ? "The plan is what version 1 says" : "You have approved").waitFor();
    }
    await aigul.goto(`${plan}/versions`);
    await aigul.getByRole("link", { name: "Version 1", exact: true }).click();
    await aigul.getByText("The plan still says this.").waitFor();
    await expectAccessible(aigul);
    for (const paper of ["A4", "A3"]) {
      const words = await printed(aigul, paper);
      for (const one of [
        "Version 1, approved",
        "Перевозчики",
        "Hear the two drivers",
        "Everybody is heard on one day.",
      ])
        expect(words).toContain(one);
    }
    await aigul.goto(`${plan}/action/E1/change`);
    await aigul.getByLabel("Title").fill("Hear all drivers");
    await aigul.getByRole("button", { name: "Save" }).click();
    await aigul.getByRole("heading", { name: "Hear all drivers", level: 1 }).waitFor();
    await aigul.goto(plan);
    await aigul.getByText("Changed since version 1.").waitFor();
    await aigul.getByRole("link", { name: "See what changed" }).click();
    await aigul.getByText("Title: Hear the two drivers → Hear all drivers").waitFor();
    await expectAccessible(aigul);
  });
});

describe("the day of action", { timeout: 600_000 }, () => {
  const go = (page: Page) => page.getByRole("button", { name: "Go", exact: true });
  const kz = (page: Page) =>
    page
      .getByRole("row")
      .filter({ has: page.getByText("Kazakhstan", { exact: true }) })
      .first();
  async function toTheDay(page: Page): Promise<void> {
    await page.goto(`${plan}/day`);
    await page.getByRole("table").getByRole("link").first().click();
    await page.getByRole("heading", { name: /^Action day, / }).waitFor();
    await page.waitForLoadState("networkidle").catch(() => {});
  }

  test("goes on through a cut: what is pressed is kept, told of in words, sent once, and seen by the others", async () => {
    const [aigul, daniyar] = [await signIn("aigul"), await signIn("daniyar")];
    await toTheDay(aigul);
    await toTheDay(daniyar);
    await go(aigul).click();
    await aigul.getByText(/^Go, pressed .*: sent and recorded\.$/).waitFor();
    // Live, without a reload.
    await kz(daniyar).getByText("One of two said go").waitFor();
    await expectAccessible(daniyar);
    await daniyar.context().setOffline(true);
    await go(daniyar).click();
    await daniyar.getByText(/not sent yet\. It is kept here and sent when the line is back\.$/).waitFor();
    await daniyar.getByText("The connection is cut.").waitFor();
    expect(await kz(aigul).innerText()).toContain("One of two said go");
    await daniyar.context().setOffline(false);
    await daniyar.getByText(/^Go, pressed .*: sent and recorded\.$/).waitFor();
    for (const page of [aigul, daniyar]) await kz(page).getByText("Go", { exact: true }).waitFor();
    await daniyar.getByText("The connection is cut.").waitFor({ state: "detached" });

    // The word arrives and its answer is lost: it is sent again, and recorded once.
    let lost = 0;
    await daniyar.route("**/now", async (route) => {
      if (route.request().method() !== "POST" || lost > 0) return route.continue();
      lost++;
      await route.fetch();
      await route.abort();
    });
    await daniyar.getByLabel("Reason").fill("لم يصل الأمر");
    await daniyar.getByRole("button", { name: "No-go", exact: true }).click();
    await daniyar.getByText(/^No-go, pressed .*: sent and recorded\.$/).waitFor();
    expect(lost).toBe(1);
    await kz(aigul).getByText("No-go by one; a second has not confirmed it").waitFor();
    await kz(aigul).getByText("Everything that was said").click();
    expect(await kz(aigul).locator("details").getByText(/no-go/).count()).toBe(1);
    await expectAccessible(aigul);
  });

  test("asks for the reason of a no-go on the spot, and works on a phone in the dark and without script", async () => {
    const karim = await signIn("karim", { viewport: { width: 375, height: 800 }, colorScheme: "dark" });
    await toTheDay(karim);
    await karim.getByRole("button", { name: "No-go", exact: true }).click();
    await karim.getByText("Say why not").first().waitFor();
    await expectAccessible(karim);
    const state = await karim.context().storageState();
    const plain = await visit({ javaScriptEnabled: false, storageState: state });
    await plain.page.goto(karim.url());
    await plain.page.getByRole("button", { name: "Go", exact: true }).click();
    await plain.page.getByText("You said go.").waitFor();
    await plain.page.getByRole("button", { name: "Take my word back" }).click();
    await plain.page.getByText("You said go.").waitFor({ state: "detached" });
  });
});

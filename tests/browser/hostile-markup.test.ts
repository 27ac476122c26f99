import { inflateSync } from "node:zlib";
import { DOMParser as XmlParser } from "@xmldom/xmldom";
import { strFromU8, unzipSync } from "fflate";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { controlsIn } from "#app/domain/export/script-runs.ts";
import { database } from "#app/platform/database.server.ts";
import { demonstrationDomain } from "#prisma/demonstration/accounts.ts";
import { agreeForAll } from "#tests/support/agreeing.ts";
import { newVisitor, openBrowser } from "#tests/support/browser.ts";
import { Client } from "#tests/support/collab.ts";
import { mendPlantedFaults } from "#tests/support/complete-text.ts";
import { type Exercise, startExercise } from "#tests/support/exercise.ts";
import { signInByPassword, textOf } from "#tests/support/exercise-pages.ts";
import { hostileAddresses, hostileMarkup } from "#tests/support/hostile-markup.ts";
import { escaped, heading, paragraph, partsOf, zipped } from "#tests/support/word-files.ts";

/*
 * Hostile markup through every door by which words come in: pasting, a Word file, forms, a bare socket. The browser is
 * told to ignore our content policy, so that what holds here holds without it.
 */
let exercise: Exercise;
let browser: Browser;
let aigul: Page;
let complaints: string[];
const strange: string[] = [];
const agreement = "/jits/JIT-2026-001/agreement";

beforeAll(async () => {
  exercise = await startExercise();
  browser = await openBrowser();
  const visitor = await newVisitor(browser, exercise.origin, { bypassCSP: true });
  ({ page: aigul, complaints } = visitor);
  await visitor.context.addInitScript("window.harmed = 0; window.harm = () => { window.harmed++; top.harmed++ };");
  aigul.on("dialog", (dialog) => void dialog.dismiss().then(() => strange.push(dialog.message())));
  visitor.context.on("request", (request) => {
    if (!request.url().startsWith(exercise.origin) && !/^(blob|data:(image|font))/.test(request.url()))
      strange.push(request.url());
  });
  await signInByPassword(aigul, "aigul");
});

afterAll(async () => {
  await browser?.close();
  await exercise?.stop();
});

const text = () => textOf(aigul);

async function openText(): Promise<void> {
  await aigul.goto(agreement);
  await text().getByRole("heading", { name: "Definitions" }).waitFor();
}

/** What in a page would act: looked for in the page as it stands, or in HTML as it was sent. */
function actingIn(html?: string): Promise<string[]> {
  return aigul.evaluate((given) => {
    const root = given === undefined ? document : new DOMParser().parseFromString(given, "text/html");
    const places = ["href", "src", "action", "formaction", "data", "srcdoc", "poster", "xlink:href", "background"];
    const acts = (element: Element) =>
      element.getAttributeNames().some((name) => /^on/i.test(name)) ||
      places.some((name) =>
        /^[\s\0-\x20]*(javascript|vbscript|data:text|data:image\/svg|feed):?/i.test(element.getAttribute(name) ?? ""),
      ) ||
      (/^(script|style)$/i.test(element.tagName) &&
        /harm\(\)/.test(element.textContent ?? "") &&
        !/__remix|window\.__/.test(element.textContent ?? "")) ||
      /^(object|embed|base|iframe|marquee|xmp)$/i.test(element.tagName);
    return [...root.querySelectorAll("*")].filter(acts).map((element) => element.outerHTML.slice(0, 200));
  }, html);
}

async function expectHarmless(): Promise<void> {
  // Once around the loop of the browser: what fails to load says so later than it stands there.
  await aigul.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  expect(await aigul.evaluate(() => (window as unknown as { harmed: number }).harmed)).toBe(0);
  expect(await actingIn()).toEqual([]);
  expect(strange).toEqual([]);
  expect(complaints).toEqual([]);
}

test("there are at least three hundred of them", () => {
  expect(new Set(hostileMarkup.all).size).toBeGreaterThanOrEqual(300);
});

describe("harms nothing", () => {
  test("pasted", async () => {
    await openText();
    await text().locator('[data-clause="C22"] p').first().click();
    const several = Array.from({ length: Math.ceil(hostileMarkup.combined.length / 25) }, (_, n) =>
      hostileMarkup.combined
        .slice(n * 25, n * 25 + 25)
        .map((markup) => `<p>a</p>${markup}<p>b</p>`)
        .join(""),
    );
    await aigul.evaluate(
      (pieces) => {
        for (const html of pieces) {
          const data = new DataTransfer();
          data.setData("text/html", html);
          data.setData("text/plain", "x");
          const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
          document.querySelector(".ProseMirror")?.dispatchEvent(event);
        }
      },
      [...several, ...hostileMarkup.reshaping],
    );
    await aigul.getByText(/^Saved \d\d:\d\d/).waitFor();
    await expectHarmless();
    expect(await text().locator(".clause").count()).toBe(29);
    await openText();
    await expectHarmless();
  });

  test("in a Word file: as words, as headings, as addresses", async () => {
    const link = (n: number) => `<w:p><w:hyperlink r:id="h${n}"><w:r><w:t>link ${n}</w:t></w:r></w:hyperlink></w:p>`;
    const field = (at: string) =>
      `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "${escaped(at)}"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>f</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`;
    const links = hostileAddresses.map((target, n) => ({ id: `h${n}`, target }));
    const half = Math.ceil(hostileMarkup.all.length / 2);
    // All of it is more than may come in at once.
    for (const markups of [hostileMarkup.all.slice(0, half), hostileMarkup.all.slice(half)]) {
      const body = [
        ...hostileMarkup.reshaping.slice(0, 8).flatMap((markup) => [heading(markup), paragraph("Words.")]),
        ...markups.map((markup) => paragraph(markup)),
        ...hostileAddresses.map((_, n) => link(n)),
        ...hostileAddresses.map(field),
      ].join("");
      await aigul.goto(`${agreement}/import`);
      const file = {
        name: "<img src=x onerror=harm()>.docx",
        mimeType: "application/octet-stream",
        buffer: Buffer.from(zipped(partsOf(body, { links }))),
      };
      await aigul.getByLabel("Word file").setInputFiles(file);
      await aigul.getByRole("button", { name: "Read the file" }).click();
      await aigul.getByText("Nothing is changed yet.").waitFor();
      for (const more of await aigul.locator("details > summary").all()) await more.click();
      await expectHarmless();
      await aigul.getByRole("button", { name: "Put into the text" }).click();
      await aigul.getByText(/Undo takes (it|them) back\./).waitFor();
      await aigul.getByText(/^Saved \d\d:\d\d/).waitFor();
      await expectHarmless();
    }
    expect(await text().innerText()).toContain("<script>harm()</script>");
  });

  test("through a form: the names and the description of the team on every page that shows them", async () => {
    const pieces: string[] = [];
    for (const markup of hostileMarkup.all) {
      const clean = withoutControls(markup);
      if (pieces.length > 0 && `${pieces.at(-1)} ${clean}`.length <= 1000) pieces[pieces.length - 1] += ` ${clean}`;
      else pieces.push(clean.slice(0, 1000));
    }
    const names = hostileMarkup.reshaping.map(withoutControls).filter((name) => name.length <= 120);
    for (const [n, summary] of pieces.entries()) {
      const form = { "names.en": names[n % names.length] ?? "", summary };
      const headers = { Origin: exercise.origin };
      const sent = await aigul.request.post("/jits/JIT-2026-001/settings", { form, headers, maxRedirects: 0 });
      expect([sent.status(), summary]).toEqual([302, summary]);
      const html = await (await aigul.request.get("/jits/JIT-2026-001")).text();
      expect(await actingIn(html)).toEqual([]);
      // Each page is run for some, the one that shows them for many.
      if (n % 6 === 0) {
        await aigul.goto("/jits/JIT-2026-001");
        await expectHarmless();
      }
    }
    for (const page of [
      "/home",
      "/jits",
      "/jits/JIT-2026-001/activity",
      "/jits/JIT-2026-001/settings",
      "/jits/JIT-2026-001/people",
    ]) {
      await aigul.goto(page);
      await expectHarmless();
    }
  });

  test("through a bare socket: as words and values; as addresses and attributes it is not stored", async () => {
    await openText();
    const id = await documentId();
    const cookie = (await aigul.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
    const connect = async () => {
      const client = new Client(
        `${exercise.origin.replace("http", "ws")}/collab/${id}`,
        cookie,
        new Y.Doc(),
        exercise.origin,
      );
      await client.opened;
      await client.synced;
      return client;
    };
    const lastClause = (doc: Y.Doc) =>
      doc.getXmlFragment("text:en").get(doc.getXmlFragment("text:en").length - 1) as Y.XmlElement;
    const friendly = await connect();
    friendly.doc.transact(() => {
      const fields = friendly.doc.getMap("fields");
      for (const [n, markup] of hostileMarkup.all.entries()) {
        const words = withoutControls(markup).slice(0, 480);
        const block = new Y.XmlElement("paragraph");
        const chip = new Y.XmlElement("field");
        chip.setAttribute("name", "exerciseFlag");
        chip.setAttribute("yes", words);
        chip.setAttribute("no", words);
        block.insert(0, [new Y.XmlText(words), chip]);
        lastClause(friendly.doc).push([block]);
        if (n < 40) fields.set(["fallbackChannel", "factsSummary"][n % 2] as string, words);
      }
      fields.set(
        "participants",
        hostileMarkup.reshaping.map((note) => ({ bodyCode: withoutControls(note), contact: withoutControls(note) })),
      );
    });
    await friendly.allSaved();
    await friendly.leave();

    const marked = (mark: Record<string, unknown>) => (doc: Y.Doc) => {
      const block = new Y.XmlElement("paragraph");
      const words = new Y.XmlText();
      words.insert(0, "x", mark);
      block.insert(0, [words]);
      lastClause(doc).push([block]);
    };
    const withAttribute = (name: string, attribute: string, value: string) => (doc: Y.Doc) => {
      const block = new Y.XmlElement(name);
      block.setAttribute(attribute, value);
      block.insert(0, [new Y.XmlText("x")]);
      lastClause(doc).push([block]);
    };
    const attacks = [
      ...hostileAddresses.map((href) => marked({ link: { href } })),
      withAttribute("paragraph", "dir", '"><script>harm()</script>'),
      withAttribute("paragraph", "id", "x onclick=harm()"),
      withAttribute("script", "src", "data:text/javascript,harm()"),
      withAttribute("iframe", "srcdoc", "<script>harm()</script>"),
      ...hostileMarkup.reshaping
        .slice(0, 10)
        .flatMap((markup) => [
          (doc: Y.Doc) => doc.getMap("fields").set("jitReference", markup),
          (doc: Y.Doc) => doc.getMap("fields").set("legalBases", [{ partyIso: markup }]),
        ]),
    ];
    const refusalOf = async (attack: (doc: Y.Doc) => void) => {
      const client = await connect();
      client.doc.transact(() => attack(client.doc));
      return (await client.closed).code;
    };
    // A person may have twenty connections to a text.
    while (attacks.length > 0) {
      const codes = await Promise.all(attacks.splice(0, 10).map(refusalOf));
      expect(codes.filter((code) => code !== 4400)).toEqual([]);
    }
    await openText();
    await expectHarmless();
  });
});

describe("leaves nothing that acts", () => {
  test("in HTML, DOCX, CSV and PDF", async () => {
    const docx = unzipSync(new Uint8Array(await (await aigul.request.get(`${agreement}/docx`)).body()));
    for (const [name, part] of Object.entries(docx)) {
      if (!/\.(xml|rels)$/.test(name)) continue;
      const broken: string[] = [];
      const note = (problem: string) => void broken.push(problem);
      new XmlParser({ errorHandler: { warning: note, error: note, fatalError: note } }).parseFromString(
        strFromU8(part),
        "text/xml",
      );
      expect([name, broken]).toEqual([name, []]);
      const outside = strFromU8(part).match(/Target="[^"]*"(?=[^>]*TargetMode="External")/g) ?? [];
      expect(outside.filter((target) => !/^Target="(https?|mailto):/.test(target))).toEqual([]);
      expect(strFromU8(part)).not.toMatch(/<w:instrText[^>]*>[^<]*HYPERLINK/);
    }
    const csv = await (await aigul.request.get("/jits/JIT-2026-001/activity.csv")).text();
    expect(
      csv
        .split(/\r\n/)
        .flatMap((row) => row.split(/,(?="|\w|=|@|\+|-)/))
        .filter((cell) => /^"?[=+@\t]/.test(cell)),
    ).toEqual([]);

    await makeReady();
    await aigul.goto(`${agreement}/finalise`);
    await aigul.getByRole("button", { name: "Finalise version 1" }).click();
    await aigul.waitForURL(`**${agreement}`);
    const html = await (await aigul.request.get(`${agreement}/sign`)).text();
    expect(html).toContain("harm()");
    expect(await actingIn(html)).toEqual([]);
    await aigul.goto(`${agreement}/sign`);
    await expectHarmless();

    const pdf = Buffer.from(await (await aigul.request.get(`${agreement}/pdf`)).body());
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    expect(`${pdf.toString("latin1")}${inflated(pdf)}`).not.toMatch(
      /\/(JavaScript|JS|Launch|SubmitForm|URI|RichMedia)\b/,
    );
  });
});

/** Mends what blocks, and every party says yes. */
async function makeReady(): Promise<void> {
  const { id: document, jitId: jit } = await database().document.findFirstOrThrow({
    where: { jit: { reference: "JIT-2026-001" } },
  });
  const { id, authorityId, authority } = await database().person.findUniqueOrThrow({
    where: { email: `aigul@${demonstrationDomain}` },
    include: { authority: true },
  });
  const leader = { personId: id, sessionId: null, authorityId, state: authority.state, globalRoles: [] };
  await mendPlantedFaults({ jit, document }, leader);
  await agreeForAll({ jit, document });
}

function withoutControls(words: string): string {
  const controls = controlsIn(words);
  return [...words].filter((letter) => !controls.includes(letter) && !/[\t\n\u2028]/.test(letter)).join("");
}

/** The contents of the packed streams of a PDF that hold objects; the others are fonts, pages and the attachment. */
function inflated(pdf: Buffer): string {
  const latin = pdf.toString("latin1");
  return [...latin.matchAll(/\/Type\s*\/ObjStm[\s\S]*?stream\r?\n/g)]
    .map((found) => {
      const start = found.index + found[0].length;
      try {
        return inflateSync(pdf.subarray(start, latin.indexOf("endstream", start))).toString("latin1");
      } catch {
        return "";
      }
    })
    .join("\n");
}

async function documentId(): Promise<string> {
  const opened = aigul.waitForEvent("websocket");
  await aigul.reload();
  return new URL((await opened).url()).pathname.split("/").at(-1) ?? "";
}

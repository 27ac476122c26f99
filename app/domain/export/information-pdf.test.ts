import { afterAll, describe, expect, test } from "vitest";
import { stopPdf } from "#app/platform/pdf.server.ts";
import { overPdf, wordsOf } from "#tests/support/pdf.ts";
import { saigaArrangement } from "#tests/support/saiga-arrangement.ts";
import type { Content } from "../documents/content.ts";
import { consolidate, type SignedChild } from "../lifecycle/consolidated.ts";
import { renderForInformation } from "./information-pdf.server.ts";

afterAll(stopPdf);

const at = new Date("2027-03-01T09:00:00Z");
const digest = "ab".repeat(32);
const amendment = { amendedClause: "C01", oldText: { en: "" }, newText: { en: "The purpose is wider now." } };
const children: SignedChild[] = [
  { annex: "A8-1", from: new Date("2027-01-10T00:00:00Z"), fields: { extendedBy: "P6M" } },
  { annex: "A9-1", from: new Date("2027-02-01T00:00:00Z"), fields: { amendments: [amendment] } },
  { annex: "A11-1", from: new Date("2027-06-01T00:00:00Z"), fields: { withdrawalKind: "the_end_of_the_team" } },
];

function changed(signed: SignedChild[], languages: string[]) {
  const arrangement = saigaArrangement({ languages });
  const content = JSON.parse(arrangement.canonical) as Content;
  const texts = languages.map((language) => [language, consolidate(content, language, signed, at)] as const);
  const { fields } = content;
  return {
    arrangement,
    information: {
      ...{ at, version: 1, digest: arrangement.digest, timeZone: "UTC", fields, texts: Object.fromEntries(texts) },
      ...{ children: [], signed: signed.map(({ annex, from }) => ({ annex, from, digest })) },
    },
  };
}

describe("the text as changed on paper", { timeout: 60_000 }, () => {
  test("says on every page that it is not signed, and carries no signature, no canonical text", async () => {
    const { arrangement, information } = changed(children, ["en"]);
    const pdf = await renderForInformation(arrangement, information);
    const pages = Number(/Pages: +(\d+)/.exec(overPdf(pdf, "pdfinfo", "%"))?.[1]);
    expect(pages).toBeGreaterThan(5);
    for (let page = 1; page <= pages; page++) {
      const words = wordsOf(pdf, "-f", String(page), "-l", String(page));
      expect(words.replaceAll(" ", "")).toContain("FORINFORMATION");
      expect(words).toContain("for information, not signed");
    }
    const all = wordsOf(pdf);
    expect(all).not.toContain("Signature page");
    expect(all).not.toContain("Ermek Tursynov");
    expect(overPdf(pdf, "pdfdetach", "-list", "%")).not.toContain("arrangement.json");
    expect(overPdf(pdf, "pdfinfo", "-meta", "%")).toMatch(/<pdfaid:part>3</);
  });

  test("says below the clause what changed it, and lists what has its effect on that day", async () => {
    const { arrangement, information } = changed(children, ["en"]);
    const words = wordsOf(await renderForInformation(arrangement, information));
    expect(words).toContain("Extended by annex A8-1, signed by all on 10 January 2027, 00:00:00 UTC");
    expect(words).toContain("The old words were not found here in one piece; read the annex.");
    expect(words).toContain("New words: The purpose is wider now.");
    expect(words).toMatch(/What was signed to change it.*A8-1 10 January 2027.*abab abab abab abab/s);
    // June lies ahead.
    expect(words).not.toContain("A11-1");
    expect(words).not.toContain("Ended early");
  });

  test("stands side by side in two languages, with the notes in both", async () => {
    const { arrangement, information } = changed(children, ["en", "ar"]);
    const words = wordsOf(await renderForInformation(arrangement, information));
    expect(words.split("Extended by annex A8-1").length).toBe(3);
  });

  test("says so where nothing was signed to change it", async () => {
    const { arrangement, information } = changed([], ["en"]);
    const words = wordsOf(await renderForInformation(arrangement, information));
    expect(words).toContain("Nothing that has effect was signed to change the arrangement.");
  });
});

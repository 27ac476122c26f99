import { createHash } from "node:crypto";
import { afterAll, describe, expect, test } from "vitest";
import { MissingGlyphs, PdfGivenUp, PdfTimeout, stopPdf } from "#app/platform/pdf.server.ts";
import { attachmentOf, overPdf, readCode, wordsOf, wordsOutside } from "#tests/support/pdf.ts";
import { paragraph, saigaArrangement, worded } from "#tests/support/saiga-arrangement.ts";
import { type Content, canonicalForm, digestOfText } from "../documents/content.ts";
import { clauses } from "../templates/agreement.ts";
import type { AnnexToPrint } from "./arrangement.ts";
import { renderArrangement } from "./arrangement-pdf.server.ts";

afterAll(stopPdf);
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const longTest = { timeout: 60_000 };

describe("the arrangement on paper", longTest, () => {
  test("holds every clause title, every party and every signatory, and the canonical text as attachment", async () => {
    const input = saigaArrangement();
    const pdf = await renderArrangement(input);
    const text = wordsOf(pdf);
    for (const clause of clauses) expect(text).toContain(clause.titles.en);
    const signatories = [
      "Ermek Tursynov",
      "Ермек Тұрсынов",
      "Wang Jianguo",
      "王建国",
      "Hisham Fouad",
      "Marijke van den Berg",
    ];
    for (const name of signatories) expect(text).toContain(name);
    for (const name of [
      "Қазақстан Республикасының Бас прокуратурасы",
      "最高人民检察院国际合作局",
      "Functioneel Parket",
    ]) {
      expect(text).toContain(name);
    }
    expect(text).toContain("Signed in this workspace 16 December 2026, 04:31:12 UTC");
    expect(text).toContain("page 1 of ");
    expect(new TextDecoder().decode(attachmentOf(pdf))).toBe(input.canonical);
  });

  test("reads in four scripts: Russian and Chinese word for word, Arabic at least four words of five", async () => {
    const pdf = await renderArrangement(saigaArrangement({ languages: ["en", "ru", "ar", "zh"] }));
    const text = wordsOf(pdf);
    const close = text.replaceAll(" ", "");
    const arabic: string[] = ["هشام", "فؤاد"];
    for (const words of Object.values(worded)) {
      expect(text).toContain(words.ru);
      expect(close).toContain(words.zh);
      arabic.push(...(words.ar?.match(/[\p{Script=Arabic}\p{Mn}]+/gu) ?? []));
    }
    // Marks of vowels may come out beside another letter of their word.
    const bare = (word: string) =>
      word
        .normalize("NFD")
        .replace(/[\u064b-\u0652]/g, "")
        .normalize("NFC");
    const there = new Set(bare(text).match(/[\p{Script=Arabic}]+/gu));
    const found = arabic.filter((word) => there.has(bare(word)));
    expect(found.length / arabic.length).toBeGreaterThanOrEqual(0.8);
  });

  test("is the same to the byte each time, sound to qpdf, tagged, and claims PDF/A-3a", async () => {
    const first = await renderArrangement(saigaArrangement({ languages: ["en", "ar"] }));
    stopPdf();
    const second = await renderArrangement(saigaArrangement({ languages: ["en", "ar"] }));
    expect(sha256(second)).toBe(sha256(first));
    expect(overPdf(first, "qpdf", "--check", "%")).toContain("No syntax or stream encoding errors found");
    expect(overPdf(first, "pdfinfo", "%")).toMatch(/Tagged: +yes/);
    const metadata = overPdf(first, "pdfinfo", "-meta", "%");
    expect(metadata).toMatch(/<pdfaid:part>3</);
    expect(metadata).toMatch(/<pdfaid:conformance>A</);
  });

  test("says EXERCISE on every page of an exercise, and nowhere otherwise", async () => {
    const exercise = await renderArrangement(saigaArrangement());
    const pages = Number(/Pages: +(\d+)/.exec(overPdf(exercise, "pdfinfo", "%"))?.[1]);
    expect(pages).toBeGreaterThan(5);
    for (let page = 1; page <= pages; page++) {
      expect(wordsOf(exercise, "-f", String(page), "-l", String(page))).toContain("EXERCISE");
    }
    expect(wordsOf(await renderArrangement(saigaArrangement({ exercise: false })))).not.toContain("EXERCISE");
  });

  test("sets two authentic languages side by side, clause beside clause, and others one after the other", async () => {
    const places = (pdf: Uint8Array) =>
      [
        ...overPdf(pdf, "pdftotext", "-bbox", "%", "-").matchAll(/<page|<word xMin="([\d.]+)"[^>]*>(.*?)<\/word>/g),
      ].reduce(
        ({ page, found }, [tag, x, word]) =>
          tag === "<page" ? { page: page + 1, found } : { page, found: [...found, { page, x: Number(x), word }] },
        { page: 0, found: [] as { page: number; x: number; word?: string }[] },
      ).found;
    const two = places(await renderArrangement(saigaArrangement({ languages: ["en", "ru"] })));
    const english = two.find(({ word }) => word === "investigates");
    const russian = two.find(({ word }) => word === "организаторов");
    expect(russian?.page).toBe(english?.page);
    expect(russian?.x).toBeGreaterThan(300);
    expect(english?.x).toBeLessThan(300);
    const three = places(await renderArrangement(saigaArrangement({ languages: ["en", "ru", "zh"] })));
    const apart = ["investigates", "организаторов"].map((one) => three.find(({ word }) => word === one)?.page ?? 0);
    expect(apart[1]).toBeGreaterThan(apart[0] ?? 0);
  });

  test("gives a link's address in a footnote, in a text from right to left too", async () => {
    const linked = (text: string, href: string) => ({ type: "text", text, marks: [{ type: "link", attrs: { href } }] });
    const pdf = await renderArrangement(
      saigaArrangement({
        languages: ["en"],
        more: [
          paragraph("See ", linked("the treaty", "https://treaties.example/chapter/18?part=12"), " for all."),
          paragraph("انظر ", linked("المعاهدة", "https://treaties.example/ar/18"), " هنا."),
        ],
      }),
    );
    const text = wordsOf(pdf);
    expect(text).toMatch(/See the treaty ?1 for all\./);
    expect(text).toContain("https://treaties.example/chapter/18?part=12");
    expect(text).toContain("https://treaties.example/ar/18");
  });

  test("leads from every page to what is recorded for the digest", async () => {
    const input = saigaArrangement();
    const pdf = await renderArrangement(input);
    expect(wordsOf(pdf).replaceAll(" ", "")).toContain(`https://jit.example/d/${input.digest}`);
    const pages = Number(/Pages: +(\d+)/.exec(overPdf(pdf, "pdfinfo", "%"))?.[1]);
    const elsewhere = await renderArrangement({ ...input, origin: "https://other.example" });
    expect(readCode(pdf, 1)).toBe(`HTTPS://JIT.EXAMPLE/D/${input.digest.toUpperCase()}`);
    expect(readCode(pdf, pages)).toBe(readCode(pdf, 1));
    expect(readCode(elsewhere, 2)).toContain("OTHER.EXAMPLE");
  });

  test("refuses a digest that is not that of the text", async () => {
    const input = saigaArrangement();
    await expect(renderArrangement({ ...input, digest: "0".repeat(64) })).rejects.toThrow("digest");
  });

  test("gives up a document that takes too long, and goes on with the next", async () => {
    stopPdf();
    await expect(renderArrangement(saigaArrangement(), { withinMs: 1 })).rejects.toThrow(PdfTimeout);
    expect((await renderArrangement(saigaArrangement())).length).toBeGreaterThan(10_000);
  });
});

describe("a paper that nobody wants any more", longTest, () => {
  test("is given up while it is made, and the next is made", async () => {
    stopPdf();
    const control = new AbortController();
    const made = renderArrangement(saigaArrangement(), { signal: control.signal });
    setImmediate(() => control.abort());
    await expect(made).rejects.toThrow(PdfGivenUp);
    expect((await renderArrangement(saigaArrangement())).length).toBeGreaterThan(10_000);
  });

  test("leaves the line without being begun, and holds up nobody", async () => {
    const control = new AbortController();
    const first = renderArrangement(saigaArrangement());
    const second = renderArrangement(saigaArrangement({ languages: ["en", "ar"] }), { signal: control.signal });
    const third = renderArrangement(saigaArrangement());
    control.abort();
    await expect(second).rejects.toThrow(PdfGivenUp);
    expect(sha256(await third)).toBe(sha256(await first));
  });
});

describe("what a person typed", longTest, () => {
  const attempts = [
    "#panic()",
    "$x^2$",
    '#read("/etc/passwd")',
    '#eval("1+1")',
    "`raw` ```code```",
    "*bold* _emph_ = heading",
    "<signatures> @signatures",
    '"; } ]) // /* comment',
    "\\u{41} \\#",
    "{{data}} #data.digest",
  ];

  test("never becomes Typst: it is printed as it was typed", async () => {
    const more = attempts.map((attempt) => paragraph(attempt));
    const input = saigaArrangement({ more });
    const [first] = input.signatories.slice(0, 1);
    const pdf = await renderArrangement({
      ...input,
      jit: { ...input.jit, names: { en: "#panic()", kk: '#read("/etc/passwd")' } },
      signatories: [{ ...first!, name: "$x$ `y`", latinName: "#emph[Z]", capacity: '#("a")' }],
    });
    const text = wordsOf(pdf);
    for (const attempt of [...attempts, "$x$ `y`", "#emph[Z]", '#("a")']) expect(text).toContain(attempt);
    expect(text).not.toContain("root:");
  });

  test("cannot turn the words beside it around", async () => {
    const tricked = "before \u202eEVIL\u202c \u2067\u2069\u2069\u2069 after";
    const pdf = await renderArrangement(
      saigaArrangement({ more: [paragraph(tricked), paragraph("\u2066\u2067open")] }),
    );
    expect(wordsOf(pdf)).toContain("before EVIL");
  });

  test("is refused with the list of characters when no font has them", async () => {
    const refused = renderArrangement(saigaArrangement({ more: [paragraph("ok ქ 한 😀 \ufffd fine")] }));
    await expect(refused).rejects.toThrow(MissingGlyphs);
    await expect(refused).rejects.toMatchObject({ characters: ["ქ", "한", "\ufffd", "😀"] });
    const control = renderArrangement(saigaArrangement({ more: [paragraph("bell \u0007")] }));
    await expect(control).rejects.toThrow(MissingGlyphs);
  });

  test("stays within the margins: long words, many columns, long tables, spans that cannot be", async () => {
    const cell = (text: string, attrs = {}) => ({ type: "tableCell", attrs, content: [paragraph(text)] });
    const wide = {
      type: "table",
      content: [
        {
          type: "tableRow",
          content: Array.from({ length: 9 }, (_, n) => ({ ...cell(`Head ${n}`), type: "tableHeader" })),
        },
        ...Array.from({ length: 120 }, (_, n) => ({
          type: "tableRow",
          content: Array.from({ length: 9 }, (_, m) => cell(m === 4 ? "a".repeat(64) : `row ${n} Republikasının`)),
        })),
      ],
    };
    const broken = {
      type: "table",
      content: [
        { type: "tableRow", content: [cell("tall", { rowspan: 50 }), cell("broad", { colspan: 3 })] },
        { type: "tableRow", content: [cell("x", { colspan: 2 }), cell("y", { colspan: -1, rowspan: "z" })] },
      ],
    };
    const digest = paragraph(`${"0123456789abcdef".repeat(20)} https://example.test/${"path/".repeat(60)}`);
    const pdf = await renderArrangement(saigaArrangement({ exercise: false, more: [digest, wide, broken] }));
    expect(wordsOutside(pdf, { start: 80, end: 74 })).toEqual([]);
    const text = wordsOf(pdf);
    expect(text).toContain("row 119");
    expect(text).toContain("broad");
    expect(text.match(/Head 8/g)?.length).toBeGreaterThan(3);
  });
});

describe("annexes on paper", longTest, () => {
  /** The arrangement as it is frozen with these annexes. */
  function withAnnexes(annexes: readonly AnnexToPrint[], rules: object[] = []) {
    const input = saigaArrangement();
    const content = JSON.parse(input.canonical) as Content;
    const canonical = canonicalForm({
      ...content,
      fields: { ...content.fields, disclosureRules: rules },
      annexes: annexes.map(({ annex, version, digest }) => ({ annex, version, digest })),
    });
    return { ...input, canonical, digest: digestOfText(canonical), annexes };
  }
  function annexOf(annex: string, words: Record<string, string>, about: string | null = null): AnnexToPrint {
    const languages = Object.fromEntries(
      Object.entries(words).map(([language, said]) => [
        language,
        {
          type: "doc",
          content: [
            {
              type: "clause",
              attrs: { clauseId: `${annex.split("-")[0]}.01`, fixed: false },
              content: [{ type: "clauseTitle", content: [{ type: "text", text: said }] }, paragraph(said)],
            },
          ],
        },
      ]),
    );
    const canonical = canonicalForm({ template: `jit-annex ${annex} R-2026.1`, fields: {}, languages });
    return { annex, about, version: 2, digest: digestOfText(canonical), canonical };
  }

  test("stand behind the signatures with title, version, digest and words, and each as an attachment", async () => {
    const members = annexOf("A1", { en: "Listed persons", ru: "Лица в списке" });
    const body = annexOf("A2-1", { en: "Words for the body" }, "INTERPOL");
    const pdf = await renderArrangement(withAnnexes([members, body]));
    const text = wordsOf(pdf);
    const close = text.replaceAll(/\s/g, "");
    for (const said of [
      "A1, version 2.0",
      "A2-1, version 2.0",
      "Listed persons",
      "Лица в списке",
      "Words for the body",
    ])
      expect(text).toContain(said);
    expect(text).toContain("Список членов группы");
    expect(close).toContain("Participants(oneperbody)–INTERPOL");
    expect(text.lastIndexOf("Words for the body")).toBeGreaterThan(text.lastIndexOf("Marijke van den Berg"));
    const attached = (name: string) => new TextDecoder().decode(attachmentOf(pdf, name));
    expect(attached("annex-A1.json")).toBe(members.canonical);
    expect(attached("annex-A2-1.json")).toBe(body.canonical);
  });

  test("leave the operational plan out, words and attachment, unless every party lets it be disclosed", async () => {
    const plan = annexOf("A3", { en: "Observe the warehouse" });
    for (const rules of [[], [{ oapDisclosable: "yes" }, { oapDisclosable: "no" }]]) {
      const pdf = await renderArrangement(withAnnexes([plan], rules));
      const text = wordsOf(pdf);
      expect(text).toContain("A3, version 2.0");
      expect(text).not.toContain("Observe the warehouse");
      expect(() => attachmentOf(pdf, "annex-A3.json")).toThrow();
    }
    const open = await renderArrangement(withAnnexes([plan], [{ oapDisclosable: "yes" }, { oapDisclosable: "Yes" }]));
    expect(wordsOf(open)).toContain("Observe the warehouse");
  });

  test("are refused when their words have another digest, or the text that is signed does not name them", async () => {
    const one = annexOf("A1", { en: "Listed persons" });
    const other = annexOf("A1", { en: "Other persons" });
    const changed = { ...withAnnexes([one]), annexes: [{ ...one, canonical: other.canonical }] };
    await expect(renderArrangement(changed)).rejects.toThrow("digest");
    await expect(renderArrangement({ ...withAnnexes([one]), annexes: [other] })).rejects.toThrow("names");
  });
});

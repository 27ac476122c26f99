import { createCipheriv, randomBytes } from "node:crypto";
import { zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startDocument } from "#app/domain/documents/document.server.ts";
import { rebuildWithHead } from "#app/domain/documents/history.server.ts";
import { limits } from "#app/domain/import/file.ts";
import { readInThread } from "#app/domain/import/reading.server.ts";
import { readWordFile } from "#app/domain/import/word-file.ts";
import { problems } from "#app/i18n/english/problems.ts";
import { database, queryOf } from "#app/platform/database.server.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { cookieOf, openPages } from "#tests/support/pages.ts";
import { foundTeam, type Team } from "#tests/support/team.ts";
import { documentXml, paragraph, partsOf, withClaimedSize, wordFile, zipped } from "#tests/support/word-files.ts";

/*
 * Files made to harm: each is answered with one sentence, the process that serves pages lives on, and the text is as it
 * was. Also through the real page and the real thread.
 */
let db: FreshDatabase;
let pages: Awaited<ReturnType<typeof openPages>>;
let team: Team;
let document: string;
let cookie: string;

beforeAll(async () => {
  db = await freshDatabase();
  pages = await openPages();
  team = await foundTeam(db.owner);
  const start = { instrumentKind: "arrangement" as const, duration: "P12M", referenceTimeZone: "UTC" };
  document = (await startDocument(team.founder, { jit: team.jit, ...start })).id;
  cookie = await cookieOf(team.founder);
});
afterAll(() => db.drop());

const utf8 = new TextEncoder();
const declared = (name: string) => `<?xml version="1.0" encoding="${name}"?>`;
const withMain = (main: string | Uint8Array) => zipped(partsOf("", { more: { "word/document.xml": main } }));
const doctype = (inside: string, body: string) =>
  withMain(documentXml(body, `${declared("UTF-8")}<!DOCTYPE w:document [${inside}]>`));
const nested = (depth: number, open: string, close: string) =>
  wordFile(open.repeat(depth) + paragraph("deep") + close.repeat(depth));

/** One entry whose bytes are no more than a key's: what an encrypted ZIP holds. */
function locked(): Uint8Array {
  const cipher = createCipheriv("aes-128-ctr", randomBytes(16), randomBytes(16));
  return withMain(Uint8Array.from(cipher.update(utf8.encode(documentXml(paragraph("x"))))));
}

const many = () =>
  Object.fromEntries(Array.from({ length: 80_000 }, (_, index) => [index.toString(36), new Uint8Array()]));
const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join("");
const zeros = (size: number): Uint8Array =>
  zipSync({ ...packed(), "word/document.xml": new Uint8Array(size) }, { level: 9 });
const packed = (): Record<string, Uint8Array> =>
  Object.fromEntries(
    Object.entries(partsOf("")).map(([name, part]) => [name, typeof part === "string" ? utf8.encode(part) : part]),
  );

const hostile: [name: string, reason: keyof typeof problems, make: () => Uint8Array][] = [
  ["nothing", "file-missing", () => new Uint8Array()],
  ["a file that is too large", "file-too-large", () => new Uint8Array(limits.fileBytes + 1).fill(0x50)],
  ["words that are no ZIP", "file-not-word", () => utf8.encode("Dear colleagues, please find attached")],
  ["a PDF", "file-not-word", () => utf8.encode("%PDF-1.7\n%âãÏÓ")],
  ["rich text", "file-not-word", () => utf8.encode("{\\rtf1\\ansi hello}")],
  [
    "an old .doc, or one with a password",
    "file-old-or-locked",
    () => Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...randomBytes(4000)]),
  ],
  [
    "a spreadsheet",
    "file-not-word",
    () => zipped({ "[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>" }),
  ],
  [
    "an OpenDocument text",
    "file-not-word",
    () => zipped({ mimetype: "application/vnd.oasis.opendocument.text", "content.xml": "<a/>" }),
  ],
  ["a ZIP cut in the middle", "file-damaged", () => wordFile(paragraph("whole")).subarray(0, 700)],
  ["a ZIP cut at its list", "file-damaged", () => wordFile(paragraph("whole")).slice(0, -30)],
  ["a head of a ZIP and noise", "file-damaged", () => Uint8Array.from([0x50, 0x4b, 3, 4, ...randomBytes(5000)])],
  ["a locked entry", "file-encoding", locked],
  ["80 MB of zeros in 80 KB", "file-inflates", () => zeros(80_000_000)],
  [
    "an entry that says it holds four gigabytes",
    "file-inflates",
    () => withClaimedSize(wordFile(paragraph("x")), "word/document.xml", 0xfffffff0),
  ],
  [
    "an entry that holds far more than it says",
    "file-damaged",
    () => withClaimedSize(zeros(80_000_000), "word/document.xml", 900),
  ],
  ["eighty thousand entries", "file-inflates", () => zipSync(many(), { level: 0 })],
  [
    "entities that multiply",
    "file-doctype",
    () => doctype(`<!ENTITY l0 "ha">${laughs}`, "<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>"),
  ],
  [
    "an entity from the disk",
    "file-doctype",
    () => doctype('<!ENTITY x SYSTEM "file:///etc/passwd">', "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>"),
  ],
  [
    "an entity from the net",
    "file-doctype",
    () => doctype('<!ENTITY % x SYSTEM "http://127.0.0.1:9/"> %x;', paragraph("x")),
  ],
  [
    "a hundred thousand frames in each other",
    "file-too-deep",
    () => nested(100_000, "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
  ],
  [
    "frames that hide their depth behind a value",
    "file-too-deep",
    () => nested(100_000, '<w:sdt w:a="/>"><w:sdtContent>', "</w:sdtContent></w:sdt>"),
  ],
  ["one paragraph of 50 MB", "file-inflates", () => wordFile(paragraph("x".repeat(50_000_000)))],
  ["one paragraph of 5 MB", "file-too-long", () => wordFile(paragraph("x".repeat(5_000_000)))],
  ["5,000 paragraphs", "file-too-long", () => wordFile(paragraph("x").repeat(5_000))],
  ["half a million elements", "file-too-long", () => wordFile(`<w:p>${"<w:r/>".repeat(500_000)}</w:p>`)],
  ["an open tag to the end", "file-damaged", () => wordFile(`<w:p ${'w:a="'.repeat(50_000)}`)],
  [
    "letters that are not of their encoding",
    "file-encoding",
    () => withMain(Uint8Array.from([...utf8.encode(declared("UTF-8")), 0x3c, 0x61, 0xff, 0xfe, 0x3e])),
  ],
  [
    "an encoding that does not exist",
    "file-encoding",
    () => withMain(documentXml(paragraph("x"), declared("klingon-8"))),
  ],
  ["XML that does not close", "file-damaged", () => withMain(`${documentXml(paragraph("x")).slice(0, -30)}`)],
  ["a file without words", "file-empty", () => wordFile("<w:p/><w:p><w:r><w:t> </w:t></w:r></w:p>")],
];

test.each(hostile)("%s is refused as %s", async (_name, reason, make) => {
  await expect(readWordFile(make())).rejects.toMatchObject({ reason });
});

/** What stands on the page that answers when this file is sent. */
async function sent(file: Uint8Array | null): Promise<{ status: number; text: string }> {
  const form = new FormData();
  if (file) form.set("file", new Blob([Uint8Array.from(file)]), "proposal.docx");
  else form.set("other", "nothing");
  const response = await pages.ask(`/jits/${team.reference}/agreement/import`, {
    cookie,
    method: "POST",
    sent: { body: form },
  });
  return { status: response.status, text: await response.text() };
}

const head = async (): Promise<number> => (await rebuildWithHead(queryOf(database()), { document, epoch: 1 })).head;

describe("the page", () => {
  const answered: [name: string, reason: keyof typeof problems, make: () => Uint8Array | null][] = [
    ["a damaged file", "file-damaged", () => wordFile(paragraph("whole")).subarray(0, 700)],
    ["a bomb", "file-inflates", () => zeros(80_000_000)],
    ["a file that is too large", "file-too-large", () => new Uint8Array(limits.fileBytes + 200_000)],
    ["no file", "file-missing", () => null],
  ];
  test.each(answered)("answers %s with its sentence, and the text is as it was", async (_name, reason, make) => {
    const before = await head();
    const { status, text } = await sent(make());
    expect(status).toBe(422);
    expect(text).toContain(problems[reason].replaceAll("'", "&#x27;"));
    expect(await head()).toBe(before);
  });

  test("goes on reading good files after bad ones, also beside each other", async () => {
    const answers = await Promise.all([
      sent(zeros(80_000_000)),
      sent(wordFile(paragraph("Sound."))),
      sent(nested(100_000, "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>")),
      sent(wordFile(paragraph("Sound too."))),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([422, 200, 422, 200]);
    expect(answers[3]?.text).toContain("Sound too.");
  });
});

test("a file that takes too long is given up, and its thread with it", async () => {
  const heavy = wordFile(`<w:p>${"<w:r><w:t>x</w:t></w:r>".repeat(90_000)}</w:p>`);
  await expect(readInThread(heavy, 5)).rejects.toMatchObject({ reason: "file-exhausts" });
  await expect(readInThread(wordFile(paragraph("next")))).resolves.toMatchObject({ ours: false });
});

test("styles that rest on each other in a circle, and files inside the file, change nothing", async () => {
  const word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
  const circle = ["A", "B"].map(
    (id, n) =>
      `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${id}"/><w:basedOn w:val="${"BA"[n]}"/><w:pPr><w:bidiX/></w:pPr></w:style>`,
  );
  const file = wordFile(paragraph("round", '<w:pStyle w:val="A"/>'), {
    more: {
      "word/styles.xml": `${declared("UTF-8")}<w:styles xmlns:w="${word}">${circle.join("")}</w:styles>`,
      "word/embeddings/inner.zip": zeros(20_000_000),
      "../../outside.xml": "<a/>",
      __proto__x: "<a/>",
    },
  });
  const { sections, leftOut } = await readInThread(file);
  expect(sections[0]?.blocks[0]?.content).toEqual([{ type: "text", text: "round" }]);
  expect(leftOut).toEqual({ objects: 1 });
});

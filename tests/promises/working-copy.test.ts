import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { appendBatch } from "#app/domain/documents/appending.server.ts";
import { finaliseDocument } from "#app/domain/documents/freezing.server.ts";
import { rebuildWithHead } from "#app/domain/documents/history.server.ts";
import { Conflict, Forbidden } from "#app/domain/errors.ts";
import { takeWorkingCopy } from "#app/domain/export/working-copy.server.ts";
import { workingCopyInWord } from "#app/domain/export/working-copy-docx.server.ts";
import { type ReadIn, readIn } from "#app/domain/import/read-in.server.ts";
import { database, queryOf } from "#app/platform/database.server.ts";
import { stopPdf } from "#app/platform/pdf.server.ts";
import { agreeForAll } from "#tests/support/agreeing.ts";
import { completeText } from "#tests/support/complete-text.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { negotiate } from "#tests/support/negotiation.ts";
import { cookieOf, openPages } from "#tests/support/pages.ts";
import { foundTeam, type Team } from "#tests/support/team.ts";
import { heading, paragraph, wordFile } from "#tests/support/word-files.ts";

/* The text goes out to Word and comes back: nothing is changed by either, and both are in the trail. */
let db: FreshDatabase;
let pages: Awaited<ReturnType<typeof openPages>>;
beforeAll(async () => {
  db = await freshDatabase();
  pages = await openPages();
});
afterAll(async () => {
  stopPdf();
  await db.drop();
});

type Started = Team & { step: { jit: string; document: string } };

async function started(): Promise<Started> {
  const team = await foundTeam(db.owner);
  await team.bring("eg", ["lead_negotiator"]);
  const step = await negotiate(team, "UTC");
  return { ...team, step };
}

async function write({ step, founder }: Started, work: (doc: Y.Doc) => void): Promise<void> {
  const edition = { document: step.document, epoch: 1 };
  const { doc, head } = await rebuildWithHead(queryOf(database()), edition);
  const before = Y.encodeStateVector(doc);
  doc.transact(() => work(doc));
  const part = { actor: founder, clients: [doc.clientID], bytes: Y.encodeStateAsUpdate(doc, before) };
  expect([...(await appendBatch({ ...edition, jit: step.jit, expected: head }, [part])).refused]).toEqual([]);
}

const clause = (doc: Y.Doc, index: number) => doc.getXmlFragment("text:en").get(index) as Y.XmlElement;

function addParagraph(doc: Y.Doc, index: number, words: string, dir?: string): void {
  const element = new Y.XmlElement("paragraph");
  if (dir) element.setAttribute("dir", dir);
  element.insert(0, [new Y.XmlText(words)]);
  clause(doc, index).push([element]);
}

const main = (file: Uint8Array) => strFromU8(unzipSync(file)["word/document.xml"] as Uint8Array);
/** The file with something in its main part written otherwise, as Word would. */
async function edited(file: Uint8Array, change: (xml: string) => string): Promise<Uint8Array> {
  const { zipSync, strToU8 } = await import("fflate");
  return zipSync({ ...unzipSync(file), "word/document.xml": strToU8(change(main(file))) });
}

const plain = (xml: string) => xml.replace(/<\/w:p>/g, "\n").replace(/<[^>]+>/g, "");
const takeAs = async ({ founder, step }: Started) => takeWorkingCopy(founder, step);
const read = ({ founder, step }: Started, file: Uint8Array): Promise<ReadIn> =>
  readIn(founder, { ...step, asked: null, file });
const lastEntry = async (jit: string) => {
  const { rows } = await db.owner.query(`SELECT body FROM audit.entry WHERE log = $1 ORDER BY seq DESC LIMIT 1`, [jit]);
  return JSON.parse(String(rows[0]?.body)) as { action: string; facts: Record<string, unknown> };
};

describe("a working copy", () => {
  test("says on its first page what it is, and holds the words, numbers and directions of the text", async () => {
    const team = await started();
    await write(team, (doc) => {
      addParagraph(doc, 5, "SGKU-204481-6 تقدم السلطة ردها.", "rtl");
      addParagraph(doc, 5, "Bell \u0007 and <b>markup</b> & more");
    });
    const copy = await takeAs(team);
    const file = await workingCopyInWord(copy);
    expect(Buffer.compare(await workingCopyInWord(copy), file)).toBe(0);
    const xml = main(file);
    const text = plain(xml);
    expect(text.indexOf("Working copy – not the signed text")).toBe(0);
    expect(text).toMatch(/as it stood on \d{1,2} \w+ \d{4}, \d\d:\d\d:\d\d UTC, while it was still being written/);
    expect(text).toContain("Bell \ufffd and &lt;b&gt;markup&lt;/b&gt; &amp; more");
    expect(text).toContain("works for 12 months");
    expect(xml).toContain('<w:rStyle w:val="JitField_duration"/>');
    expect(xml).toMatch(/<w:bidi\/>.{0,400}SGKU-204481-6/s);
    expect(xml.match(/<w:pStyle w:val="Heading1"\/>/g)?.length).toBe(29);
    expect(strFromU8(unzipSync(file)["word/numbering.xml"] as Uint8Array)).toContain('w:val="%1.%2"');
  });

  test("is not taken as the signed text once the text is closed, and names its digest", async () => {
    const team = await started();
    await completeText({ ...team, ...team.step });
    await agreeForAll(team.step);
    const { digest } = await finaliseDocument(team.founder, team.step);
    const text = plain(main(await workingCopyInWord(await takeAs(team))));
    expect(text).toContain(`with the digest ${digest.match(/.{4}/g)?.join(" ")}, and not this file`);
    expect(text).not.toContain("still being written");
  });

  test("comes as a file from its page, and that it was taken is in the trail", async () => {
    const team = await started();
    const cookie = await cookieOf(team.founder);
    const response = await pages.ask(`/jits/${team.reference}/agreement/docx`, { cookie });
    expect(response.headers.get("Content-Disposition")).toContain(`${team.reference}-v1-working-copy.docx`);
    expect(plain(main(new Uint8Array(await response.arrayBuffer())))).toContain("Use limitation");
    const { action, facts } = await lastEntry(team.jit);
    expect([action, facts.document, facts.format]).toEqual(["document.takeCopy", team.step.document, "docx"]);
  });

  test("is not for those who may not read the text", async () => {
    const team = await started();
    const officer = await team.bring("eg", ["cost_officer"]);
    await expect(takeWorkingCopy(officer, team.step)).rejects.toThrow(Forbidden);
  });
});

describe("a copy that comes back", () => {
  test("untouched, says nothing new", async () => {
    const team = await started();
    await write(team, (doc) => addParagraph(doc, 5, "SGKU-204481-6 تقدم السلطة ردها.", "rtl"));
    const { parts, same, missing, ours } = await read(team, await workingCopyInWord(await takeAs(team)));
    expect({ parts, missing, ours }).toEqual({ parts: [], missing: [], ours: true });
    expect(same).toHaveLength(29);
  });

  test("brings nothing of one language into the text of another", async () => {
    const team = await started();
    await write(team, (doc) => {
      const words = (name: string, of: string) => {
        const block = new Y.XmlElement(name);
        block.insert(0, [new Y.XmlText(of)]);
        return block;
      };
      const period = new Y.XmlElement("clause");
      period.setAttribute("clauseId", "C05");
      period.insert(0, [words("clauseTitle", "Срок действия"), words("paragraph", "Группа действует 12 месяцев.")]);
      doc.getXmlFragment("text:ru").insert(0, [period]);
    });
    const { parts, missing, leftOut } = await read(team, await workingCopyInWord(await takeAs(team)));
    expect({ parts, missing, leftOut }).toEqual({ parts: [], missing: [], leftOut: { otherLanguages: 1 } });
  });

  test("shows the one clause that was worded otherwise, with its values still values, and what was put beside", async () => {
    const team = await started();
    const file = await edited(await workingCopyInWord(await takeAs(team)), (xml) =>
      xml
        .replace("The team starts when", "The team begins work when")
        .replace(">12 months<", ">18 months<")
        .replace(">Languages<", ">Languages and translation<"),
    );
    const { parts } = await read(team, file);
    expect(parts.map((part) => [part.clause?.id, part.retitled, part.values])).toEqual([
      ["C05", null, ["Duration"]],
      ["C23", "Languages and translation", []],
    ]);
    expect(parts[0]?.lines[0]?.text).toContain("The team begins work when");
    const fields = JSON.stringify(parts[0]?.blocks).match(/"name":"\w+"/g);
    expect(fields).toContain('"name":"duration"');
    expect(JSON.stringify(parts[0]?.blocks)).not.toContain("18 months");
  });
});

describe("a file of other origin", () => {
  test("is laid beside clauses by title in any language, by number, or is a part of its own; and changes nothing", async () => {
    const team = await started();
    const before = await rebuildWithHead(queryOf(database()), { document: team.step.document, epoch: 1 });
    const file = wordFile(
      [
        paragraph("DRAFT of the parties"),
        heading("Article 14 – Use limitation and consent"),
        paragraph("14.1 Only for the case."),
        heading("السرية والإفصاح", 1),
        paragraph("سرية.", "<w:bidi/>"),
        heading("Article 5"),
        paragraph("Twelve months."),
        heading("A heading inside", 2),
        paragraph("Below it."),
        heading("Naming of the horse"),
        paragraph("It is called Saiga."),
      ].join(""),
    );
    const { parts, ours } = await read(team, file);
    const arabic = parts.find((part) => part.heading === "السرية والإفصاح");
    expect(
      parts
        .filter((part) => part !== arabic)
        .map((part) => [part.clause?.id ?? null, part.heading, part.lines.map(({ text }) => text)]),
    ).toEqual([
      [null, "", ["DRAFT of the parties"]],
      ["C14", "Article 14 – Use limitation and consent", ["Only for the case."]],
      ["C05", "Article 5", ["Twelve months.", "A heading inside", "Below it."]],
      [null, "Naming of the horse", ["It is called Saiga."]],
    ]);
    expect(ours).toBe(false);
    const after = await rebuildWithHead(queryOf(database()), { document: team.step.document, epoch: 1 });
    expect(after.head).toBe(before.head);
    const { action, facts } = await lastEntry(team.jit);
    expect([action, facts.bytes]).toEqual(["document.readIn", file.byteLength]);
  });

  test("is read only for those who may write, and only while the text can be written", async () => {
    const team = await started();
    const file = wordFile(paragraph("Words."));
    const member = await team.bring("eg", ["member"]);
    await expect(readIn(member, { ...team.step, asked: null, file })).rejects.toThrow(Forbidden);
    await completeText({ ...team, ...team.step });
    await agreeForAll(team.step);
    await finaliseDocument(team.founder, team.step);
    await expect(read(team, file)).rejects.toThrow(Conflict);
    expect((await lastEntry(team.jit)).action).toBe("document.finalise");
  });
});

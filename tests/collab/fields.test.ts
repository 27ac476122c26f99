import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { startAnnex } from "#app/domain/documents/annexes.server.ts";
import { getText } from "#app/domain/documents/document.server.ts";
import { addRow, cellKey, removeRow, rowsOf } from "#app/domain/documents/field-rows.ts";
import { fieldsOf } from "#app/domain/documents/text.ts";
import { SharedFields } from "#app/editor/shared-fields.ts";
import { type Client, type Desk, openDesk, until } from "#tests/support/collab.ts";

/* Values and rows beside the text, over real sockets: what is refused, and what two people keep. */
let desk: Desk;
let first: Client;
let second: Client;
beforeAll(async () => {
  desk = await openDesk();
  first = await desk.connect(await desk.writer());
  second = await desk.connect(await desk.writer("eg"));
});
afterAll(() => desk.close());

const map = (client: { doc: Y.Doc }) => client.doc.getMap("fields");
const rows = (client: Client, table: string) => rowsOf(map(client).toJSON(), table);
const alike = () =>
  until(() => JSON.stringify(fieldsOf(first.doc)) === JSON.stringify(fieldsOf(second.doc)), "both read the same");

describe("a socket that brings what no panel offers", () => {
  const hostile: [what: string, change: (doc: Y.Doc) => void][] = [
    ["a field that no template knows", (doc) => doc.getMap("fields").set("place", "Almaty")],
    ["a value of another kind", (doc) => doc.getMap("fields").set("costRule", { toString: "x" })],
    ["a value of a hundred kilobytes", (doc) => doc.getMap("fields").set("escalation", "x".repeat(100_000))],
    ["a duration of nothing", (doc) => doc.getMap("fields").set("duration", "P0D")],
    ["a duration of 400 years", (doc) => doc.getMap("fields").set("duration", "P400Y")],
    ["a day that does not exist", (doc) => doc.getMap("fields").set("fixedStart", "2027-02-29")],
    ["a State that is none", (doc) => doc.getMap("fields").set("statesOfOperation", ["KZ", "YY"])],
    ["a zone that nobody knows", (doc) => doc.getMap("fields").set("referenceTimeZone", "Mars/Olympus")],
    ["a column that no table has", (doc) => doc.getMap("fields").set("leaders/x1/salary", 7)],
    ["a map in the place of a value", (doc) => doc.getMap("fields").set("leaders", new Y.Map())],
    ["the sentence on sovereignty, taken away", (doc) => doc.getMap("fields").set("sovereigntyClause", false)],
    ["the clause on sovereignty, taken away", (doc) => doc.getXmlFragment("text:en").delete(6, 1)],
    ["the clause on use limitation, taken away", (doc) => doc.getXmlFragment("text:en").delete(14, 1)],
    ["the clause on purpose limitation, taken away", (doc) => doc.getXmlFragment("text:en").delete(16, 1)],
    [
      "the law of the place, no longer fixed",
      (doc) => (doc.getXmlFragment("text:en").get(6) as Y.XmlElement).setAttribute("fixed", false as never),
    ],
  ];
  test.each(hostile)("[C10] %s: refused, not stored, and nobody else is touched", async (_what, change) => {
    const before = (await desk.rows()).length;
    const stranger = await desk.connect(await desk.writer("eg"));
    change(stranger.doc);
    expect(await stranger.closed).toMatchObject({ code: 4400, reason: "malformed" });
    expect((await desk.rows()).length).toBe(before);
    map(first).set("factsSummary", `written after ${_what}`);
    await first.allSaved();
    expect(first.socket.readyState).toBe(first.socket.OPEN);
    await alike();
  });

  test("a fixed clause can be worded", async () => {
    const clause = first.doc.getXmlFragment("text:en").get(6) as Y.XmlElement;
    ((clause.get(1) as Y.XmlElement).get(0) as Y.XmlText).insert(0, "Always: ");
    await first.allSaved();
    expect((await desk.stored()).getXmlFragment("text:en").get(6).toString()).toContain("Always: ");
  });
});

describe("the socket of an annex", () => {
  test("[C10] a value that belongs to the arrangement is refused and not stored; one of its own stands", async () => {
    const { annex } = await startAnnex(desk.team.founder, { jit: desk.team.jit, annex: "A1" });
    const { id } = await getText(desk.team.founder, desk.team.jit, annex);
    const rowsOfAnnex = async () =>
      (await desk.database.owner.query("SELECT 1 FROM document_update WHERE document_id = $1::uuid", [id])).rowCount;
    const mallory = await desk.connectTo(id, await desk.writer("eg"));
    map(mallory).set("duration", "P24M");
    expect(await mallory.closed).toMatchObject({ code: 4400, reason: "malformed" });
    expect(await rowsOfAnnex()).toBe(1);
    const honest = await desk.connectTo(id, await desk.writer("eg"));
    expect(map(honest).get("duration")).toBeUndefined();
    map(honest).set("memberChangeHolds", "day_of_notice");
    await honest.allSaved();
    expect(await rowsOfAnnex()).toBe(2);
    await honest.leave();
  });
});

describe("two people at one table", () => {
  test("[C9] rows that were begun with the text keep both people's cells, and new rows of both", async () => {
    expect(rows(first, "parties").map(({ cells }) => cells.state)).toEqual(["KZ", "EG"]);
    const [kz, eg] = rows(first, "parties");
    const shared = new SharedFields(first.doc);
    shared.set(cellKey("parties", kz!.id, "competentAuthority"), "The first office");
    map(second).set(cellKey("parties", eg!.id, "competentAuthority"), "The second office");
    addRow(map(first), "leaders", "row1", { state: "KZ" });
    addRow(map(second), "leaders", "row2", { state: "EG" });
    await Promise.all([first.allSaved(), second.allSaved()]);
    await alike();
    const stored = fieldsOf(await desk.stored());
    expect(stored).toEqual(fieldsOf(first.doc));
    expect(stored.parties).toMatchObject([
      { state: "KZ", competentAuthority: "The first office" },
      { state: "EG", competentAuthority: "The second office", domesticProceeding: [{ caseNumber: "4471/2025" }] },
    ]);
    expect((stored.leaders as unknown[]).length).toBe(2);
    shared.close();
  });

  test("rows of a State that is no party may stand: the team may change after the row was written", async () => {
    addRow(map(first), "parties", "gone1", { state: "NL", competentAuthority: "An office that left" });
    await first.allSaved();
    await alike();
    removeRow(map(second), "parties", "gone1");
    await second.allSaved();
    await alike();
    expect(rows(first, "parties").map(({ cells }) => cells.state)).toEqual(["KZ", "EG"]);
  });

  test("[C9] a clause that one takes out while another edits its field: the value stays beside the text for both", async () => {
    const text = (client: Client) => client.doc.getXmlFragment("text:en");
    const ids = (client: Client) =>
      text(client)
        .toArray()
        .map((one) => (one as Y.XmlElement).getAttribute("clauseId"));
    const at = ids(first).indexOf("C21");
    // Both at once: neither has heard of the other yet.
    text(first).delete(at, 1);
    map(second).set("mediaRule", "joint_text_only");
    addRow(map(second), "spokespersons", "voice1", { state: "EG", personRef: "Noha El-Sayed" });
    await Promise.all([first.allSaved(), second.allSaved()]);
    await alike();
    await until(() => !ids(second).includes("C21"), "the clause is gone for both");
    const stored = await desk.stored();
    expect(fieldsOf(stored)).toMatchObject({
      mediaRule: "joint_text_only",
      spokespersons: [{ state: "EG", personRef: "Noha El-Sayed" }],
    });
    // Whoever was writing goes on, and the value can still be changed and taken away.
    map(second).set("mediaRule", "after_action_day");
    await second.allSaved();
    await alike();
    expect(map(first).get("mediaRule")).toBe("after_action_day");
  });

  test("two values that stand never make one that is refused, whoever wins", async () => {
    const away = await desk.connect(await desk.writer("eg"));
    away.honest = false;
    away.doc.transact(() => {
      map(away).set("duration", "P18M");
      map(away).set("entryIntoForceRule", "fixed_date");
      map(away).set("fixedStart", "2027-02-28");
    });
    map(first).set("duration", "P6M");
    map(first).set("fixedStart", null);
    await first.allSaved();
    away.update(Y.encodeStateAsUpdate(away.doc, Y.encodeStateVector(await desk.stored())));
    await away.allSaved();
    await until(() => map(first).get("entryIntoForceRule") === "fixed_date", "it arrives");
    await alike();
    expect(["P18M", "P6M"]).toContain(map(first).get("duration"));
    await away.leave();
  });
});

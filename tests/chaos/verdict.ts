import * as Y from "yjs";
import { verifyTrail } from "#app/domain/audit/verify.server.ts";
import { rebuild, rowsAfter } from "#app/domain/documents/history.server.ts";
import { queryOfClient } from "#app/platform/database.server.ts";
import { Client } from "#tests/support/collab.ts";
import type { Editor } from "./editor.ts";
import { unlike } from "./ledger.ts";
import type { Desk } from "./stage.ts";
import { countWords } from "./words.ts";
import type { World } from "./world.ts";

export type Verdict = {
  /** shown as saved, and not in the rows: a word that is missing, or an erased one that is there */
  lost: string[];
  /** stands in the text more than once */
  doubled: string[];
  /** replicas, rows, snapshots and the trail that do not say the same */
  differs: string[];
  /** stored although its author may not write */
  stored: string[];
};

/** Compares what everybody was shown with what is there, once all is quiet. Ends the collaboration server in order. */
export async function judge(world: World): Promise<Verdict> {
  const lost = [...world.lost].map((word) => `${word}after a kill`);
  const verdict: Verdict = { lost, doubled: [], differs: [], stored: [] };
  for (const desk of world.stage.desks) {
    const editors = world.editors.filter(({ document }) => document === desk.document);
    await judgeText(world, desk, editors, verdict);
  }
  for (const outsider of world.outsiders) {
    const rows = await outsider.rows();
    if (outsider.allowed !== null && rows !== outsider.allowed)
      verdict.stored.push(`${outsider.person.email}: ${rows} rows, ${outsider.allowed} allowed`);
  }
  for (const [node, server] of world.collabs.entries()) {
    const status = await server.stop();
    if (status !== 0) verdict.differs.push(`the collaboration server ${node} ended with ${status}`);
  }
  for (const desk of world.stage.desks) await judgeTrail(world, desk, verdict);
  return verdict;
}

async function judgeText(world: World, desk: Desk, editors: Editor[], verdict: Verdict): Promise<void> {
  const query = queryOfClient(world.stage.owner);
  const edition = { document: desk.document, epoch: 1 };
  const stored = await rebuild(query, { ...edition, fromFirstRow: true });
  const counts = countWords(stored);
  for (const editor of editors) verdict.lost.push(...unlike(counts, editor.certain()));
  for (const [word, times] of counts) if (times > 1) verdict.doubled.push(word);
  const differs = (what: string, doc: Y.Doc) => {
    const same = Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(stored)) && text(doc) === text(stored);
    if (!same) verdict.differs.push(what);
  };
  for (const { name, doc } of editors) differs(`the replica of ${name}`, doc);
  differs("the newest snapshot and the rows after it", await rebuild(query, edition));
  const [first] = desk.writers;
  const fresh = new Client(`ws://127.0.0.1:${world.ways[0]?.port}/collab/${desk.document}`, first?.cookie ?? "");
  await fresh.synced;
  differs("a fresh client", fresh.doc);
  await fresh.leave();
  const rows = await rowsAfter(query, edition, 0);
  if (rows.some(({ sequence }, n) => sequence !== n + 1)) verdict.differs.push("the numbers of the rows");
}

async function judgeTrail(world: World, { team, document }: Desk, verdict: Verdict): Promise<void> {
  const trail = await verifyTrail(team.founder, team.jit);
  if (trail.verdict !== "intact") verdict.differs.push(`the trail: ${JSON.stringify(trail)}`);
  const { rows } = await world.stage.owner.query(
    `SELECT d.head, r.up_to AS audited, (SELECT max(sequence) FROM document_update u WHERE u.document_id = d.id) AS last
       FROM document d JOIN document_recorded r ON r.document_id = d.id WHERE d.id = $1`,
    [document],
  );
  const [{ head, audited, last }] = rows;
  if (head !== audited || head !== last)
    verdict.differs.push(`head ${head}, in the trail to ${audited}, last row ${last}`);
}

function text(doc: Y.Doc): string {
  return doc.getXmlFragment("text:en").toString();
}

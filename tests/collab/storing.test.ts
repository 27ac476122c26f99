import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { pool } from "#app/platform/database.server.ts";
import { closings } from "#collab/limits.ts";
import { Way } from "#tests/chaos/proxy.ts";
import { type Desk, lettersOf, openDesk, textOf, until } from "#tests/support/collab.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

test("[C7] what cannot be stored is shown as such, kept, and stored when that is possible again", async () => {
  const [annas, boriss] = [await desk.connect(await desk.writer()), await desk.connect(await desk.writer("eg"))];
  const before = (await desk.rows()).length;
  await desk.database.owner.query("REVOKE INSERT ON document_update FROM jit_runtime");
  lettersOf(annas.doc).insert(0, "zwahr ");
  await until(() => !annas.storing && !boriss.storing, "people are told");
  lettersOf(annas.doc).insert(6, "alles ");
  expect(annas.saved.frames).toBeLessThan(annas.sent);
  expect(textOf(boriss.doc)).not.toContain("zwahr");
  // Its writer leaves: the room must not be dropped with what nobody else has.
  await annas.leave();
  await desk.database.owner.query("GRANT INSERT ON document_update TO jit_runtime");
  await until(() => boriss.storing && textOf(boriss.doc).includes("zwahr alles"), "stored and sent");
  expect(textOf(await desk.stored())).toContain("zwahr alles");
  expect((await desk.rows()).length).toBeGreaterThan(before);
  await boriss.leave();
});

test("[C7] a connection to the database that breaks between two questions of a transaction does not end the server", async () => {
  const lent = await pool().connect();
  const { rows } = await lent.query("SELECT pg_backend_pid() AS pid");
  const broken = new Promise((resolve) => lent.once("end", resolve));
  await desk.database.owner.query("SELECT pg_terminate_backend($1)", [rows[0].pid]);
  await broken;
  await expect(lent.query("SELECT 1")).rejects.toThrow();
  lent.release();
});

test("[C7] a connection to the database that hangs is given up, and what waited for it is stored", {
  timeout: 120_000,
}, async () => {
  const direct = process.env.DATABASE_APP_URL ?? "";
  const way = await new Way(() => Number(new URL(direct).port)).listen();
  const through = new URL(direct);
  through.port = String(way.port);
  process.env.DATABASE_APP_URL = through.href;
  const annas = await desk.connect(await desk.writer());
  lettersOf(annas.doc).insert(0, "davor ");
  await until(() => annas.saved.frames === annas.sent, "the connection is in use");
  way.suffer({ kind: "half-open", ms: 600_000 });
  lettersOf(annas.doc).insert(0, "danach ");
  await until(() => annas.saved.frames === annas.sent, "stored over another connection", 90_000);
  expect(textOf(await desk.stored())).toContain("danach davor");
  process.env.DATABASE_APP_URL = direct;
  await annas.leave();
  way.close();
});

test("[C3] one author who lost access loses only the own part of a batch", async () => {
  const [anna, boris] = [await desk.writer(), await desk.writer("eg")];
  const [annas, boriss] = [await desk.connect(anna), await desk.connect(boris)];
  const { owner } = desk.database;
  // Both parts wait for the same commit; meanwhile one session ends, without any notice.
  const held = await owner.connect();
  await held.query("BEGIN");
  await held.query("SELECT 1 FROM document WHERE id = $1 FOR UPDATE", [desk.document]);
  lettersOf(annas.doc, 2).insert(0, "x");
  await new Promise((resolve) => setTimeout(resolve, 200));
  lettersOf(annas.doc, 2).insert(0, "Anna ");
  lettersOf(boriss.doc, 2).insert(0, "Boris ");
  await new Promise((resolve) => setTimeout(resolve, 200));
  await held.query("UPDATE session SET revoked_at = now() WHERE id = $1", [boris.sessionId]);
  await held.query(`SELECT audit.append('00000000-0000-0000-0000-000000000000', '{"action":"session.end"}', '{}')`);
  await held.query("COMMIT");
  held.release();
  expect((await boriss.closed).code).toBe(closings.signedOut.code);
  await annas.allSaved();
  const stored = textOf(await desk.stored());
  expect(stored).toContain("Anna");
  expect(stored).not.toContain("Boris");
  await annas.leave();
});

test("[C9] what another process stored meanwhile is taken in, and nothing is lost", async () => {
  const other = await import("#collab/server.ts").then(({ startCollabServer }) =>
    startCollabServer({ port: 0, host: "127.0.0.1" }),
  );
  const second = { ...desk, url: `ws://127.0.0.1:${other.port}/collab` };
  const [anna, boris] = [await desk.writer(), await desk.writer("eg")];
  const annas = await desk.connect(anna);
  const { Client } = await import("#tests/support/collab.ts");
  const boriss = new Client(`${second.url}/${desk.document}`, boris.cookie);
  await boriss.synced;
  for (let n = 0; n < 20; n++) {
    lettersOf(annas.doc, 3).insert(0, "a");
    lettersOf(boriss.doc, 4).insert(0, "b");
    if (n % 5 === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await Promise.all([annas.allSaved(), boriss.allSaved()]);
  const stored = textOf(await desk.stored());
  expect(stored).toContain("a".repeat(20));
  expect(stored).toContain("b".repeat(20));
  await Promise.all([annas.leave(), boriss.leave()]);
  await other.close();
});

test("[C9] marks that Yjs tidies up after an author's change are gone for the author too", async () => {
  const [annas, boriss] = [await desk.connect(await desk.writer()), await desk.connect(await desk.writer("eg"))];
  // As a replica that did not see the marks of the other come: it does not tidy up by itself.
  boriss.doc.on("afterTransaction", (transaction) => {
    (transaction as unknown as { _needFormattingCleanup: boolean })._needFormattingCleanup = false;
  });
  boriss.honest = false;
  const apart = new Y.Doc();
  Y.applyUpdate(apart, Y.encodeStateAsUpdate(boriss.doc));
  const vector = Y.encodeStateVector(apart);
  lettersOf(apart, 5).format(0, 4, { bold: {} });
  lettersOf(annas.doc, 5).format(0, 4, { bold: {} });
  await annas.allSaved();
  const update = Y.encodeStateAsUpdate(apart, vector);
  Y.applyUpdate(boriss.doc, update);
  boriss.update(update);
  await boriss.allSaved();
  const stored = Y.snapshot(await desk.stored());
  await until(() => Y.equalSnapshots(Y.snapshot(boriss.doc), stored), "the author has what is stored");
  expect(Y.equalSnapshots(Y.snapshot(annas.doc), stored)).toBe(true);
  await Promise.all([annas.leave(), boriss.leave()]);
});

test("[C12] edits are named in the trail, one entry an author, with range and digest", async () => {
  const anna = await desk.writer();
  const annas = await desk.connect(anna);
  lettersOf(annas.doc, 7).insert(0, "for the trail ");
  await annas.allSaved();
  const { owner } = desk.database;
  const entries = async () => {
    const { rows } = await owner.query(
      "SELECT body::jsonb AS body FROM audit.entry WHERE log = $1 AND body::jsonb ->> 'action' = 'document.edit' ORDER BY seq",
      [desk.team.jit],
    );
    return rows.map(({ body }) => body).filter(({ actor }) => actor.person === anna.personId);
  };
  await until(async () => (await entries()).length > 0, "an entry", 30_000);
  const [{ facts }] = await entries();
  expect(facts).toMatchObject({ document: desk.document, epoch: 1, updates: expect.any(Number) });
  expect(facts.sha256).toMatch(/^[0-9a-f]{64}$/);
  const { rows } = await owner.query(
    "SELECT head, up_to FROM document JOIN document_recorded ON document_id = id WHERE id = $1",
    [desk.document],
  );
  expect(rows[0].up_to).toBe(rows[0].head);
  await annas.leave();
});

import { afterAll, beforeAll, expect, test } from "vitest";
import { endSession } from "#app/domain/accounts/session.server.ts";
import { platformLog } from "#app/domain/audit/entry.server.ts";
import { finaliseDocument, reopenDocument } from "#app/domain/documents/freezing.server.ts";
import { changeRoles, revokeMember } from "#app/domain/jits/members.server.ts";
import { queryOfClient } from "#app/platform/database.server.ts";
import { agreeForAll } from "#tests/support/agreeing.ts";
import {
  type Client,
  type Desk,
  lettersOf,
  openDesk,
  type SignedInPerson,
  textOf,
  until,
} from "#tests/support/collab.ts";
import { completeText } from "#tests/support/complete-text.ts";
import { memberOf } from "#tests/support/team.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

/** Goes on typing, whatever happens, until told to stop. */
function typing(client: Client): () => Promise<void> {
  let stopped = false;
  const done = (async () => {
    while (!stopped) {
      lettersOf(client.doc, 1).insert(0, "t");
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  })();
  return async () => {
    stopped = true;
    await done;
  };
}

/** Rows by the person, and how many of them come after an entry of the trail, by time of the transaction. */
async function lastSequenceOf(person: SignedInPerson): Promise<number> {
  const { rows } = await desk.database.owner.query(
    "SELECT coalesce(max(sequence), 0)::int AS last FROM document_update WHERE document_id = $1 AND author_id = $2",
    [desk.document, person.personId],
  );
  return rows[0].last;
}

/** Holds the text's row, for which everything waits that writes in the text or freezes it; returns how to let go. */
async function hold(document: string): Promise<() => Promise<void>> {
  const client = await desk.database.owner.connect();
  await client.query("BEGIN");
  await client.query("SELECT 1 FROM document WHERE id = $1 FOR UPDATE", [document]);
  return async () => {
    await client.query("COMMIT");
    client.release();
  };
}

async function someoneWaits(): Promise<boolean> {
  const { rows } = await desk.database.owner.query("SELECT 1 FROM pg_locks WHERE NOT granted LIMIT 1");
  return rows.length > 0;
}

/** Does the act while the person types; afterwards nothing of theirs was stored since the act was answered. */
async function whileTyping(person: SignedInPerson, client: Client, act: () => Promise<unknown>) {
  const stop = typing(client);
  await until(() => client.saved.frames > 10, "typing goes on");
  await act();
  const committed = await lastSequenceOf(person);
  const answered = Date.now();
  const closed = await client.closed;
  const took = Date.now() - answered;
  await stop();
  // A client that takes no notice.
  const again = Date.now() + 300;
  while (Date.now() < again) await new Promise((resolve) => setTimeout(resolve, 50));
  return { closed, took, storedAfter: (await lastSequenceOf(person)) - committed };
}

test("[C5] a member revoked in the middle of a word: closed, and nothing stored after", async () => {
  const boris = await desk.writer("eg");
  const client = await desk.connect(boris);
  const member = await memberOf(desk.database.owner, desk.team.jit, boris);
  const { closed, storedAfter } = await whileTyping(boris, client, () =>
    revokeMember(desk.team.founder, { jit: desk.team.jit, member, reason: "left the service" }),
  );
  expect(closed).toEqual({ code: 4403, reason: "access" });
  expect(storedAfter).toBe(0);
});

test("[C5] someone who signs out in the middle of a word", async () => {
  const anna = await desk.writer();
  const client = await desk.connect(anna);
  const { closed, storedAfter } = await whileTyping(anna, client, async () => {
    const db = await desk.database.owner.connect();
    await db.query("BEGIN");
    await endSession(queryOfClient(db), anna.sessionId);
    await db.query("SELECT audit.append($1, $2, '{}')", [
      platformLog,
      { actor: { system: true }, action: "session.end" },
    ]);
    await db.query("COMMIT");
    db.release();
  });
  expect(closed).toEqual({ code: 4401, reason: "session" });
  expect(storedAfter).toBe(0);
});

test("[C5] a writer who becomes a reader comes back as one", async () => {
  const anna = await desk.writer();
  const client = await desk.connect(anna);
  const member = await memberOf(desk.database.owner, desk.team.jit, anna);
  const { closed, storedAfter } = await whileTyping(anna, client, () =>
    changeRoles(desk.team.founder, {
      jit: desk.team.jit,
      member,
      roles: ["signatory"],
      from: {},
      until: {},
    }),
  );
  expect(closed).toEqual({ code: 4510, reason: "role-changed" });
  expect(storedAfter).toBe(0);
  const reading = await desk.connect(anna);
  reading.update(client.doc.store ? new Uint8Array([0, 0]) : new Uint8Array());
  expect(textOf(reading.doc)).toBe(textOf(await desk.stored()));
  await reading.leave();
});

test("[C5] freezing under fire: every letter is inside the frozen text or refused", async () => {
  await completeText({ jit: desk.team.jit, document: desk.document, founder: desk.team.founder });
  const people = [await desk.writer(), await desk.writer("eg"), await desk.writer("eg")];
  const clients = await Promise.all(people.map((person) => desk.connect(person)));
  const reader = await desk.connect(await desk.someone(["signatory"]));
  const step = { jit: desk.team.jit, document: desk.document };
  // Letters that nobody has agreed to keep the text from being frozen. Everybody types again as soon as the freezing
  // waits for the text, in one queue with what is typed.
  let stops = clients.map(typing);
  await until(() => clients.every((client) => client.saved.frames > 10), "all are typing");
  await expect(finaliseDocument(desk.team.founder, step)).rejects.toThrow("not-agreed");
  for (const stop of stops) await stop();
  for (const client of clients) await client.allSaved();
  await agreeForAll(step);
  await until(() => reader.assents >= 2, "who has the text open hears that both parties agreed");
  const release = await hold(desk.document);
  const finalising = finaliseDocument(desk.team.founder, step);
  await until(() => someoneWaits(), "the freezing waits for the text");
  stops = clients.map(typing);
  await new Promise((resolve) => setTimeout(resolve, 200));
  await release();
  const { digest } = await finalising;
  const rows = (await desk.rows()).length;
  for (const client of clients) expect([4510, 4403]).toContain((await client.closed).code);
  for (const stop of stops) await stop();
  expect((await desk.rows()).length).toBe(rows);
  const { rows: frozen } = await desk.database.owner.query(
    "SELECT digest, head, canonical FROM frozen_text WHERE document_id = $1",
    [desk.document],
  );
  expect(frozen[0].digest).toBe(digest);
  expect(frozen[0].head).toBe(rows);
  const typed = (text: string) => text.match(/t{10,}/)?.[0].length;
  expect(typed(frozen[0].canonical)).toBe(typed(textOf(await desk.stored())));

  // Who reads goes on reading; who wrote comes back as a reader, and when the text is reopened as a writer.
  expect(reader.socket.readyState).toBe(reader.socket.OPEN);
  const back = await desk.connect(people[0] as SignedInPerson);
  await until(() => back.people.some(({ id, writes }) => id === people[0]?.personId && !writes), "back as a reader");
  await reopenDocument(desk.team.founder, { jit: desk.team.jit, document: desk.document, reason: "one more point" });
  expect((await back.closed).code).toBe(4510);
  await reader.leave();
});

test("[C6] when the question cannot be asked, the socket closes", async () => {
  const reader = await desk.connect(await desk.someone(["signatory"]));
  const { owner } = desk.database;
  await owner.query("REVOKE SELECT ON member FROM jit_runtime");
  await owner.query("SELECT pg_notify('jit', $1)", [
    JSON.stringify({ log: desk.team.jit, seq: 0, action: "member.revoke" }),
  ]);
  expect(await reader.closed).toEqual({ code: 4503, reason: "unchecked" });
  await owner.query("GRANT SELECT ON member TO jit_runtime");
});

test("[C6] a listener that was cut listens again and asks about everybody", async () => {
  const anna = await desk.writer();
  const client = await desk.connect(anna);
  const { owner } = desk.database;
  await owner.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' OR query = 'SELECT 1' AND datname = current_database()",
  );
  const session = await owner.connect();
  // Behind the back of every notice: only asking again can find out.
  await session.query("BEGIN");
  await session.query("UPDATE session SET revoked_at = now() WHERE id = $1", [anna.sessionId]);
  await session.query("SELECT audit.append($1, $2, '{}')", [
    platformLog,
    { actor: { system: true }, action: "session.end" },
  ]);
  await session.query("COMMIT");
  session.release();
  expect(await client.closed).toEqual({ code: 4401, reason: "session" });
});

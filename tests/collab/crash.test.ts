import { type ChildProcess, fork } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { Client, type Desk, lettersOf, openDesk, type SignedInPerson, textOf, until } from "#tests/support/collab.ts";

let desk: Desk;
const processes: ChildProcess[] = [];
beforeAll(async () => {
  desk = await openDesk({ withServer: false });
});
afterAll(async () => {
  for (const process of processes) process.kill("SIGKILL");
  await desk.close();
});

/** The collaboration server as a process of its own, as `npm start` runs it. */
async function startProcess(port = 0, settings = {}): Promise<{ process: ChildProcess; port: number }> {
  const started = fork("collab-server/main.ts", {
    execArgv: ["--import", "tsx"],
    env: { ...process.env, COLLAB_PORT: String(port), ...settings },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  processes.push(started);
  const ready = await new Promise<{ port: number }>((resolve, reject) => {
    started.once("message", (message) => resolve(message as { port: number }));
    started.once("exit", (code) => reject(new Error(`ended with ${code}`)));
  });
  return { process: started, port: ready.port };
}

test("[C7] without a database it starts, says that it is not ready, and goes on living", async () => {
  const nowhere = "postgres://nobody@127.0.0.1:9/nothing";
  const { process, port } = await startProcess(0, { DATABASE_URL: nowhere, DATABASE_APP_URL: nowhere });
  const ask = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status;
  expect([await ask("/healthz"), await ask("/readyz")]).toEqual([200, 503]);
  process.kill("SIGKILL");
});

/** Someone who types numbered words, keeps a journal of what was shown as saved, and comes back after every crash. */
class Typist {
  readonly doc = new Y.Doc();
  readonly journal: string[] = [];
  private client: Client | undefined;
  private written: string[] = [];
  private stopped = false;

  constructor(
    private readonly name: string,
    private readonly person: SignedInPerson,
    private readonly clause: number,
    private readonly port: () => number,
  ) {}

  async run(): Promise<void> {
    for (let n = 0; !this.stopped || this.written.length > 0; ) {
      const client = await this.connected();
      if (!this.stopped) this.write(`${this.name}${++n}. `);
      await until(() => client.saved.frames >= client.sent || isClosed(client), "saved or cut off");
      // The journal holds only what was shown as saved while the socket stood: the promise is about nothing else.
      if (client.sent > 0 && client.saved.frames >= client.sent && !isClosed(client)) {
        this.journal.push(...this.written.splice(0));
      }
    }
    await this.client?.leave();
  }

  private write(word: string): void {
    const letters = lettersOf(this.doc, this.clause);
    this.written.push(word);
    letters.insert(letters.length, word);
  }

  private async connected(): Promise<Client> {
    while (!this.client || isClosed(this.client)) {
      const client = new Client(`ws://127.0.0.1:${this.port()}/collab/${desk.document}`, this.person.cookie, this.doc);
      await Promise.race([client.synced, client.closed]);
      // The server asks for what it lacks; the answer is counted before anything else is typed.
      await until(() => client.questions > 0 || isClosed(client), "the question");
      if (isClosed(client)) await new Promise((resolve) => setTimeout(resolve, 200));
      this.client = client;
    }
    return this.client;
  }

  stop(): void {
    this.stopped = true;
  }
}

function isClosed(client: Client): boolean {
  return client.socket.readyState > client.socket.OPEN;
}

test("[C7] what was shown as saved survives kill -9 at any moment, and everybody ends with the same text", async () => {
  let current = await startProcess();
  const people = [await desk.writer(), await desk.writer("eg"), await desk.writer("eg")];
  const typists = people.map((person, n) => new Typist("abc"[n] as string, person, n + 1, () => current.port));
  const runs = typists.map((typist) => typist.run());
  const kills = 3;
  for (let kill = 0; kill < kills; kill++) {
    const saved = typists.map((typist) => typist.journal.length);
    await until(
      () => typists.every((typist, n) => typist.journal.length > (saved[n] as number) + 3),
      "all have saved words",
    );
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 50));
    current.process.kill("SIGKILL");
    current = await startProcess();
  }
  for (const typist of typists) typist.stop();
  await Promise.all(runs);

  const stored = await desk.stored();
  const text = textOf(stored);
  const journal = typists.flatMap((typist) => typist.journal);
  const lost = journal.filter((word) => !text.includes(word));
  const doubled = journal.filter((word) => text.split(word).length > 2);
  expect({ lost, doubled }).toEqual({ lost: [], doubled: [] });
  const fresh = new Client(
    `ws://127.0.0.1:${current.port}/collab/${desk.document}`,
    (people[0] as SignedInPerson).cookie,
  );
  await fresh.synced;
  expect(textOf(fresh.doc)).toBe(text);
  await fresh.leave();
  console.info(`kills ${kills}, saved words ${journal.length}, lost: ${lost.length}`);

  // SIGTERM: what arrived is stored, and the trail names all of it.
  const ended = new Promise((resolve) => current.process.once("exit", resolve));
  current.process.kill("SIGTERM");
  expect(await ended).toBe(0);
  const { rows } = await desk.database.owner.query(
    "SELECT head, up_to FROM document JOIN document_recorded ON document_id = id WHERE id = $1",
    [desk.document],
  );
  expect(rows[0].up_to).toBe(rows[0].head);
}, 300_000);

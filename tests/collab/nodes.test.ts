import { once } from "node:events";
import { type AddressInfo, createServer, connect as netConnect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CollabServer, startCollabServer } from "#collab/server.ts";
import {
  Client,
  cursor,
  type Desk,
  lettersOf,
  openDesk,
  type SignedInPerson,
  textOf,
  until,
} from "#tests/support/collab.ts";
import { startRedis } from "#tests/support/redis.ts";

/* Two collaboration servers serve one text. What is stored orders them; Redis only tells sooner. */
let desk: Desk;
let anna: SignedInPerson;
let boris: SignedInPerson;
beforeAll(async () => {
  desk = await openDesk();
  [anna, boris] = [await desk.writer(), await desk.writer("eg")];
});
afterAll(() => desk.close());

const start = (redis?: string) => startCollabServer({ port: 0, host: "127.0.0.1", redis });

async function connect(node: CollabServer, person: SignedInPerson): Promise<Client> {
  const client = new Client(`ws://127.0.0.1:${node.port}/collab/${desk.document}`, person.cookie);
  await client.opened;
  await client.synced;
  return client;
}

/** Both write at once, a letter at a time, into the same paragraph. */
async function writeAtOnce(clients: readonly Client[], letters: number): Promise<void> {
  const written = clients.map(async (client, index) => {
    for (let n = 0; n < letters; n++) {
      lettersOf(client.doc, 1).insert(0, "ab"[index] ?? "c");
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
  });
  await Promise.all(written);
}

async function expectOneText(clients: readonly Client[]): Promise<void> {
  await until(() => clients.every((client) => client.saved.frames === client.sent), "everything is saved");
  const stored = textOf(await desk.stored());
  await until(() => clients.every((client) => textOf(client.doc) === stored), "all hold what is stored");
  const sequences = (await desk.rows()).map((row) => row.sequence);
  expect(sequences).toEqual(sequences.map((_, index) => index + 1));
}

describe("[C9] two nodes without Redis", () => {
  test("hold the same text, and one that only reads hears of it", async () => {
    const [one, two] = [await start(), await start()];
    const [annas, boriss, reader] = [await connect(one, anna), await connect(two, boris), await connect(two, anna)];
    await writeAtOnce([annas, boriss], 40);
    await expectOneText([annas, boriss]);
    await boriss.leave();
    lettersOf(annas.doc, 1).insert(0, "later ");
    await expectOneText([annas, reader]);
    await Promise.all([annas.leave(), reader.leave()]);
    await Promise.all([one.close(), two.close()]);
  });
});

describe("[C9] two nodes with Redis", () => {
  test("show each other who is there, and whose cursors are where", async () => {
    const redis = await startRedis();
    const [one, two] = [await start(redis.url), await start(redis.url)];
    const [annas, boriss] = [await connect(one, anna), await connect(two, boris)];
    annas.move([{ client: 111, clock: 1, state: { user: { name: "Boris" }, cursor } }]);
    await until(() => boriss.cursors.has(111) && boriss.people.length === 2, "Anna is seen at the other node");
    expect(boriss.cursors.get(111)?.state).toEqual({ user: expect.objectContaining({ id: anna.personId }), cursor });
    // Nobody moves it from there.
    boriss.move([{ client: 111, clock: 9, state: null }]);
    boriss.move([{ client: 222, clock: 1, state: { cursor } }]);
    await until(() => annas.cursors.has(222), "Boris's own");
    expect(annas.cursors.has(111)).toBe(true);
    const late = await connect(two, await desk.someone(["signatory"]));
    await until(() => late.cursors.has(111) && late.people.length === 3, "one who comes later sees all");
    await annas.leave();
    await until(() => !boriss.cursors.has(111) && boriss.people.length === 2, "Anna left");
    await Promise.all([boriss.leave(), late.leave()]);
    await Promise.all([one.close(), two.close()]);
    await redis.kill();
  });

  test("go on without it, and find each other again", async () => {
    const redis = await startRedis();
    const [one, two] = [await start(redis.url), await start(redis.url)];
    const [annas, boriss] = [await connect(one, anna), await connect(two, boris)];
    for (let n = 0; n < 3; n++) {
      const writing = writeAtOnce([annas, boriss], 30);
      await redis.kill();
      await writing;
      await expectOneText([annas, boriss]);
      await redis.start();
    }
    annas.move([{ client: 777, clock: 1, state: { cursor } }]);
    await until(() => boriss.cursors.has(777), "the cursor after the break");
    await Promise.all([annas.leave(), boriss.leave()]);
    await Promise.all([one.close(), two.close()]);
    await redis.kill();
  });

  test("go on when the line breaks while they ask to hear again", async () => {
    const redis = await startRedis();
    const way = await breakingWay(redis.url, 3);
    const one = await start(way.url);
    const two = await start(redis.url);
    const [annas, boriss] = [await connect(one, anna), await connect(two, boris)];
    way.cut();
    await until(() => way.broken === 3, "the line broke under three questions");
    annas.move([{ client: 888, clock: 1, state: { cursor } }]);
    await until(() => boriss.cursors.has(888), "the cursor after the breaks");
    boriss.move([{ client: 999, clock: 1, state: { cursor } }]);
    await until(() => annas.cursors.has(999), "the other one");
    await Promise.all([annas.leave(), boriss.leave()]);
    await Promise.all([one.close(), two.close()]);
    way.close();
    await redis.kill();
  });
});

/** A way to Redis that, once it was cut, breaks under the first questions to hear a channel, so many times. */
async function breakingWay(redis: string, times: number) {
  const links = new Set<Socket>();
  let cuts = 0;
  let broken = 0;
  const server = createServer((near) => {
    const far = netConnect(Number(new URL(redis).port), "127.0.0.1");
    links.add(near);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on("error", () => {});
      from.on("close", () => to.destroy());
      from.on("data", (bytes) => {
        const asks = from === near && bytes.includes("subscribe");
        if (!asks || cuts === 0 || broken === times) return void to.write(bytes);
        broken++;
        near.destroy();
      });
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = () => {
    cuts++;
    for (const link of links) link.destroy();
  };
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get broken() {
      return broken;
    },
    cut,
    close: () => {
      cut();
      server.close();
    },
  };
}

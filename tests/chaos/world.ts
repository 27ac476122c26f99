import { existsSync } from "node:fs";
import { freePort } from "#app/platform/embedded.server.ts";
import { redisProgram } from "#tests/support/redis.ts";
import { bundleServers } from "./bundle.ts";
import { type Draw, drawFrom } from "./draw.ts";
import { Editor } from "./editor.ts";
import { Ledger } from "./ledger.ts";
import { origin } from "./origin.ts";
import { Outsider } from "./outsider.ts";
import { Postgres } from "./postgres.ts";
import { Way } from "./proxy.ts";
import { FlappingRedis } from "./redis.ts";
import { Server } from "./server.ts";
import { type Cast, type Stage, setStage } from "./stage.ts";

/** Everything that runs: PostgreSQL, the servers, the ways between them, and the people. */
export type World = {
  postgres: Postgres;
  /** the servers' way to the database, on which faults happen; the run's own way has none */
  database: Way;
  /** the first is behind the web process, the others are reached directly, as behind web processes of their own */
  collabs: Server[];
  redis: FlappingRedis | null;
  web: Server | null;
  /** the way of each editor, in the order of `editors` */
  ways: Way[];
  editors: Editor[];
  outsiders: Outsider[];
  stage: Stage;
  /** what the rows say, by text, and what was shown as saved and not in them when a server had just been killed */
  ledgers: Ledger[];
  lost: Set<string>;
  /** draws what is not part of the schedule: who types what, which session is killed */
  draw: Draw;
  close(): Promise<void>;
};

export type Scale = Cast & { seed: number; web: boolean; ownDisk: boolean; nodes: number };

export async function makeWorld(scale: Scale): Promise<World> {
  const postgres = await Postgres.start({ ownDisk: scale.ownDisk });
  const draw = drawFrom(scale.seed ^ 0x5eed);
  const own = await new Way(() => postgres.port).listen();
  const database = await new Way(() => postgres.port).listen();
  const stage = await setStage(through(own, postgres.url), postgres.folder, scale);
  const redis = scale.nodes > 1 && existsSync(redisProgram) ? await FlappingRedis.start() : null;
  const ports: number[] = [];
  for (let node = 0; node < scale.nodes; node++) ports.push(await freePort());
  const webPort = await freePort();
  const environment = {
    NODE_ENV: "production",
    DATABASE_URL: "",
    DATABASE_APP_URL: through(database, stage.appUrl),
    PUBLIC_ORIGIN: origin,
    LOG_LEVEL: "error",
    COLLAB_PORT: String(ports[0]),
    PORT: String(webPort),
    HOST: "127.0.0.1",
    ...(redis ? { REDIS_URL: redis.url } : {}),
  };
  const programs = await bundleServers();
  const collabs = ports.map((port) => new Server(programs.collab, port, { ...environment, COLLAB_PORT: String(port) }));
  const web = scale.web ? new Server(programs.web, webPort, environment) : null;
  for (const server of [...collabs, web]) server?.start();
  await Promise.all([...collabs, web].map((server) => server?.ready()));
  const doors = web ? [webPort, ...ports.slice(1)] : ports;
  const doorOf = (n: number) => doors[n % doors.length] as number;
  const ways: Way[] = [];
  const editors: Editor[] = [];
  const outsiders: Outsider[] = [];
  for (const desk of stage.desks) {
    for (const person of desk.writers) {
      const door = doorOf(editors.length);
      const way = await new Way(() => door).listen();
      const name = String.fromCharCode(65 + editors.length);
      ways.push(way);
      const address = `ws://127.0.0.1:${way.port}`;
      editors.push(new Editor(name, address, desk.document, person.personId, person.cookie, draw));
    }
    for (const person of [...desk.leavers, desk.reader])
      outsiders.push(new Outsider(desk, person, doorOf(outsiders.length), stage.owner));
  }
  const close = async () => {
    for (const editor of editors) editor.leave();
    for (const outsider of outsiders) outsider.stop();
    await Promise.all([...collabs, web].map((server) => server?.kill()));
    programs.remove();
    await redis?.end();
    // After a failure a connection may still be lent out.
    await Promise.race([stage.owner.end(), new Promise((resolve) => setTimeout(resolve, 5_000))]);
    for (const proxy of [...ways, own, database]) proxy.close();
    await postgres.end();
  };
  const ledgers = stage.desks.map(({ document }) => new Ledger(document, stage.owner));
  const lost = new Set<string>();
  return { postgres, database, collabs, redis, web, ways, editors, outsiders, stage, ledgers, lost, draw, close };
}

function through(proxy: Way, address: string): string {
  const url = new URL(address);
  url.port = String(proxy.port);
  return url.href;
}

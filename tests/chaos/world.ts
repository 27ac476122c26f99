import { freePort } from "#app/platform/embedded.server.ts";
import { type Draw, drawFrom } from "./draw.ts";
import { Editor } from "./editor.ts";
import { Ledger } from "./ledger.ts";
import { origin } from "./origin.ts";
import { Outsider } from "./outsider.ts";
import { Postgres } from "./postgres.ts";
import { Way } from "./proxy.ts";
import { Server } from "./server.ts";
import { type Cast, type Stage, setStage } from "./stage.ts";

/** Everything that runs: PostgreSQL, the servers, the ways between them, and the people. */
export type World = {
  postgres: Postgres;
  /** the servers' way to the database, on which faults happen; the run's own way has none */
  database: Way;
  collab: Server;
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

export type Scale = Cast & { seed: number; web: boolean; ownDisk: boolean };

export async function makeWorld(scale: Scale): Promise<World> {
  const postgres = await Postgres.start({ ownDisk: scale.ownDisk });
  const draw = drawFrom(scale.seed ^ 0x5eed);
  const own = await new Way(() => postgres.port).listen();
  const database = await new Way(() => postgres.port).listen();
  const stage = await setStage(through(own, postgres.url), postgres.folder, scale);
  const collabPort = await freePort();
  const webPort = await freePort();
  const environment = {
    NODE_ENV: "production",
    DATABASE_URL: "",
    DATABASE_APP_URL: through(database, stage.appUrl),
    PUBLIC_ORIGIN: origin,
    LOG_LEVEL: "error",
    COLLAB_PORT: String(collabPort),
    PORT: String(webPort),
    HOST: "127.0.0.1",
  };
  const collab = new Server("collab-server/main.ts", collabPort, environment);
  const web = scale.web ? new Server("app/web.ts", webPort, environment) : null;
  collab.start();
  web?.start();
  await Promise.all([collab.ready(), web?.ready()]);
  const door = web ? webPort : collabPort;
  const ways: Way[] = [];
  const editors: Editor[] = [];
  const outsiders: Outsider[] = [];
  for (const desk of stage.desks) {
    for (const person of desk.writers) {
      const way = await new Way(() => door).listen();
      const name = String.fromCharCode(65 + editors.length);
      ways.push(way);
      editors.push(new Editor(name, `ws://127.0.0.1:${way.port}`, desk.document, person.cookie, draw));
    }
    for (const person of [...desk.leavers, desk.reader]) outsiders.push(new Outsider(desk, person, door, stage.owner));
  }
  const close = async () => {
    for (const editor of editors) editor.leave();
    for (const outsider of outsiders) outsider.stop();
    await Promise.all([collab.kill(), web?.kill()]);
    // After a failure a connection may still be lent out.
    await Promise.race([stage.owner.end(), new Promise((resolve) => setTimeout(resolve, 5_000))]);
    for (const proxy of [...ways, own, database]) proxy.close();
    await postgres.end();
  };
  const ledgers = stage.desks.map(({ document }) => new Ledger(document, stage.owner));
  const lost = new Set<string>();
  return { postgres, database, collab, web, ways, editors, outsiders, stage, ledgers, lost, draw, close };
}

function through(proxy: Way, address: string): string {
  const url = new URL(address);
  url.port = String(proxy.port);
  return url.href;
}

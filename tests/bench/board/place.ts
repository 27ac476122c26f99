import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { keysAtEnd } from "#app/domain/tasks/order.ts";
import { readBoardFrame } from "#app/domain/tasks/reading.server.ts";
import { readConfig } from "#app/platform/config.ts";
import { closeDatabase } from "#app/platform/database.server.ts";
import { startEmbedded } from "#app/platform/embedded.server.ts";
import { newId } from "#app/platform/ids.ts";
import { openEmbedded } from "#app/platform/start/database.ts";
import { asOwner, signInAs } from "#tests/support/account.ts";
import { foundTeam, memberOf, type Team } from "#tests/support/team.ts";
import { startWeb } from "#tests/support/web.ts";

/** A team with a board, the sessions of its people, and the number of the last entry of its trail. */
export type BoardOf = {
  jit: string;
  reference: string;
  cookies: string[];
  columns: string[];
  tasks: string[];
  seq(): Promise<number>;
};
export type Place = {
  origin: string;
  /** A team of so many people whose board has so many cards, dealt out evenly to its first two columns. */
  furnish(people: number, cards: number): Promise<BoardOf>;
  close(): Promise<void>;
};

/** The real web process over a PostgreSQL that really stores. */
export async function openPlace(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), "jit-bench-board-"));
  const embedded = await startEmbedded(join(folder, "database"));
  const settings = { ...readConfig({}), DATA_DIR: folder, DEMO: false };
  const { owner: ownerUrl, app } = await openEmbedded(
    embedded,
    settings,
    (_, work) => work(),
    async () => {},
  );
  Object.assign(process.env, { DATABASE_URL: "", DATABASE_APP_URL: app, DATA_DIR: folder, LOG_LEVEL: "fatal" });
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 4 });
  owner.on("error", () => {});
  const web = await startWeb({ url: app, dataDir: folder, ownerUrl, owner, drop: async () => {} });
  return {
    origin: web.origin,
    furnish: async (people, cards) => {
      const team = await foundTeam(owner);
      const cookies: string[] = [];
      for (let one = 0; one < people; one++) {
        const person = await team.bring(one % 2 ? "eg" : "kz", ["member"]);
        cookies.push((await signInAs(person)).cookie);
      }
      const columns = (await readBoardFrame(team.founder, team.jit)).columns.map(({ id }) => id);
      const tasks = await deal(owner, team, columns.slice(0, 2), cards);
      const seq = async () => {
        const { rows } = await owner.query("SELECT size FROM audit.head WHERE log = $1", [team.jit]);
        return Number(rows[0].size);
      };
      return { jit: team.jit, reference: team.reference, cookies, columns, tasks, seq };
    },
    close: async () => {
      await web.stop();
      await closeDatabase();
      await owner.end();
      await embedded.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function deal(owner: pg.Pool, team: Team, columns: readonly string[], count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, newId);
  const keys = keysAtEnd(null, count);
  await asOwner(
    owner,
    `INSERT INTO task (id, jit_id, number, column_id, order_key, title, time_zone, priority, handling, moved_at, added_at, added_by_id)
     SELECT i.id, $2::uuid, i.n, ($3::uuid[])[1 + i.n % 2], i.key, 'Ask bank ' || i.n || ' for the statements of the year',
            'Asia/Almaty', 'medium', 'OPEN-JIT', now(), now(), $4::uuid
       FROM unnest($1::uuid[], $5::text[]) WITH ORDINALITY AS i (id, key, n)`,
    [ids, team.jit, columns, await memberOf(owner, team.jit, team.founder), keys],
    team.jit,
  );
  await owner.query("ANALYZE task");
  return ids;
}

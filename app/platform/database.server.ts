import { AsyncResource } from "node:async_hooks";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { Prisma, PrismaClient } from "#prisma/client/client.ts";
import { config } from "./config.ts";
import { countQuery } from "./cost.server.ts";

/** The shapes of rows read with a selection of their own. */
export type { Prisma };
export type Database = PrismaClient;
export type Transaction = Prisma.TransactionClient;
/** One parameterised statement, whoever holds the connection. Values go in `values`, never into the text. */
export type Query = <Row>(text: string, values: unknown[]) => Promise<Row[]>;

type Opened = { url: string; pool: pg.Pool; prisma: PrismaClient };
// On globalThis because the bundled pages and the process around them each carry a copy of this module.
const holder = globalThis as typeof globalThis & { jitDatabase?: Opened };

class CountedClient extends pg.Client {
  constructor(settings?: pg.ClientConfig) {
    super(settings);
    // It may break while it is lent out and nothing is asked: whoever holds it learns that from the next question.
    this.on("error", () => {});
  }

  override query(...args: unknown[]): never {
    countQuery();
    return (super.query as (...args: unknown[]) => never)(...args);
  }
}

type Connected = Parameters<pg.Pool["connect"]>[0];

/** Whoever waits for a connection goes on as itself, not as the request that gave the connection back. */
class CountedPool extends pg.Pool {
  override connect(done?: Connected): never {
    const connect = super.connect as (done?: Connected) => never;
    return connect.call(this, done && AsyncResource.bind(done));
  }
}

function opened(): Opened {
  const url = config().DATABASE_APP_URL ?? config().DATABASE_URL;
  if (!url) throw new Error("No database address: start with npm start, or set DATABASE_APP_URL.");
  let current = holder.jitDatabase;
  if (current?.url !== url) {
    const pool = new CountedPool({ connectionString: url, max: config().DATABASE_POOL, Client: CountedClient });
    // A connection that breaks while idle is replaced by the pool; without a listener it would end the process.
    pool.on("error", () => {});
    current = { url, pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }) };
    holder.jitDatabase = current;
  }
  return current;
}

export function database(): Database {
  return opened().prisma;
}

export function pool(): pg.Pool {
  return opened().pool;
}

export async function closeDatabase(): Promise<void> {
  const last = holder.jitDatabase;
  holder.jitDatabase = undefined;
  await last?.prisma.$disconnect();
  await last?.pool.end();
}

export function queryOf(db: Database | Transaction): Query {
  return (text, values) => db.$queryRawUnsafe(text, ...values);
}

export function queryOfClient(client: pg.ClientBase | pg.Pool): Query {
  return async (text, values) => (await client.query(text, values)).rows;
}

/** PostgreSQL's SQLSTATE of an error that came through Prisma or pg, or null. */
export function sqlState(error: unknown): string | null {
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    const cause = (error.meta as { driverAdapterError?: { cause?: { originalCode?: string } } } | undefined)
      ?.driverAdapterError?.cause;
    if (cause?.originalCode) return cause.originalCode;
    if (error.code === "P2002") return "23505";
    if (error.code === "P2034") return "40001";
    return null;
  }
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" && code.length === 5 ? code : null;
}

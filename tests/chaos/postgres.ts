import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { type Embedded, startEmbedded } from "#app/platform/embedded.server.ts";
import { fillDisk, mountDisk, unmountDisk } from "./disk.ts";
import { type Draw, pick } from "./draw.ts";
import { childrenOf, signal } from "./processes.ts";

// Little log, so that a full disk is soon felt.
const settings = ["min_wal_size=32MB", "max_wal_size=64MB"];

/**
 * The embedded PostgreSQL on a data folder that is thrown away, with the settings of the product (fsync on). What is
 * simulated is the end of processes, not of power: the page cache of the kernel survives.
 */
export class Postgres {
  private server: Embedded | undefined;
  private wanted = false;
  private starting: Promise<void> | undefined;
  /** how often it ended without being told to; it is started again, as an operator would */
  fell = 0;

  private constructor(
    readonly folder: string,
    readonly ownDisk: boolean,
  ) {}

  static async start(options: { ownDisk: boolean }): Promise<Postgres> {
    const folder = mkdtempSync(join(tmpdir(), "jit-chaos-"));
    const postgres = new Postgres(folder, options.ownDisk && mountDisk(folder));
    await postgres.up();
    return postgres;
  }

  get port(): number {
    return this.server?.port ?? 0;
  }

  get url(): string {
    return this.server?.url ?? "";
  }

  private up(): Promise<void> {
    this.wanted = true;
    this.starting ??= this.launch().finally(() => {
      this.starting = undefined;
    });
    return this.starting;
  }

  private async launch(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        const server = await startEmbedded(this.folder, { settings });
        this.server = server;
        void server.ended.then(() => {
          if (!this.wanted || this.server !== server) return;
          this.fell++;
          void this.up();
        });
        return;
      } catch (error) {
        // A disk that is full lets it start only when there is room again.
        if (attempt === 200) throw error;
        await new Promise((resolve) => setTimeout(resolve, 300));
      }
    }
  }

  private get postmaster(): number {
    return Number(readFileSync(join(this.folder, "postgres", "postmaster.pid"), "utf8").split("\n", 1)[0]);
  }

  /** kill -9 of the postmaster and of everything it started, then a start that recovers from the log. */
  async kill(downMs: number): Promise<void> {
    await this.starting;
    this.wanted = false;
    const { postmaster } = this;
    const children = childrenOf(postmaster);
    signal(postmaster, "SIGKILL");
    for (const { pid } of children) signal(pid, "SIGKILL");
    await this.server?.ended;
    await new Promise((resolve) => setTimeout(resolve, downMs));
    await this.up();
  }

  /** kill -9 of one session: PostgreSQL ends all the others and recovers by itself. */
  async killBackend(draw: Draw): Promise<void> {
    await this.starting;
    const sessions = childrenOf(this.postmaster).filter(({ called }) => called.includes("jit_app"));
    if (sessions.length > 0) signal(pick(draw, sessions).pid, "SIGKILL");
  }

  async pause(ms: number): Promise<void> {
    await this.starting;
    const { postmaster } = this;
    const all = [postmaster, ...childrenOf(postmaster).map(({ pid }) => pid)];
    for (const pid of all) signal(pid, "SIGSTOP");
    await new Promise((resolve) => setTimeout(resolve, ms));
    for (const pid of all) signal(pid, "SIGCONT");
  }

  async restart(downMs: number): Promise<void> {
    await this.starting;
    this.wanted = false;
    await this.server?.stop();
    await new Promise((resolve) => setTimeout(resolve, downMs));
    await this.up();
  }

  /** Leaves no room on its disk for a while. False when it has no disk of its own. */
  async fill(ms: number): Promise<boolean> {
    if (!this.ownDisk) return false;
    const makeRoom = fillDisk(this.folder);
    await new Promise((resolve) => setTimeout(resolve, ms));
    makeRoom();
    await this.starting;
    return true;
  }

  /** Waits until it has recovered and answers over connections that were made since. */
  async answering(pool: pg.Pool): Promise<void> {
    for (let good = 0, tries = 0; good < 5; tries++) {
      if (tries > 600) throw new Error("PostgreSQL did not come back");
      good = await pool.query("SELECT 1").then(
        () => good + 1,
        () => 0,
      );
      if (good === 0) await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async end(): Promise<void> {
    await this.starting;
    this.wanted = false;
    await this.server?.stop();
    if (this.ownDisk) unmountDisk(this.folder);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

import type { Action } from "#app/domain/actions.ts";
import { askAgain, type Standing } from "#app/domain/documents/admission.server.ts";
import { Listener } from "#app/platform/listener.server.ts";
import type { Connection } from "./connection.ts";
import { type Closing, limits } from "./limits.ts";
import type { Metrics } from "./metrics.ts";
import { assentsFrame, onWire } from "./protocol.ts";
import type { Rooms } from "./rooms.ts";

const closingFor: Partial<Record<Standing, Closing>> = {
  "signed-out": "signedOut",
  "no-access": "access",
  gone: "gone",
  rebuilt: "rebuilt",
};

/**
 * Asks again, for open connections, the question that was asked when they opened: on every entry in the trail of their
 * JIT, when a session ends, and at least every 30 s. Who fails is closed and must come anew; whoever cannot be asked
 * about is closed too (C5, C6). Nothing is kept of an old answer but its time.
 */
export class Reauthorise {
  private readonly listener: Listener;
  private readonly running = new Map<string, { again: boolean }>();
  private sweeping: NodeJS.Timeout | undefined;
  /** rises with everything heard: who was let in meanwhile is asked again */
  heard = 0;

  constructor(
    private readonly rooms: Rooms,
    private readonly metrics: Metrics,
  ) {
    this.listener = new Listener(["jit", "session"], {
      heard: (channel, payload) => this.hear(channel, payload),
      back: () => this.everybody(),
    });
  }

  get listening(): boolean {
    return this.listener.listening;
  }

  async start(): Promise<void> {
    await this.listener.start();
    this.sweeping = setInterval(() => this.sweep(), limits.leaseMs / 6);
  }

  private hear(channel: string, payload: string): void {
    this.heard++;
    if (channel === "session") {
      const jits = [...this.rooms.connections]
        .filter(({ session, person }) => session === payload || person === payload)
        .map(({ jit }) => jit);
      for (const jit of new Set(jits)) void this.ask(jit);
      return;
    }
    const entry = entryOf(payload);
    if (!entry) {
      this.everybody();
      return;
    }
    void this.ask(entry.log);
    if (besideText.includes(entry.action)) {
      for (const connection of this.rooms.ofJit(entry.log)) connection.send(told);
    }
    if (besideEveryText.includes(entry.action)) {
      for (const connection of this.rooms.connections) connection.send(told);
    }
  }

  private everybody(): void {
    for (const jit of new Set([...this.rooms.connections].map(({ jit }) => jit))) void this.ask(jit);
  }

  /** Asks for all connections of a JIT. Notices that come while it asks lead to one more round, not to many. */
  async ask(jit: string): Promise<void> {
    const running = this.running.get(jit);
    if (running) {
      running.again = true;
      return;
    }
    const mine = { again: true };
    this.running.set(jit, mine);
    try {
      while (mine.again) {
        mine.again = false;
        await this.askOnce(this.rooms.ofJit(jit), jit);
      }
    } finally {
      this.running.delete(jit);
    }
  }

  private async askOnce(connections: Connection[], jit: string): Promise<void> {
    if (connections.length === 0) return;
    const began = Date.now();
    let standings: Map<Connection, Standing>;
    try {
      standings = await answeredSoon(askAgain(jit, connections));
    } catch {
      for (const connection of connections) connection.refuse("unchecked");
      return;
    }
    for (const [connection, standing] of standings) {
      const closing = closingFor[standing] ?? (standing === connection.mode ? undefined : "roleChanged");
      if (closing) connection.refuse(closing);
      else connection.checkedAt = began;
    }
    this.metrics.revocation.observe(Date.now() - began);
  }

  /** The lease: nobody stays on an answer older than 30 s. */
  private sweep(): void {
    const now = Date.now();
    const due = new Set<string>();
    for (const connection of this.rooms.connections) {
      const age = now - connection.checkedAt;
      if (age > limits.leaseMs) connection.refuse("unchecked");
      else if (age > limits.leaseMs / 2) due.add(connection.jit);
    }
    for (const jit of due) void this.ask(jit);
  }

  async stop(): Promise<void> {
    clearInterval(this.sweeping);
    await this.listener.stop();
  }
}

function entryOf(payload: string): { log: string; action: unknown } | null {
  try {
    const { log, action } = JSON.parse(payload) as { log?: unknown; action?: unknown };
    return typeof log === "string" ? { log, action } : null;
  } catch {
    return null;
  }
}

const told = onWire(assentsFrame);

/** What open editors show beside the text and would not hear of otherwise: who agrees, what was overridden, who is in the team. */
const besideText: readonly unknown[] = [
  "clause.agree",
  "clause.takeBack",
  "text.agree",
  "text.takeBack",
  "clause.compare",
  "finding.override",
  "finding.takeBackOverride",
  "document.finalise",
  "document.reopen",
  "document.withdraw",
  "annex.start",
  "party.add",
  "invitation.accept",
  "member.changeRoles",
  "member.revoke",
] satisfies Action[];
/** The record of the Convention is one for all teams. */
const besideEveryText: readonly unknown[] = ["treatyStatus.record", "treatyStatus.import"] satisfies Action[];

/** A database that does not answer is a question that cannot be answered. */
function answeredSoon<Answer>(asked: Promise<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("no answer")), limits.leaseMs / 3);
    asked.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

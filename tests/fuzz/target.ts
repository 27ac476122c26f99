import { performance } from "node:perf_hooks";
import * as Y from "yjs";
import { fieldsName, textName, textOf } from "#app/domain/documents/text.ts";
import { templateId } from "#app/domain/templates/agreement.ts";
import { judge, type Known } from "#collab/guard.ts";
import { Malformed, readAwareness, readMessage } from "#collab/protocol.ts";
import { Trial } from "#collab/trial.ts";
import { startingState, victim } from "./seeds.ts";

export type Found = { crashes: string[]; stalls: string[]; stateChanges: string[] };
export type Count = { inputs: number; accepted: number; tried: number; stood: number };
export type Input = { kind: "frame" | "update" | "awareness"; bytes: Uint8Array };

const stallMs = 250;

/** What a socket of Mallory reaches, in this process: the frame's reader, the guard, the answer to a question, the trial. */
export class Target {
  readonly found: Found = { crashes: [], stalls: [], stateChanges: [] };
  readonly count: Count = { inputs: 0, accepted: 0, tried: 0, stood: 0 };
  private readonly state = startingState();
  private readonly doc = new Y.Doc();
  private readonly known: Known;
  private readonly before: Buffer;
  private trial: Trial | undefined;
  private touched = false;

  /** Of what the guard lets through, one in `tryEach` goes on to the trial, which costs a hundred times as much. */
  constructor(private readonly tryEach: number) {
    Y.applyUpdate(this.doc, this.state);
    this.doc.getMap(fieldsName);
    this.doc.getXmlFragment(textName("en"));
    this.known = { doc: this.doc, waiting: new Map(), ownerOf: (client) => (client === victim ? "victim" : undefined) };
    this.before = Buffer.from(Y.encodeStateAsUpdate(this.doc));
    this.doc.on("beforeTransaction", () => {
      this.touched = true;
    });
  }

  feed(input: Input): void {
    this.count.inputs++;
    if (this.slow(input) && this.slow(input)) this.note("stalls", input, "");
    if (this.touched || this.count.inputs % 1_000 === 0) this.compare(input);
  }

  private slow(input: Input): boolean {
    const began = performance.now();
    try {
      this.reach(input);
    } catch (error) {
      this.note("crashes", input, String(error));
    }
    return performance.now() - began > stallMs;
  }

  private reach({ kind, bytes }: Input): void {
    if (kind === "update") {
      this.judge(bytes);
      return;
    }
    try {
      if (kind === "awareness") {
        readAwareness(bytes);
        return;
      }
      const message = readMessage(bytes);
      if (message.kind === "awareness") readAwareness(message.body);
      else if (message.kind === "update") this.judge(message.update);
      else if (message.kind === "vector") this.answer(message.vector);
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
    }
  }

  /** A question that cannot be read throws inside Yjs; the connection takes that for a malformed frame. */
  private answer(vector: Uint8Array): void {
    try {
      Y.encodeStateAsUpdate(this.doc, vector);
    } catch {}
  }

  private judge(update: Uint8Array): void {
    const verdict = judge(update, "mallory", this.known);
    if (verdict.kind !== "accept") return;
    this.count.accepted++;
    if (verdict.clients.includes(victim) || verdict.clients.includes(1))
      this.note("stateChanges", { kind: "update", bytes: update }, "under a client that is not Mallory's");
    if (this.count.accepted % this.tryEach === 0 || this.count.inputs <= 50) this.tryOut(update);
  }

  /** What stands the trial must leave a text that can be opened, with nothing missing. */
  private tryOut(update: Uint8Array): void {
    this.count.tried++;
    this.trial ??= new Trial(this.state, templateId);
    const outcome = this.trial.check([update]);
    this.trial = undefined;
    if ("problem" in outcome || !outcome.bytes) return;
    this.count.stood++;
    const doc = new Y.Doc();
    Y.applyUpdate(doc, this.state);
    Y.applyUpdate(doc, outcome.bytes);
    textOf(doc, "en");
    doc.getMap(fieldsName).toJSON();
    if (doc.store.pendingStructs || doc.store.pendingDs) throw new Error("something that stood waits for more");
  }

  /** Nothing that comes in changes the document before it is stored. */
  private compare(input: Input): void {
    this.touched = false;
    if (!this.before.equals(Y.encodeStateAsUpdate(this.doc))) this.note("stateChanges", input, "the document differs");
    this.touched = false;
  }

  private note(what: keyof Found, { kind, bytes }: Input, why: string): void {
    if (this.found[what].length < 20) this.found[what].push(`${kind} ${Buffer.from(bytes).toString("hex")} ${why}`);
  }
}

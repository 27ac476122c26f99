import * as encoding from "lib0/encoding";
import * as Y from "yjs";
import { limits } from "./limits.ts";

/** Where letters may stand anywhere: names of elements; from the schema (`openToLetters` in trial.ts). */
export type OpenElements = ReadonlySet<string>;

/** Letters of one client that an earlier update of the same batch brings. */
type Typed = { clock: number; end: number; text: Y.XmlText };
type Id = { client: number; clock: number };
type Range = { client: number; clock: number; end: number };

class NotPlain extends Error {}

/**
 * Whether the updates of a batch, in order, only type and erase letters inside texts that are in the document, in
 * elements that take letters anywhere, where no mark was ever set. Of those the copy (trial.ts) can say nothing but
 * yes, so it need not be asked: no element comes or goes, no attribute changes, letters without marks are allowed in
 * any number at any place, and there is no mark that Yjs would tidy up. Returns what is new, one update a group, or
 * null when there is anything else: then the copy is asked. `typing.test.ts` holds the two together.
 *
 * `doc` holds everything stored. Costs what the updates cost, whatever the document: hence in the main thread.
 */
export function plainTyping(
  doc: Y.Doc,
  open: OpenElements,
  groups: readonly (readonly Uint8Array[])[],
): Uint8Array[] | null {
  let bytes = 0;
  for (const updates of groups) for (const update of updates) bytes += update.length;
  if (bytes > limits.typingBytes) return null;
  const batch = new Batch(doc, open);
  try {
    return groups.map((updates) => batch.take(updates));
  } catch (error) {
    if (error instanceof NotPlain) return null;
    throw error;
  }
}

class Batch {
  private readonly typed = new Map<number, Typed[]>();
  private readonly erased: Range[] = [];
  private looked = 0;

  constructor(
    private readonly doc: Y.Doc,
    private readonly open: OpenElements,
  ) {}

  /** Checks the updates of one author; returns them as one. */
  take(updates: readonly Uint8Array[]): Uint8Array {
    const decoded = updates.map((update) => Y.decodeUpdate(update));
    for (const { structs, ds } of decoded) {
      for (const struct of structs) this.type(struct);
      for (const [client, ranges] of ds.clients)
        for (const { clock, len } of ranges) this.erase({ client, clock, end: clock + len });
    }
    return updates.length === 1 ? (updates[0] as Uint8Array) : joined(decoded);
  }

  /** Nothing here may cost more than a bounded number of looks, whoever made the update. */
  private look(): void {
    if (++this.looked > limits.typingStructs) throw new NotPlain();
  }

  private endOf(client: number): number {
    return this.typed.get(client)?.at(-1)?.end ?? Y.getState(this.doc.store, client);
  }

  private type(struct: Y.Item | Y.GC | Y.Skip): void {
    this.look();
    if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) throw new NotPlain();
    const { id, length, origin, rightOrigin, parent, parentSub } = struct;
    // What is known in part, or has a gap before it, is for the copy.
    if (parentSub !== null || id.clock !== this.endOf(id.client)) throw new NotPlain();
    const left = origin && this.textAt(origin);
    const right = rightOrigin && this.textAt(rightOrigin);
    const text = left ?? right ?? this.textMadeBy(parent);
    if (left && right && left !== right) throw new NotPlain();
    this.note({ clock: id.clock, end: id.clock + length, text }, id.client);
  }

  private note(typed: Typed, client: number): void {
    const earlier = this.typed.get(client);
    const last = earlier?.at(-1);
    if (last?.text === typed.text) last.end = typed.end;
    else if (earlier) earlier.push(typed);
    else this.typed.set(client, [typed]);
  }

  private textAt(id: Id): Y.XmlText {
    for (const { clock, end, text } of this.typed.get(id.client) ?? []) {
      if (id.clock >= clock && id.clock < end) return text;
      this.look();
    }
    return this.plainText(this.itemAt(id).parent);
  }

  /** For the first letters of an empty text: named by the item that made it. */
  private textMadeBy(parent: unknown): Y.XmlText {
    if (!(parent instanceof Y.ID)) throw new NotPlain();
    const { content } = this.itemAt(parent);
    return this.plainText(content instanceof Y.ContentType ? content.type : null);
  }

  private itemAt({ client, clock }: Id): Y.Item {
    if (clock >= Y.getState(this.doc.store, client)) throw new NotPlain();
    const structs = this.structsOf(client);
    const item = structs[Y.findIndexSS(structs, clock)];
    if (!(item instanceof Y.Item)) throw new NotPlain();
    return item;
  }

  private structsOf(client: number): (Y.Item | Y.GC)[] {
    const structs = this.doc.store.clients.get(client);
    if (!structs) throw new NotPlain();
    return structs;
  }

  private plainText(text: unknown): Y.XmlText {
    // Exactly this class, and alive with all that is above it: what is erased takes its children along.
    if (!(text instanceof Y.XmlText) || !text._item || text._item.deleted || text._map.size > 0) throw new NotPlain();
    // Yjs sets this with the first mark and never takes it back; without it, it tidies nothing up.
    if ((text as unknown as { _hasFormatting: boolean })._hasFormatting) throw new NotPlain();
    const element = text.parent;
    if (!(element instanceof Y.XmlElement) || element instanceof Y.XmlHook) throw new NotPlain();
    if (!element._item || element._item.deleted || !this.open.has(element.nodeName)) throw new NotPlain();
    return text;
  }

  /** Letters that are there; what is erased already, also by this batch, is for the copy to leave out. */
  private erase(range: Range): void {
    const { client, clock, end } = range;
    this.look();
    if (this.erased.some((other) => other.client === client && other.clock < end && clock < other.end))
      throw new NotPlain();
    this.erased.push(range);
    const stored = Y.getState(this.doc.store, client);
    if (end > this.endOf(client)) throw new NotPlain();
    if (clock >= stored) return;
    const structs = this.structsOf(client);
    for (let n = Y.findIndexSS(structs, clock); n < structs.length; n++) {
      const item = structs[n] as Y.Item | Y.GC;
      if (item.id.clock >= end) return;
      this.look();
      if (!(item instanceof Y.Item) || item.deleted || !(item.content instanceof Y.ContentString)) throw new NotPlain();
      this.plainText(item.parent);
    }
  }
}

type Decoded = ReturnType<typeof Y.decodeUpdate>;

/**
 * Checked updates as one, in Yjs's first format: structs of each client in order, then what is erased. The library's own
 * joining can be made to run for ever (yjs#687); here each client's structs follow each other without a gap.
 */
function joined(updates: readonly Decoded[]): Uint8Array {
  const encoder = new Y.UpdateEncoderV1();
  const { restEncoder } = encoder;
  const byClient = new Map<number, Y.Item[]>();
  for (const { structs } of updates)
    for (const struct of structs as Y.Item[]) {
      const earlier = byClient.get(struct.id.client);
      if (earlier) earlier.push(struct);
      else byClient.set(struct.id.client, [struct]);
    }
  encoding.writeVarUint(restEncoder, byClient.size);
  for (const [client, structs] of byClient) {
    encoding.writeVarUint(restEncoder, structs.length);
    encoder.writeClient(client);
    encoding.writeVarUint(restEncoder, (structs[0] as Y.Item).id.clock);
    for (const struct of structs) struct.write(encoder, 0);
  }
  const erased = new Map<number, { clock: number; len: number }[]>();
  for (const { ds } of updates)
    for (const [client, ranges] of ds.clients) {
      const earlier = erased.get(client);
      if (earlier) earlier.push(...ranges);
      else erased.set(client, [...ranges]);
    }
  encoding.writeVarUint(restEncoder, erased.size);
  for (const [client, ranges] of erased) {
    encoding.writeVarUint(restEncoder, client);
    encoding.writeVarUint(restEncoder, ranges.length);
    for (const { clock, len } of ranges) {
      encoding.writeVarUint(restEncoder, clock);
      encoding.writeVarUint(restEncoder, len);
    }
  }
  return encoder.toUint8Array();
}

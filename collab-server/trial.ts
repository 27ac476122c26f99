import type { Node, NodeType } from "@tiptap/pm/model";
import { yXmlFragmentToProsemirrorJSON } from "@tiptap/y-tiptap";
import * as Y from "yjs";
import { isSafeLink } from "#app/domain/documents/extensions.ts";
import { givenForGood, mayStand } from "#app/domain/documents/field-values.ts";
import { textSchema } from "#app/domain/documents/schema.ts";
import { fieldsName, maxDepth } from "#app/domain/documents/text.ts";
import { type TextTemplate, templateOfText } from "#app/domain/templates/template-of-text.ts";
import { limits } from "./limits.ts";

/** Why a copy of the document did not stand the update. `schema` also happens honestly, when two people erase at once. */
export type Problem = "pending" | "schema" | "depth" | "fields" | "fixed";
/**
 * `bytes`: what is new, as one update; null when nothing is. `tidied`: more is gone than the author took away, because
 * Yjs takes out marks that have become idle, here and in every replica that sees them come, but not in the author's.
 */
export type Outcome = { bytes: Uint8Array | null; tidied: boolean } | { problem: Problem };

class Unfit extends Error {
  constructor(readonly problem: Problem) {
    super(problem);
  }
}

/**
 * A copy of a document on which updates are tried before they are stored. It keeps what is erased (gc off), so that
 * letters typed and taken back within one batch are still in the history.
 */
export class Trial {
  private readonly doc = new Y.Doc({ gc: false });
  /** the fixed clauses that the copy began with, by text */
  private readonly fixed: ReadonlyMap<Y.XmlFragment, ReadonlySet<string>>;
  private readonly template: TextTemplate;

  /** `template`: the name of the one that the text was made from; its fields alone may have values */
  constructor(state: Uint8Array, template: string) {
    this.template = templateOfText(template);
    Y.applyUpdate(this.doc, state);
    this.giveRootsTheirTypes();
    this.fixed = new Map(
      [...this.doc.share.values()].flatMap((root) =>
        root instanceof Y.XmlFragment ? [[root, fixedClauses(root)] as const] : [],
      ),
    );
  }

  private giveRootsTheirTypes(): void {
    for (const name of this.doc.share.keys()) {
      if (name === fieldsName) this.doc.getMap(name);
      else if (name.startsWith("text:")) this.doc.getXmlFragment(name);
    }
  }

  /** Takes in what was stored without being tried (typing.ts). */
  learn(updates: readonly Uint8Array[]): void {
    this.doc.transact(() => {
      for (const update of updates) Y.applyUpdate(this.doc, update);
    });
  }

  /** Applies the updates of one author as one. After a problem the copy is spoilt: make a new one. */
  check(updates: readonly Uint8Array[]): Outcome {
    let bytes: Uint8Array | null = null;
    let tidied = false;
    // Yjs tidies up marks that have become idle in a second step with an update of its own: both are what is new.
    const onUpdate = (made: Uint8Array) => {
      tidied = bytes !== null;
      bytes = bytes ? Y.mergeUpdates([bytes, made]) : made;
    };
    let changed: Y.Transaction | undefined;
    this.doc.once("afterTransaction", (transaction: Y.Transaction) => {
      changed = transaction;
    });
    this.doc.on("update", onUpdate);
    try {
      this.doc.transact(() => {
        for (const update of updates) Y.applyUpdate(this.doc, update);
      });
      if (this.doc.store.pendingStructs || this.doc.store.pendingDs) throw new Unfit("pending");
      if (changed) {
        checkChanged({ doc: this.doc, template: this.template }, changed);
        this.checkFixed(changed);
      }
      return { bytes, tidied };
    } catch (error) {
      return { problem: error instanceof Unfit ? error.problem : "schema" };
    } finally {
      this.doc.off("update", onUpdate);
    }
  }

  /** What the template fixes can be worded, not removed, and nobody but the template fixes anything. */
  private checkFixed(transaction: Y.Transaction): void {
    for (const [root, before] of this.fixed) {
      if (![...transaction.changed.keys()].some((type) => (type as unknown) === root || type.parent === root)) continue;
      const now = fixedClauses(root);
      for (const id of before) if (!now.has(id)) throw new Unfit("fixed");
      for (const id of now) if (!before.has(id) && !this.template.fixed.has(id)) throw new Unfit("fixed");
    }
  }
}

function fixedClauses(root: Y.XmlFragment): Set<string> {
  const ids = new Set<string>();
  for (const clause of root.toArray()) {
    if (clause instanceof Y.XmlElement && (clause.getAttribute("fixed") as unknown) === true)
      ids.add(String(clause.getAttribute("clauseId")));
  }
  return ids;
}

/** Elements whose content expression is one state that every inline node, letters too, leads back to. */
export function openToLetters(): string[] {
  const { nodes } = textSchema();
  return Object.values(nodes).flatMap(({ name, contentMatch: match }) => {
    const edges = Array.from({ length: match.edgeCount }, (_, n) => match.edge(n));
    const takesLetters = edges.some(({ type }) => type === nodes.text);
    return match.validEnd && takesLetters && edges.every(({ next }) => next === match) ? [name] : [];
  });
}

type Copied = { doc: Y.Doc; template: TextTemplate };

/** Only what changed is checked: the cost follows the change, not the text. */
function checkChanged(copied: Copied, transaction: Y.Transaction): void {
  const whole = new Set<Y.XmlElement>();
  for (const [type, keys] of transaction.changed) {
    if (type._item?.deleted) continue;
    if (type._item === null) {
      checkRoot(copied, type, keys, transaction, whole);
      continue;
    }
    const element = type instanceof Y.XmlText ? type.parent : type;
    if (!(element instanceof Y.XmlElement) || element instanceof Y.XmlHook) throw new Unfit("schema");
    if (!element._item?.deleted) whole.add(element);
  }
  for (const element of whole) if (!isInside(element, whole)) checkElement(element);
}

function isInside(element: Y.XmlElement, others: Set<Y.XmlElement>): boolean {
  let above = element.parent;
  for (let depth = 0; above && depth <= maxDepth; depth++) {
    if (above instanceof Y.XmlElement && others.has(above)) return true;
    above = above._item ? above.parent : null;
  }
  return false;
}

function checkRoot(
  { doc, template }: Copied,
  root: object,
  keys: Set<string | null>,
  transaction: Y.Transaction,
  whole: Set<Y.XmlElement>,
): void {
  if (root === doc.share.get(fieldsName)) {
    checkFields(root as Y.Map<unknown>, keys, transaction, template);
    return;
  }
  if (!(root instanceof Y.XmlFragment)) throw new Unfit("schema");
  if (root._map.size > 0) throw new Unfit("schema");
  let match = textSchema().topNodeType.contentMatch;
  for (const child of root.toArray()) {
    if (!(child instanceof Y.XmlElement) || child instanceof Y.XmlHook) throw new Unfit("schema");
    const next = match.matchType(typeOf(child));
    if (!next) throw new Unfit("schema");
    match = next;
    const id = child._item?.id;
    if (id && id.clock >= (transaction.beforeState.get(id.client) ?? 0)) whole.add(child);
  }
  if (!match.validEnd) throw new Unfit("schema");
}

/**
 * Only what changed, each key by itself: a text that was stored once is never refused for what it holds, and of two
 * values that stand the one that wins stands too. Editors say `null`; a deletion is as good, where that is.
 */
function checkFields(
  fields: Y.Map<unknown>,
  keys: Set<string | null>,
  transaction: Y.Transaction,
  template: TextTemplate,
): void {
  if (fields._length > 0 || fields._map.size > limits.fields) throw new Unfit("fields");
  for (const key of keys) {
    if (key === null) throw new Unfit("fields");
    const item = fields._map.get(key);
    // The new value lost against one that is stored, and which may be older than these rules.
    if (item && !item.deleted && item.id.clock < (transaction.beforeState.get(item.id.client) ?? 0)) continue;
    const isGone = !item || item.deleted;
    if (!isGone && (!(item.content instanceof Y.ContentAny) || item.length !== 1)) throw new Unfit("fields");
    const value: unknown = isGone ? null : (item.content as Y.ContentAny).arr[0];
    if (!isPlain(value, 0) || JSON.stringify(value).length > limits.fieldBytes) throw new Unfit("fields");
    if (isForeign(key, template) ? !isGone : !mayStand(key, value)) throw new Unfit("fields");
  }
}

/**
 * Keys that the template of this text does not know: what another one asks for would travel unseen into the frozen
 * text. Texts older than this check may hold some, and may lose them.
 */
const isForeign = (key: string, { fields }: TextTemplate) =>
  !fields.has(key.split("/", 1)[0] ?? "") && !givenForGood.includes(key);

/** JSON and nothing else: no bytes, no undefined, no numbers that JSON cannot say. */
function isPlain(value: unknown, depth: number): boolean {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || depth > 16) return false;
  if (Array.isArray(value)) return value.every((item) => isPlain(item, depth + 1));
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  return Object.values(value).every((item) => isPlain(item, depth + 1));
}

function typeOf(element: Y.XmlElement): NodeType {
  const type = textSchema().nodes[element.nodeName];
  if (!type) throw new Unfit("schema");
  return type;
}

/** Checks an element with all below it. Depth first, without recursion: a deep tree kills every recursive walk. */
function checkElement(element: Y.XmlElement): void {
  const waiting: { element: Y.XmlElement; depth: number }[] = [{ element, depth: depthOf(element) }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next.depth > maxDepth) throw new Unfit("depth");
    checkAttributes(next.element);
    for (const child of next.element.toArray()) {
      if (child instanceof Y.XmlElement && !(child instanceof Y.XmlHook))
        waiting.push({ element: child, depth: next.depth + 1 });
      else if (!(child instanceof Y.XmlText) || child._map.size > 0) throw new Unfit("schema");
    }
  }
  const [json] = yXmlFragmentToProsemirrorJSON({ toArray: () => [element] } as unknown as Y.XmlFragment).content;
  const node = textSchema().nodeFromJSON(json);
  node.check();
  node.descendants(checkLinks);
}

function depthOf(element: Y.XmlElement): number {
  let depth = 0;
  for (let above = element.parent; above?._item; above = above.parent) {
    if (++depth > maxDepth) throw new Unfit("depth");
  }
  return depth;
}

/** Attributes that the schema does not know would travel unseen into the frozen text. */
function checkAttributes(element: Y.XmlElement): void {
  const known = typeOf(element).spec.attrs ?? {};
  for (const [name, value] of Object.entries(element.getAttributes() as Record<string, unknown>)) {
    if (!Object.hasOwn(known, name)) throw new Unfit("schema");
    if (!isPlain(value, 0) || JSON.stringify(value).length > limits.cursorBytes) throw new Unfit("schema");
  }
}

function checkLinks(node: Node): void {
  for (const mark of node.marks) {
    if (mark.type.name === "link" && !isSafeLink(mark.attrs.href)) throw new Unfit("schema");
  }
}

import { EditorState } from "@tiptap/pm/state";
import { fixTables } from "@tiptap/pm/tables";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { textOf } from "#app/domain/documents/text.ts";
import { type Desk, openDesk, type SignedInPerson, stockClient, until } from "#tests/support/collab.ts";
import { editAtRandom } from "#tests/support/editing.ts";
import { type HeadlessEditor, headlessEditor } from "#tests/support/headless-editor.ts";
import { type Chance, numberFrom, seeded } from "#tests/support/seeded.ts";

const first = numberFrom("SEED", 1);
const rounds = numberFrom("ROUNDS", 3);
const steps = numberFrom("STEPS", 60);

let desk: Desk;
// What an editor throws at another's change, y-protocols only prints.
const said = vi.spyOn(console, "error");
beforeEach(async () => {
  said.mockClear();
  desk = await openDesk();
});
afterEach(() => desk.close());

type Writer = HeadlessEditor & { name: number; doc: Y.Doc; net: ReturnType<typeof stockClient>; sentAway: string[] };

async function join(person: SignedInPerson, name: number): Promise<Writer> {
  const net = stockClient(desk, person);
  const sentAway: string[] = [];
  void net.closed.then(({ code, reason }) => sentAway.push(`${code} ${reason}`));
  await until(() => net.provider.synced, "the text");
  return { ...headlessEditor(net.doc), name, doc: net.doc, net, sentAway };
}

/** One thing that happens: somebody edits, loses the network, or has it again. */
function happen(writer: Writer, chance: Chance): string {
  const { provider } = writer.net;
  const luck = chance.below(40);
  if (luck === 0 && provider.shouldConnect) {
    provider.disconnect();
    return "offline";
  }
  if (luck < 4 && !provider.shouldConnect) {
    provider.connect();
    return "online";
  }
  // A cut that nobody asked for: what was on its way is lost, and the client comes back by itself.
  if (luck === 5) {
    (provider.ws as unknown as { terminate?(): void } | null)?.terminate?.();
    return "cut";
  }
  return editAtRandom(writer, chance);
}

async function settled(writers: Writer[]): Promise<Y.Doc> {
  for (const { net } of writers) net.provider.connect();
  let stored = new Y.Doc();
  const same = async () => {
    if (writers.some(({ net, sentAway }) => !net.provider.synced && sentAway.length === 0)) return false;
    stored = await desk.stored();
    const state = Y.snapshot(stored);
    return writers.every(({ doc, sentAway }) => sentAway.length > 0 || Y.equalSnapshots(Y.snapshot(doc), state));
  };
  await until(same, "everybody has what is stored", 60_000);
  return stored;
}

/**
 * A table whose rows came out uneven when two people changed it is shown with the cells that are missing, which are
 * stored with the next thing that somebody writes.
 */
async function round(seed: number): Promise<void> {
  const chance = seeded(seed);
  const writers: Writer[] = [];
  for (let name = 3 + chance.below(6); name > 0; name--)
    writers.push(await join(await desk.writer(name % 2 === 0 ? "kz" : "eg"), name));
  const story: string[] = [];
  try {
    for (let step = 0; step < steps; step++) {
      const writer = chance.oneOf(writers);
      story.push(`${writer.name} ${happen(writer, chance)}`);
      if (chance.below(3) === 0) await new Promise((resolve) => setTimeout(resolve, chance.below(12)));
    }
    const stored = await settled(writers);
    expect(writers.flatMap(({ sentAway }) => sentAway)).toEqual([]);
    expect(said.mock.calls).toEqual([]);
    const text = textOf(stored, "en");
    for (const { editor } of writers) {
      editor.state.doc.check();
      const state = EditorState.create({ doc: editor.schema.nodeFromJSON(text) });
      const shown = [state.doc, fixTables(state)?.doc ?? state.doc].map(String);
      expect(shown).toContain(String(editor.state.doc));
    }
  } catch (error) {
    throw new Error(`seed ${seed}, ${writers.length} people: ${story.join(", ")}`, { cause: error });
  } finally {
    for (const { net, close } of writers) {
      close();
      net.provider.destroy();
    }
  }
}

const seeds = Array.from({ length: rounds }, (_, n) => first + n);
test.each(seeds)(
  "[C9] editors that write at once, apart and together, end with the stored text (seed %i)",
  round,
  300_000,
);

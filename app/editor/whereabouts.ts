import type { Editor } from "@tiptap/core";
import { relativePositionToAbsolutePosition, ySyncPluginKey } from "@tiptap/y-tiptap";
import { useEffect, useState } from "react";
import type { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { numbersFrom } from "#app/domain/documents/clauses.ts";

/** In which clause each person has a caret: id of the person → number of the clause. */
export type Whereabouts = ReadonlyMap<string, number>;
type Cursor = { user?: { id?: unknown }; cursor?: { head?: unknown } | null };

/** Follows other people's carets, as far as lists need it: a move inside a clause changes nothing. */
export function useWhereabouts(editor: Editor | null, awareness: Awareness): Whereabouts {
  const [places, setPlaces] = useState<Whereabouts>(new Map());
  useEffect(() => {
    if (!editor) return;
    const look = () => setPlaces((before) => keepIfSame(before, placesOf(editor, awareness)));
    look();
    awareness.on("change", look);
    return () => awareness.off("change", look);
  }, [editor, awareness]);
  return places;
}

function placesOf(editor: Editor, awareness: Awareness): Map<string, number> {
  const places = new Map<string, number>();
  for (const [client, state] of awareness.getStates() as Map<number, Cursor>) {
    if (client === awareness.clientID || typeof state.user?.id !== "string") continue;
    const number = clauseAt(editor, state.cursor?.head);
    if (number !== null) places.set(state.user.id, number);
  }
  return places;
}

/** A caret comes from another browser: whatever it says, it gives a place or none. */
function clauseAt(editor: Editor, head: unknown): number | null {
  const sync = ySyncPluginKey.getState(editor.state);
  if (!head || !sync?.binding) return null;
  try {
    const relative = Y.createRelativePositionFromJSON(head);
    const position = relativePositionToAbsolutePosition(sync.doc, sync.type, relative, sync.binding.mapping);
    if (position === null || position > editor.state.doc.content.size) return null;
    const { doc } = editor.state;
    return numbersFrom(doc.content.content.map((clause) => clause.attrs.clauseId)) + doc.resolve(position).index(0);
  } catch {
    return null;
  }
}

function keepIfSame(before: Whereabouts, after: Whereabouts): Whereabouts {
  const same = before.size === after.size && [...after].every(([id, number]) => before.get(id) === number);
  return same ? before : after;
}

/** Why the server sent us away for good; the editor has a sentence for each. */
export type EndReason =
  | "session"
  | "access"
  | "read-only"
  | "gone"
  | "rebuilt"
  | "too-large"
  | "refused"
  | "old-editor";

/** Someone who has the text open, as the server says (never the other browser). */
export type Present = {
  id: string;
  name: string;
  latinName: string;
  state: string | null;
  ink: number | null;
  writes: boolean;
};

export type ConnectionState = {
  phase: "connecting" | "open" | "offline" | "ended";
  /** the text is here; before that nothing may be written, it would have no clause to stand in */
  loaded: boolean;
  /** something typed here is not confirmed as stored yet */
  unsaved: boolean;
  /** when the server last confirmed that all of it is stored (ISO 8601) */
  savedAt: string | null;
  /** the server cannot store at the moment; what is typed stays in this tab */
  stalled: boolean;
  people: readonly Present[];
  ended: EndReason | null;
  /** whether this device keeps what is typed; "failed" when it should and the browser does not */
  device: "none" | "kept" | "failed";
};

/** What the page around the text is drawn by. */
export type ConnectionStanding = Pick<ConnectionState, "phase" | "loaded" | "people" | "ended">;

export const atFirst: ConnectionState = {
  phase: "connecting",
  loaded: false,
  unsaved: false,
  savedAt: null,
  stalled: false,
  people: [],
  ended: null,
  device: "none",
};

/** The one before, as long as it says the same: whoever is drawn by it is not drawn again for a letter. */
export function standingOf(state: ConnectionState, before: ConnectionStanding | null): ConnectionStanding {
  const { phase, loaded, people, ended } = state;
  const same =
    before?.phase === phase && before.loaded === loaded && before.people === people && before.ended === ended;
  return same ? before : { phase, loaded, people, ended };
}

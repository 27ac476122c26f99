import type { TextNode } from "../documents/text-node.ts";

/** Every bound on a file that someone brings. Bytes are those of the file, then those inside it once unpacked. */
export const limits = {
  fileBytes: 7 * 1024 * 1024,
  entries: 3_000,
  partBytes: 24 * 1024 * 1024,
  allBytes: 48 * 1024 * 1024,
  depth: 150,
  elements: 400_000,
  /** what comes out of it */
  characters: 200_000,
  blocks: 4_000,
  /** what goes to the server as one edit: more takes it longer to check than it allows any edit */
  charactersAtOnce: 80_000,
  blocksAtOnce: 1_000,
  milliseconds: 12_000,
  heapMiB: 384,
};

/** Why a file cannot be read; each is a sentence in i18n (problems). */
export type Unreadable =
  | "file-missing"
  | "file-too-large"
  | "file-not-word"
  | "file-old-or-locked"
  | "file-damaged"
  | "file-encoding"
  | "file-doctype"
  | "file-inflates"
  | "file-too-deep"
  | "file-too-long"
  | "file-exhausts"
  | "file-empty"
  | "reading-busy";

export class UnreadableFile extends Error {
  override name = "UnreadableFile";
  constructor(readonly reason: Unreadable) {
    super(reason);
  }
}

/** What a text cannot hold, and how often the file has it. "otherLanguages": clauses; "notes" stay, in brackets; "changes" are taken as accepted. */
export const leftOutKinds = [
  "images",
  "comments",
  "notes",
  "changes",
  "links",
  "contents",
  "macros",
  "objects",
  "struck",
  "otherLanguages",
] as const;
export type LeftOut = Partial<Record<(typeof leftOutKinds)[number], number>>;

/** Words under one heading of the file, in its order. */
export type Section = {
  /** null for what stands before the first heading */
  heading: { text: string; node: TextNode; mark: string | null; level: number; styled: boolean } | null;
  blocks: TextNode[];
};

/** A file as the worker hands it over. `values`: what it has for values of the arrangement, by the field's name. */
export type WordFile = { sections: Section[]; leftOut: LeftOut; ours: boolean };

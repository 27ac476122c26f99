import type { Facts } from "./entry.server.ts";

/** Who stands in an entry: a person for an authority, the product itself, or someone who was not signed in. */
export type StoredActor = {
  person?: string;
  authority?: string;
  state?: string | null;
  session?: string | null;
  party?: string | null;
  roles?: string[];
  system?: true;
  visitor?: true;
};

/** An entry as it was hashed, version 1. `action` may be one that this version of the product no longer knows. */
export type StoredBody = {
  v: 1;
  log: string;
  seq: number;
  at: string;
  actor: StoredActor;
  action: string;
  facts: Facts;
  commitment?: string;
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Reads the exact text of an entry; null when it is not one. */
export function readBody(text: string): StoredBody | null {
  try {
    const read: unknown = JSON.parse(text);
    if (!isObject(read)) return null;
    const { v, log, seq, at, actor, action, facts = {} } = read;
    if (v !== 1 || typeof log !== "string" || typeof seq !== "number" || typeof at !== "string") return null;
    if (typeof action !== "string" || !isObject(actor) || !isObject(facts)) return null;
    return { ...read, facts } as StoredBody;
  } catch {
    return null;
  }
}

import type { DocumentState } from "../documents/states.ts";

/** What every page inside a JIT knows about it. `agreement` is null until the text is started. */
export type JitOfMember = {
  id: string;
  reference: string;
  /** by BCP 47 tag; "en" is always there */
  names: Record<string, string>;
  exercise: boolean;
  summary: string;
  createdAt: Date;
  /** the reader's own row in the list of members */
  memberId: string;
  agreement: { id: string; state: DocumentState; stateSince: Date; expiresAt: Date | null } | null;
};

const reference = /^JIT-\d{4}-\d{3,6}$/;

/** An archived or given up team takes nobody in and changes no more; people can still be let go. */
export function isClosed(state: DocumentState | null | undefined): boolean {
  return state === "archived" || state === "withdrawn";
}

/** True for text that could be a reference; anything else must not reach a query. */
export function isReference(text: string): boolean {
  return reference.test(text);
}

/** The name to show: the reader's language, else English. */
export function nameIn(language: string, names: Record<string, string>): string {
  return names[language] ?? names.en ?? Object.values(names)[0] ?? "";
}

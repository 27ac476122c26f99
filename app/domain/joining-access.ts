import type { Action } from "./actions.ts";

/** What the signatory of a State that is joining may do with the two texts it signs, as far as the role allows it. */
const whileJoining: readonly Action[] = [
  "document.read",
  "document.open",
  "document.download",
  "signature.prepare",
  "signature.sign",
  "signature.decline",
  "signature.withdraw",
  "paper.handIn",
  "paper.read",
  "outside.checkOut",
  "outside.handIn",
  "outside.read",
  "anchor.list",
];

/** For some document at least; of the team itself, that it is there. */
export function mayWhileJoining(action: Action): boolean {
  return action === "jit.read" || whileJoining.includes(action);
}

/** `only`: the annex by which the State joins and the arrangement that it accepts. */
export function isOpenWhileJoining(only: readonly string[], action: Action, document: string | undefined): boolean {
  if (action === "jit.read") return true;
  return mayWhileJoining(action) && document !== undefined && only.includes(document);
}

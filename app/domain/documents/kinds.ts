/**
 * What a co-edited text is. The arrangement and its annexes are negotiated, frozen and signed; a text of another kind
 * goes its own way, with the rights that `actions.ts` names for its kind and no others. A text keeps its kind for ever.
 */
export const documentKinds = ["agreement", "annex", "minutes"] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** Kinds of text that are not of the arrangement. */
export type OtherKind = Exclude<DocumentKind, "agreement" | "annex">;

export function isOtherKind(kind: DocumentKind): kind is OtherKind {
  return kind !== "agreement" && kind !== "annex";
}

/** ProseMirror JSON as it stands in a canonical text. */
export type TextNode = {
  type: string;
  attrs?: Record<string, unknown>;
  content?: TextNode[];
  text?: string;
  marks?: { type: string; attrs?: Record<string, unknown> }[];
};

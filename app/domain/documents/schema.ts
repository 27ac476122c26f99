import { getSchema } from "@tiptap/core";
import type { Schema } from "@tiptap/pm/model";
import { textExtensions } from "./extensions.ts";

let made: Schema | undefined;

/** The ProseMirror schema of every text. */
export function textSchema(): Schema {
  made ??= getSchema(textExtensions());
  return made;
}

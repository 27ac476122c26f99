import * as Y from "yjs";

/** What was typed under these clients, from these clocks on, as plain text. */
export function unsentWords(doc: Y.Doc, from: ReadonlyMap<number, number>): string {
  const known = Y.decodeStateVector(Y.encodeStateVector(doc));
  for (const [client, clock] of from) known.set(client, clock);
  const { structs } = Y.decodeUpdate(Y.encodeStateAsUpdate(doc, Y.encodeStateVector(known)));
  return structs
    .filter((struct): struct is Y.Item => struct instanceof Y.Item)
    .map(({ content }) =>
      content instanceof Y.ContentString ? content.str : content instanceof Y.ContentType ? "\n" : "",
    )
    .join("")
    .trim();
}

/** Gives the words as a file. */
export function download(text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = "not-stored.txt";
  link.click();
  URL.revokeObjectURL(address);
}

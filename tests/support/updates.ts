import * as encoding from "lib0/encoding";

/** One struct of a Yjs update, as bytes: what no library would write for an attacker. */
export type Raw =
  | { gc: number }
  | { skip: number }
  /** letters under a named part of the document */
  | { text: string; root: string };
export type Run = { client: number; clock: number; structs: Raw[] };
export type Erased = { client: number; ranges: [clock: number, length: number][] };

/** An update in the first format, put together by hand. */
export function craft(runs: readonly Run[], erased: readonly Erased[] = []): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, runs.length);
  for (const { client, clock, structs } of runs) {
    encoding.writeVarUint(encoder, structs.length);
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    for (const struct of structs) writeStruct(encoder, struct);
  }
  encoding.writeVarUint(encoder, erased.length);
  for (const { client, ranges } of erased) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, ranges.length);
    for (const [clock, length] of ranges) {
      encoding.writeVarUint(encoder, clock);
      encoding.writeVarUint(encoder, length);
    }
  }
  return encoding.toUint8Array(encoder);
}

function writeStruct(encoder: encoding.Encoder, struct: Raw): void {
  if ("gc" in struct) {
    encoding.writeUint8(encoder, 0);
    encoding.writeVarUint(encoder, struct.gc);
  } else if ("skip" in struct) {
    encoding.writeUint8(encoder, 10);
    encoding.writeVarUint(encoder, struct.skip);
  } else {
    // 4: content is a string; no neighbours, so the parent follows: 1, then its name
    encoding.writeUint8(encoder, 4);
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarString(encoder, struct.root);
    encoding.writeVarString(encoder, struct.text);
  }
}

/** F2: very many clients, each waiting for a predecessor that never comes. */
export function manyClients(count: number): Uint8Array {
  return craft(Array.from({ length: count }, (_, n) => ({ client: 1_000_000 + n, clock: 1, structs: [{ gc: 1 }] })));
}

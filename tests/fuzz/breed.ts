import * as encoding from "lib0/encoding";
import type { Chance } from "#tests/support/seeded.ts";
import { craft, type Erased, type Raw, type Run } from "#tests/support/updates.ts";
import { mallory, victim } from "./seeds.ts";

/** Numbers at which a reader of numbers may err. */
const edges = [0, 1, 2, 5, 127, 128, 255, 2 ** 14, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 40, 2 ** 53 - 1];
const roots = ["text:en", "text:de", "fields", "secret", "__proto__", "constructor", ""];
const texts = ["x", "", "\u0000", "مع", "\ud83d\ude00", "a".repeat(300)];

function varUint(value: number): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, value);
  return encoding.toUint8Array(encoder);
}

function spliced(bytes: Uint8Array, at: number, gone: number, brought: Uint8Array): Uint8Array {
  const made = new Uint8Array(bytes.length - gone + brought.length);
  made.set(bytes.subarray(0, at));
  made.set(brought, at);
  made.set(bytes.subarray(at + gone), at + brought.length);
  return made;
}

/** One to six small accidents to bytes that were good. */
export function mutated(chance: Chance, from: readonly Uint8Array[]): Uint8Array {
  let bytes: Uint8Array = Uint8Array.from(chance.oneOf(from));
  for (let count = 1 + chance.below(6); count > 0; count--) {
    const at = chance.below(bytes.length + 1);
    const rest = bytes.length - at;
    switch (chance.below(8)) {
      case 0:
        if (rest > 0) bytes[at] = chance.below(256);
        break;
      case 1:
        if (rest > 0) bytes[at] = (bytes[at] as number) ^ (1 << chance.below(8));
        break;
      case 2:
        bytes = bytes.slice(0, at);
        break;
      case 3:
        bytes = spliced(bytes, at, Math.min(rest, chance.below(4)), varUint(chance.oneOf(edges)));
        break;
      case 4:
        bytes = spliced(bytes, at, Math.min(rest, 1 + chance.below(8)), new Uint8Array());
        break;
      case 5:
        bytes = spliced(bytes, at, 0, bytes.slice(at, at + chance.below(32)));
        break;
      case 6: {
        const other = chance.oneOf(from);
        const cut = chance.below(other.length + 1);
        bytes = spliced(bytes, at, rest, other.subarray(cut));
        break;
      }
      default:
        bytes = spliced(bytes, at, 0, Uint8Array.of(255, 255, 255, 255, chance.below(256)));
    }
  }
  return bytes;
}

const client = (chance: Chance) => chance.oneOf([1, victim, mallory, 10, chance.oneOf(edges)]);

function raw(chance: Chance): Raw {
  const kind = chance.below(4);
  if (kind === 0) return { gc: chance.oneOf(edges) };
  if (kind === 1) return { skip: chance.oneOf(edges) };
  return { text: chance.oneOf(texts), root: chance.oneOf(roots) };
}

const some = <Thing>(chance: Chance, most: number, make: () => Thing): Thing[] =>
  Array.from({ length: chance.below(most + 1) }, make);

/** An update that follows the grammar of the format and nothing else. */
export function grammatical(chance: Chance): Uint8Array {
  const clock = () => (chance.below(2) === 0 ? chance.below(12) : chance.oneOf(edges));
  // Half of them begin where Mallory may begin: what fails at its first number says nothing of the rest.
  const own = chance.below(2) === 0;
  const runs: Run[] = some(chance, own ? 1 : 4, () => ({
    client: own ? mallory : client(chance),
    clock: own ? 0 : clock(),
    structs: some(chance, 4, () => raw(chance)),
  }));
  const erased: Erased[] = some(chance, 3, () => ({
    client: client(chance),
    ranges: some(chance, 4, (): [number, number] => [clock(), clock()]),
  }));
  return craft(runs, erased);
}

export function anyBytes(chance: Chance): Uint8Array {
  return Uint8Array.from({ length: chance.below(80) }, () => chance.below(256));
}

import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";

/*
 * The wire of y-websocket: a frame is one message, `type` then its body; see README.md. lib0 reads past the end of a
 * buffer without complaint in places, so every read here is inside `readMessage`, which turns all failures into one.
 */
const sync = 0;
const awareness = 1;
const queryAwareness = 3;
const saved = 10;
const people = 11;
const assents = 12;

const step1 = 0;
const step2 = 1;
const update = 2;

/** What a client may say. `answer` tells a reply to our step 1 from something just typed. */
export type Message =
  | { kind: "vector"; vector: Uint8Array }
  | { kind: "update"; update: Uint8Array; answer: boolean }
  | { kind: "awareness"; body: Uint8Array }
  | { kind: "queryAwareness" };

/** A frame that is not exactly one known message. */
export class Malformed extends Error {
  override name = "Malformed";
}

/** Reads the one message of a frame. Throws Malformed for anything else, trailing bytes included. */
export function readMessage(frame: Uint8Array): Message {
  try {
    const decoder = decoding.createDecoder(frame);
    const message = readBody(decoder);
    if (decoder.pos !== frame.length) throw new Malformed("bytes after the message");
    return message;
  } catch (error) {
    if (error instanceof Malformed) throw error;
    throw new Malformed("cut short");
  }
}

function readBody(decoder: decoding.Decoder): Message {
  switch (decoding.readVarUint(decoder)) {
    case sync:
      return readSync(decoder);
    case awareness:
      return { kind: "awareness", body: decoding.readVarUint8Array(decoder) };
    case queryAwareness:
      return { kind: "queryAwareness" };
    default:
      // Messages that only a server sends are refused like nonsense when they come from a socket.
      throw new Malformed("unknown type");
  }
}

function readSync(decoder: decoding.Decoder): Message {
  const step = decoding.readVarUint(decoder);
  const body = decoding.readVarUint8Array(decoder);
  if (step === step1) return { kind: "vector", vector: body };
  if (step === step2 || step === update) return { kind: "update", update: body, answer: step === step2 };
  throw new Malformed("unknown step");
}

function syncFrame(step: number, body: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, sync);
  encoding.writeVarUint(encoder, step);
  encoding.writeVarUint8Array(encoder, body);
  return encoding.toUint8Array(encoder);
}

/** Asks for what the other side has beyond this state vector. */
export const askFrame = (vector: Uint8Array) => syncFrame(step1, vector);
/** Answers such a question. */
export const answerFrame = (state: Uint8Array) => syncFrame(step2, state);
/** Something new. */
export const updateFrame = (bytes: Uint8Array) => syncFrame(update, bytes);

/**
 * The bytes of a frame as they go over the socket (RFC 6455, 5.2: final, binary, unmasked). Made once however many
 * are sent it; the library would put a head before the frame for each of them.
 */
export function onWire(frame: Uint8Array): Buffer {
  const { length } = frame;
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const wire = Buffer.allocUnsafe(head + length);
  wire[0] = 0x82;
  if (head === 2) wire[1] = length;
  else if (head === 4) {
    wire[1] = 126;
    wire.writeUInt16BE(length, 2);
  } else {
    wire[1] = 127;
    wire.writeBigUInt64BE(BigInt(length), 2);
  }
  wire.set(frame, head);
  return wire;
}

function jsonFrame(type: number, value: unknown): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, type);
  encoding.writeVarString(encoder, JSON.stringify(value));
  return encoding.toUint8Array(encoder);
}

/** `frames`: how many update frames of this connection, counted from its opening, are stored or were known already. */
export type Saved = { sequence: number; at: string; frames: number };
export const savedFrame = (value: Saved) => jsonFrame(saved, value);
export const peopleFrame = (value: unknown) => jsonFrame(people, value);

/** Says that a party agreed to something or took it back: the page asks by its own means, with its own right. */
export const assentsFrame = encoding.encode((encoder) => encoding.writeVarUint(encoder, assents));

/** One cursor: `state` null says that it has gone. */
export type Moved = { client: number; clock: number; state: unknown };

export function awarenessFrame(moved: readonly Moved[]): Uint8Array {
  const body = encoding.createEncoder();
  encoding.writeVarUint(body, moved.length);
  for (const { client, clock, state } of moved) {
    encoding.writeVarUint(body, client);
    encoding.writeVarUint(body, clock);
    encoding.writeVarString(body, JSON.stringify(state));
  }
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, awareness);
  encoding.writeVarUint8Array(encoder, encoding.toUint8Array(body));
  return encoding.toUint8Array(encoder);
}

/** Stock clients give up after 30 s without a message; this one says nothing. */
export const silence = onWire(awarenessFrame([]));

/** Entries of an awareness message, the state still as text: foreign ones are dropped before anything is parsed. */
export function readAwareness(body: Uint8Array): { client: number; state: string }[] {
  try {
    const decoder = decoding.createDecoder(body);
    const count = decoding.readVarUint(decoder);
    if (count > body.length) throw new Malformed("more cursors than bytes");
    const entries = [];
    for (let n = 0; n < count; n++) {
      const client = decoding.readVarUint(decoder);
      decoding.readVarUint(decoder);
      entries.push({ client, state: decoding.readVarString(decoder) });
    }
    if (decoder.pos !== body.length) throw new Malformed("bytes after the cursors");
    return entries;
  } catch (error) {
    if (error instanceof Malformed) throw error;
    throw new Malformed("cut short");
  }
}

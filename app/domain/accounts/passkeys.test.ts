import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { expect, test } from "vitest";
import { type Passkey, passkeyProof, passkeySite } from "./passkeys.server.ts";

const publicOrigin = "https://jit.example:8443";
const challenge = sha256("the statement to be signed");
const owner = newPasskey();
const flags = { present: 0x01, verified: 0x04, mayBackUp: 0x08, backedUp: 0x10 };

/** A key as a device makes it, and its public half in COSE (RFC 9053: EC2, ES256, P-256). */
function newPasskey() {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x, y } = publicKey.export({ format: "jwk" });
  const cose = Buffer.concat([
    Buffer.from("a5010203262001215820", "hex"),
    Buffer.from(x!, "base64url"),
    Buffer.from("225820", "hex"),
    Buffer.from(y!, "base64url"),
  ]);
  return { id: "b25seS1hbi1leGFtcGxl", privateKey, publicKey: Uint8Array.from(cose) };
}

/** What a browser sends when the device of `owner` answers; each test changes one thing. */
function answerOf(change: Partial<typeof honest> = {}) {
  const { asked, origin, relyingParty, flag, counter, type, key } = { ...honest, ...change };
  const count = Buffer.alloc(4);
  count.writeUInt32BE(counter);
  const device = Buffer.concat([sha256(relyingParty), Buffer.from([flag]), count]);
  const client = Buffer.from(JSON.stringify({ type, challenge: asked.toString("base64url"), origin }));
  const signature = sign("sha256", Buffer.concat([device, sha256(client)]), key);
  return {
    id: owner.id,
    rawId: owner.id,
    type: "public-key" as const,
    clientExtensionResults: {},
    response: {
      authenticatorData: device.toString("base64url"),
      clientDataJSON: client.toString("base64url"),
      signature: signature.toString("base64url"),
    },
  };
}

const honest = {
  asked: challenge,
  origin: publicOrigin,
  relyingParty: "jit.example",
  flag: flags.present | flags.verified,
  counter: 8,
  type: "webauthn.get",
  key: owner.privateKey as KeyObject,
};

function proof(answer: ReturnType<typeof answerOf>, passkey: Partial<Passkey> = {}) {
  const known = { id: owner.id, publicKey: owner.publicKey, counter: 7, ...passkey };
  return passkeyProof(answer, { challenge, publicOrigin, passkey: known });
}

function sha256(text: string | Buffer): Buffer {
  return createHash("sha256").update(text).digest();
}

test("the owner, verified by the device, on this site, for this challenge: proven", async () => {
  expect(await proof(answerOf())).toEqual({ counter: 8, backedUp: false });
});

test("a synced key is told from one bound to a device, and may keep its counter at zero", async () => {
  const synced = honest.flag | flags.mayBackUp | flags.backedUp;
  const answer = answerOf({ flag: synced, counter: 0 });
  expect(await proof(answer, { counter: 0 })).toEqual({ counter: 0, backedUp: true });
});

test.each<[string, Partial<typeof honest>]>([
  ["an answer to another challenge, as when it is replayed", { asked: sha256("another statement") }],
  ["no verification by the device", { flag: flags.present }],
  ["nobody present", { flag: flags.verified }],
  ["another site", { origin: "https://jit.example.evil.example" }],
  ["the same host at another port", { origin: "https://jit.example" }],
  ["another relying party", { relyingParty: "evil.example" }],
  ["a counter that stands still", { counter: 7 }],
  ["a counter that went back, as of a copied key", { counter: 3 }],
  ["a registration passed off as an answer", { type: "webauthn.create" }],
  ["another person's key", { key: newPasskey().privateKey }],
])("%s proves nothing", async (_, change) => {
  expect(await proof(answerOf(change))).toBeNull();
});

test("an answer for another passkey, a cut or a senseless one proves nothing", async () => {
  const answer = answerOf();
  expect(await proof(answer, { id: "YW5vdGhlcg" })).toBeNull();
  for (const part of ["authenticatorData", "clientDataJSON", "signature"] as const) {
    for (const bytes of ["", answer.response[part].slice(0, 20), "%%%"]) {
      expect(await proof({ ...answer, response: { ...answer.response, [part]: bytes } })).toBeNull();
    }
  }
});

test("the relying party is the host of the public address, the origin has its port", () => {
  expect(passkeySite(`${publicOrigin}/`)).toEqual({ origin: publicOrigin, relyingParty: "jit.example" });
});

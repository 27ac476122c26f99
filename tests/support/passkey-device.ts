import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import type { PasskeyAsk } from "#app/domain/accounts/passkeys.server.ts";
import { config } from "#app/platform/config.ts";

const flags = { present: 0x01, verified: 0x04, attested: 0x40 };
const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest();
const encoded = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");

/** What a lying client can change in an answer. */
export type Lie = {
  origin?: string;
  relyingParty?: string;
  verified?: boolean;
  counter?: number;
  challenge?: string;
  key?: KeyObject;
};

/** A device with one passkey (ES256), as WebAuthn describes it, and able to lie. */
export function passkeyDevice() {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x, y } = publicKey.export({ format: "jwk" });
  const coordinate = (text: string | undefined) => Buffer.from(text ?? "", "base64url");
  const cose = Buffer.concat([
    Buffer.from("a5010203262001215820", "hex"),
    coordinate(x),
    Buffer.from("225820", "hex"),
    coordinate(y),
  ]);
  const id = randomBytes(16);
  let count = 0;

  const client = (type: string, asked: string, { origin, challenge }: Lie) =>
    Buffer.from(JSON.stringify({ type, challenge: challenge ?? asked, origin: origin ?? config().PUBLIC_ORIGIN }));
  const device = (lie: Lie, flag: number, rest: Uint8Array[] = []) => {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(lie.counter ?? ++count);
    const host = lie.relyingParty ?? new URL(config().PUBLIC_ORIGIN).hostname;
    const bits = (lie.verified === false ? flags.present : flags.present | flags.verified) | flag;
    return Buffer.concat([sha256(host), Buffer.from([bits]), counter, ...rest]);
  };
  const common = { id: encoded(id), rawId: encoded(id), type: "public-key" as const, clientExtensionResults: {} };

  return {
    id: encoded(id),
    make(asked: PasskeyAsk, lie: Lie = {}): RegistrationResponseJSON {
      if (!("creation" in asked)) throw new Error("this asks for an answer, not for a new passkey");
      const data = device(lie, flags.attested, [Buffer.alloc(16), Buffer.from([0, id.length]), id, cose]);
      // CBOR: {"fmt": "none", "attStmt": {}, "authData": bytes}
      const length = Buffer.alloc(2);
      length.writeUInt16BE(data.length);
      const attestation = Buffer.concat([
        Buffer.from("a363666d74646e6f6e656761747453746d74a0686175746844617461", "hex"),
        Buffer.from([0x59]),
        length,
        data,
      ]);
      const clientDataJSON = encoded(client("webauthn.create", asked.creation.challenge, lie));
      return { ...common, response: { clientDataJSON, attestationObject: encoded(attestation) } };
    },
    answer(asked: PasskeyAsk, lie: Lie = {}): AuthenticationResponseJSON {
      if (!("request" in asked)) throw new Error("this asks for a new passkey");
      const data = device(lie, 0);
      const said = client("webauthn.get", asked.request.challenge, lie);
      const signature = sign("sha256", Buffer.concat([data, sha256(said)]), lie.key ?? privateKey);
      return {
        ...common,
        response: { authenticatorData: encoded(data), clientDataJSON: encoded(said), signature: encoded(signature) },
      };
    },
  };
}

import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";
import { now } from "#app/platform/clock.ts";
import { config } from "#app/platform/config.ts";
import { log } from "#app/platform/log.server.ts";
import { parsed } from "./pades-check.ts";

/** A timestamp authority outside: where it answers (RFC 3161, 3.4), and the certificate that stands above its own (DER). */
export type OutsideTimestamps = { url: string; anchor: Uint8Array };

const sha256 = "2.16.840.1.101.3.4.2.1";
/** While somebody waits for a file, and when nobody does. */
const patience = { asked: 4_000, alone: 30_000 };
/** So long nobody asks an authority again that gave no token: every download would wait for it anew. */
const quietMs = 60_000;
const mostBytes = 32 * 1024;
/** Its clock and ours may differ by so much: the certificates that are stamped begin a minute before they are issued. */
const clockSkew = 60_000;

/** No token that can be used; the log says why. Whoever catches it gives the file without a seal. */
export class TimestampsUnavailable extends Error {}

let failed: { url: string; at: Date } | null = null;

/** The next askers are told at once, until the pause is over. */
export function rememberFailure({ url }: OutsideTimestamps): void {
  failed = { url, at: now() };
}

const isQuiet = ({ url }: OutsideTimestamps) => failed?.url === url && now().getTime() - failed.at.getTime() < quietMs;

/** The authority that the operator has set, or null: then nobody outside is asked, and the built-in one states the time. */
export function outsideTimestamps(): OutsideTimestamps | null {
  const { TIMESTAMP_URL: url, TIMESTAMP_CA: path } = config();
  if (!url) return null;
  return { url, anchor: Uint8Array.from(new X509Certificate(readFileSync(path ?? "")).raw) };
}

/**
 * Asks the authority for a token over these 32 bytes, a SHA-256, and looks at it: granted, over these bytes,
 * in answer to this question, and of now. That its signature holds and leads to the anchor is checked with the whole file,
 * before that is kept (pades-check.ts).
 *
 * Throws TimestampsUnavailable, after four seconds at most (thirty when nobody waits), and at once for a minute after a
 * failure. The built-in clock does not step in: the operator has set another one because the own word of the installation
 * is not enough, and a sealed file is made once and kept. Nothing waits for it: the arrangement is in force and its
 * record is given without a seal, which is made later (waiting-seals.server.ts).
 */
export async function outsideToken(
  digest: Uint8Array,
  outside: OutsideTimestamps,
  whoWaits: keyof typeof patience = "asked",
): Promise<Uint8Array> {
  if (isQuiet(outside)) throw new TimestampsUnavailable();
  const nonce = crypto.getRandomValues(new Uint8Array(8));
  nonce[0] = (nonce[0]! & 0x7f) | 0x40;
  try {
    const answer = await send(outside.url, request(digest, nonce), patience[whoWaits]);
    return checked(answer, { digest, nonce });
  } catch (error) {
    log().error({ err: error }, "the timestamp authority gave no token that can be used");
    rememberFailure(outside);
    throw new TimestampsUnavailable();
  }
}

function request(digest: Uint8Array, nonce: Uint8Array): ArrayBuffer {
  const asked = new pkijs.TimeStampReq({
    version: 1,
    messageImprint: new pkijs.MessageImprint({
      hashAlgorithm: new pkijs.AlgorithmIdentifier({
        algorithmId: sha256,
        algorithmParams: new asn1js.Null(),
      }),
      hashedMessage: new asn1js.OctetString({ valueHex: Uint8Array.from(digest).buffer }),
    }),
    nonce: new asn1js.Integer({ valueHex: Uint8Array.from(nonce).buffer }),
    certReq: true,
  });
  return asked.toSchema().toBER(false);
}

async function send(url: string, body: ArrayBuffer, withinMs: number): Promise<Uint8Array> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/timestamp-query" },
    body,
    redirect: "error",
    signal: AbortSignal.timeout(withinMs),
  });
  if (!response.ok) throw new Error(`it answered ${response.status}`);
  const reader = response.body?.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let read = await reader?.read(); read?.value; read = await reader?.read()) {
    length += read.value.length;
    if (length > mostBytes) {
      await reader?.cancel();
      throw new Error("its answer is too long");
    }
    parts.push(read.value);
  }
  return Uint8Array.from(Buffer.concat(parts));
}

function checked(answer: Uint8Array, { digest, nonce }: { digest: Uint8Array; nonce: Uint8Array }): Uint8Array {
  const { status, timeStampToken } = pkijs.TimeStampResp.fromBER(Uint8Array.from(answer).buffer);
  // 0 granted, 1 granted with changes; everything else is a refusal (RFC 3161, 2.4.2).
  if (status.status > 1 || !timeStampToken) throw new Error(`it refused, status ${status.status}`);
  const token = new Uint8Array(timeStampToken.toSchema().toBER(false));
  const signed = parsed(token);
  if (!signed) throw new Error("its answer holds no token");
  const content = signed.encapContentInfo.eContent?.getValue();
  const info = pkijs.TSTInfo.fromBER(content ?? new ArrayBuffer(0));
  const { hashAlgorithm, hashedMessage } = info.messageImprint;
  const same = Buffer.from(hashedMessage.valueBlock.valueHexView).equals(Buffer.from(digest));
  if (hashAlgorithm.algorithmId !== sha256 || !same) throw new Error("its token is over other bytes");
  const echoed = info.nonce && Buffer.from(info.nonce.valueBlock.valueHexView).equals(Buffer.from(nonce));
  if (!echoed) throw new Error("its token answers another question");
  if (Math.abs(info.genTime.getTime() - now().getTime()) > clockSkew) throw new Error("its clock is wrong");
  return token;
}

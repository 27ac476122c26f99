import * as asn1js from "asn1js";
import type * as pkijs from "pkijs";
import { certificateFrom, isAuthority } from "./anchors.ts";

/** Who signed, the certificates that came with the signature, and when it is looked at. */
type Leaf = { signer: pkijs.Certificate; others: pkijs.Certificate[]; at: Date };
const longestPath = 5;

/** From the signer up to the anchor, without the anchor itself; null when no path holds at `at` (RFC 5280 6.1). */
export async function pathTo(
  anchor: { der: Uint8Array },
  { signer, others, at }: Leaf,
): Promise<pkijs.Certificate[] | null> {
  const root = certificateFrom(anchor.der);
  if (!root || !isValidAt(root, at)) return null;
  const authorities = others.filter((one) => isAuthority(one) && isValidAt(one, at) && understood(one));
  const climb = async (path: pkijs.Certificate[]): Promise<pkijs.Certificate[] | null> => {
    const last = path.at(-1)!;
    const below = path.length - 1;
    if (mayIssue(root, below) && (await isIssuedBy(last, root))) return path;
    if (path.length >= longestPath) return null;
    for (const next of authorities) {
      if (path.includes(next) || !mayIssue(next, below) || !(await isIssuedBy(last, next))) continue;
      const found = await climb([...path, next]);
      if (found) return found;
    }
    return null;
  };
  return understood(signer) && !isSame(signer, root) ? climb([signer]) : null;
}

const isValidAt = ({ notBefore, notAfter }: pkijs.Certificate, at: Date) =>
  notBefore.value <= at && notAfter.value >= at;
const isSame = (one: pkijs.Certificate, other: pkijs.Certificate) =>
  one.serialNumber.isEqual(other.serialNumber) && one.issuer.isEqual(other.issuer);

/** How many authorities may stand below this one: its path length, where it says one. */
function mayIssue(authority: pkijs.Certificate, below: number): boolean {
  const limits = authority.extensions?.find(({ extnID }) => extnID === "2.5.29.19")?.parsedValue;
  const most = (limits as pkijs.BasicConstraints | undefined)?.pathLenConstraint;
  return most === undefined || below <= Number(most instanceof asn1js.Integer ? most.valueBlock.valueDec : most);
}

async function isIssuedBy(one: pkijs.Certificate, authority: pkijs.Certificate): Promise<boolean> {
  if (!one.issuer.isEqual(authority.subject)) return false;
  try {
    return await one.verify(authority);
  } catch {
    return false;
  }
}

/** Constraints, usages, policies: what is critical and not among them is not understood, and then the answer is no. */
const known = new Set(["2.5.29.19", "2.5.29.15", "2.5.29.37", "2.5.29.32", "2.5.29.14", "2.5.29.35"]);
const understood = ({ extensions = [] }: pkijs.Certificate) =>
  extensions.every(({ critical, extnID }) => !critical || known.has(extnID));

/** Purposes of a certificate with which documents are signed; one that names none may be used for all. */
const purposes = new Set([
  "1.3.6.1.5.5.7.3.36",
  "1.3.6.1.5.5.7.3.4",
  "1.2.840.113583.1.1.5",
  "1.3.6.1.4.1.311.10.3.12",
  "2.5.29.37.0",
]);

export function isForDocuments({ extensions = [] }: pkijs.Certificate): boolean {
  const named = extensions.find(({ extnID }) => extnID === "2.5.29.37")?.parsedValue as pkijs.ExtKeyUsage | undefined;
  return !named || named.keyPurposes.some((one) => purposes.has(one));
}

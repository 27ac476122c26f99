import type { Level } from "../accounts/levels.ts";
import { findAnnexKind } from "../templates/annex.ts";

/** What a note on a change speaks of; States and days in words. */
type Told = { annex: string; day: string; by: string; state: string; authority: string };

/** The words that the product itself puts on paper. English now; another language is another object of this shape. */
export const english = {
  exercise: "EXERCISE",
  exerciseNote: "Exercise – persons, cases and numbers are invented",
  kinds: { agreement: "AGREEMENT", arrangement: "ARRANGEMENT", memorandum: "MEMORANDUM" } as Record<string, string>,
  annex: (annex: string) => `ANNEX ${annex}: ${findAnnexKind(annex)?.name ?? ""}`,
  annexSubject: "to the arrangement of the joint investigation team",
  annexSigned: "An annex has no signatures of its own: what is signed names its number, its version and its digest.",
  annexes: "Annexes",
  annexOf: (annex: string, version: string, digest: string) => `${annex}, version ${version}, ${digest}`,
  annexesNamed:
    "The annexes below belong to the text that is signed: it names their numbers, versions and digests. The exact text " +
    "of each stands in this file as an attachment under its number.",
  annexWithheld:
    "The words of this annex are not printed here, because not every party lets its operational plan be disclosed. " +
    "They have a paper of their own, under the digest above.",
  subject: "setting up the joint investigation team",
  between: "between",
  basis: "on the basis of article 19 of the United Nations Convention against Transnational Organized Crime",
  parties: "Parties",
  contents: "Contents",
  state: "State",
  authority: "Competent authority",
  nationalCase: "National case",
  page: ["page ", " of "] as [string, string],
  version: (version: string) => `version ${version}`,
  closedOn: (day: string) => `Text closed on ${day}`,
  record: {
    reference: "Reference",
    version: "Version",
    frozen: "Text closed",
    languages: "Languages",
    digest: "Digest (SHA-256)",
    force: "In force",
    lookUp: "Look it up",
  },
  code: (address: string) => `QR code for ${address}`,
  lookUp:
    "The code leads there: what this installation has recorded for the digest, without an account and without the text.",
  forceFrom: (from: string) => `from ${from}`,
  force: (from: string, to: string, zone: string) => `from ${from} to ${to} (end of that day in ${zone})`,
  notInForce: "not yet: it enters into force as its clauses say",
  attached: "The exact text over which the digest is taken stands in this file as the attachment arrangement.json.",
  signatures: "Signature page",
  signedText: (digest: string) => `The signatures below are given to the text with the digest ${digest}.`,
  attestation:
    "“Signed in this workspace” means: the person was signed in, proved to be there and declared to sign. A passkey is the " +
    "higher level of proof, password and one-time code the lower. The workspace recorded this and attests it with its own " +
    "key. It is not a signature made with a key of the person. “Signed outside” means: the signature was made with the " +
    "tool of a State under its own certificate and was checked here; it stands in the file that is named, attached to " +
    "this one, and not in this page. “Signed in ink” means: the party holds the paper, and the scan is in the record.",
  for: "For",
  name: "Name",
  capacity: "Capacity",
  signature: "Signature",
  placeAndDate: "Place and date",
  signed: "Signed in this workspace",
  levels: {
    passkey: "proved by a passkey (higher level)",
    code: "proved by password and one-time code (lower level)",
    recovery: "proved by a recovery code (lower level)",
    password: "proved by the password alone (lowest level)",
  } as Record<Level, string>,
  signedOutside: "Signed outside, with a national certificate",
  inAttachment: (name: string) => `in the attached file ${name}`,
  signedInInk: (day: string) => [`Signed in ink on ${day}`, "Scan confirmed by another party"],
  slotRoles: { visa: "Legal visa", countersignatory: "Countersignature", copy: "Copy" } as Record<string, string>,
  insteadOf: (name: string) => `in place of ${name}`,
  mandate: (reference: string) => `by mandate ${reference}`,
  recordOf: (id: string) => `Record ${id}`,
  waiting: "Not yet signed",
  information: {
    mark: "FOR INFORMATION",
    head: "for information, not signed",
    version: (version: string) => `version ${version} as changed`,
    title: "For information – nobody has signed this text",
    note: (at: string, version: string) =>
      `This paper shows the arrangement as the annexes that have effect on ${at} change it, put together for reading. ` +
      `What binds are the signed texts themselves: version ${version} with the digest on the next page, and the annexes ` +
      "listed at the end.",
    digest: "Digest of the signed text",
    source:
      "The signed text itself, over which the digest is taken, is the arrangement. It is not attached to this file.",
    changes: "What was signed to change it",
    beyond: "Not tied to a clause of the text",
    none: "Nothing that has effect was signed to change the arrangement.",
    columns: ["Annex", "Has effect from", "Digest"],
    old: (text: string) => `Old words: ${text}`,
    new: (text: string) => `New words: ${text}`,
    notes: {
      amended: ({ annex, day }: Told) => `Changed by annex ${annex}, with effect from ${day}.`,
      amendedBeside: ({ annex, day }: Told) =>
        `Annex ${annex} changes this with effect from ${day}. The old words were not found here in one piece; read the annex.`,
      extended: ({ annex, day, by }: Told) =>
        `Extended by annex ${annex}, signed by all on ${day} (length ${by}). The last day in the text above is the one before.`,
      acceded: ({ annex, day, state, authority }: Told) =>
        `${state}, represented by ${authority}, became a party by annex ${annex}, with effect from ${day}.`,
      withdrew: ({ annex, day, state }: Told) => `${state} withdrew by annex ${annex}, with effect from ${day}.`,
      ended: ({ annex, day }: Told) => `Ended early by annex ${annex}, with effect from ${day}.`,
      suspended: ({ annex, day }: Told) => `Suspended by annex ${annex}, with effect from ${day}.`,
      resumed: ({ annex, day }: Told) => `Resumed by annex ${annex}, with effect from ${day}.`,
    },
  },
  copy: {
    mark: "WORKING COPY",
    head: "working copy, not the signed text",
    title: "Working copy – not the signed text",
    open: (version: string, at: string) =>
      `This file shows version ${version} as it stood on ${at}, while it was still being written. What is changed in ` +
      "this file changes nothing in the workspace until someone reads it in there.",
    closed: (version: string, at: string, digest: string) =>
      `The text of version ${version} was closed on ${at}. What the parties sign is that text, with the digest ` +
      `${digest}, and not this file. It can be checked only with the record that the workspace exports.`,
    withdrawn: (version: string) => `The parties have withdrawn version ${version}. This file shows its last words.`,
    fields: "Grey words are values of the arrangement. They are changed in the workspace, beside the text.",
  },
};

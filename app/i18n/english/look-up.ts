import { introduce } from "../i18n.ts";

/** Words of the page behind the code on paper: what is recorded for a digest. */
export const lookUp = {
  title: "Record of a document",
  lead: "What this installation has recorded for the digest on the paper. It holds no names and nothing of the text.",
  digest: "Digest, SHA-256",
  digestHint: "Compare it with the paper: its first 16 digits stand at the foot of every page.",
  version: "Version",
  frozen: "Text closed",
  replaced: "Replaced",
  force: "In force since",
  lastDay: "Last day",
  lastDayValue: "{{day}}, to its end in {{zone}}",
  slots: "Signatures",
  slotsValue: "{{signed}} of {{all}} made",
  noSlots: "The text is not open for signature yet.",
  states: {
    finalised: "The text is closed. It is not open for signature yet.",
    signing: "The text is open for signature. It is not in force.",
    in_force: "The text is signed and in force.",
    suspended: "The text is signed and in force. The work under it is suspended.",
    terminated: "The text was in force. It ended before its last day.",
    expired: "The text was in force. Its last day has passed.",
    closing: "The text was in force. The team is closing.",
    archived: "The text was in force. The team is closed and archived.",
    replaced: "This text does not hold any more: the parties went back to it after it was closed.",
  },
  exercise: "Exercise. Persons, cases and numbers are invented.",
  unknown: {
    title: "Nothing is recorded here for this digest",
    why: "This installation has not closed a text with it. Either the address was not read whole, or the paper is not from here. Scan the code again, or compare the digest with the paper.",
  },
  refused: "The record cannot be shown now",
  check: "Is the paper unaltered?",
  weight:
    "This page says what was recorded, not that the paper in your hand is unaltered. To check that, compute the SHA-256 of the file arrangement.json attached to the PDF and compare it with the digest.",
} as const;

introduce({ lookUp });

import { introduce } from "../i18n.ts";

/** Parties say yes to clauses and to the whole text. */
export const agreeing = {
  all_one: "Agreed by the one party.",
  all_other: "Agreed by all {{count}} parties.",
  some_one: "Agreed by {{count}} of {{all}}.",
  some_other: "Agreed by {{count}} of {{all}}.",
  none: "Agreed by no party yet.",
  missing: "Not yet: {{states}}.",
  cleared_one: "An edit cleared the agreement of {{states}}.",
  cleared_other: "An edit cleared the agreements of {{states}}.",
  agreed: "Agreed",
  clearedOne: "Cleared by an edit",
  notYet: "Not yet",
  takenBack: "Taken back",
  counted: "{{agreed}} of {{all}} agreed",
  clause: {
    title: "Agreement to this clause",
    agree: "Agree to clause {{number}}",
    takeBack: "Take back",
    notConnected: "Possible when the connection is back.",
    editClears: "Any edit of this clause clears these agreements.",
  },
  text: {
    title: "The whole text",
    agree: "Agree to the whole text…",
    see: "See who agrees",
  },
  page: {
    title: "Agree to the whole text",
    lead: "Version {{version}} can be finalised when every party has agreed to the very same words. They are named by their digest.",
    digest: "Digest of the text as it stands now",
    digestHint: "Any edit, of a word or a value, gives another digest and clears the agreements.",
    stands: "Parties",
    standsTable: "Agreement of each party",
    party: "Party",
    status: "Agreement",
    person: "Given by",
    nobody: "Nobody there can agree yet. The party names a leader or lead negotiator.",
    consequence:
      "You agree for {{state}}, to these words and values and no others. It does not bind your State: that is what the signature is for. You can take it back until the text is finalised.",
    agree: "Agree for {{state}}",
    agreeing: "Agreeing…",
    takeBack: "Take back the agreement of {{state}}",
    takingBack: "Taking back…",
    notYours: "The leader or the lead negotiator of your party agrees for it.",
    noParty: "You act for no party, so you can read this only.",
    history: "Earlier agreements to the whole text",
    historyTable: "Agreements given and taken back, newest first",
    historyVersion: "Version",
    historyDigest: "Digest",
    historyWhat: "What",
    when: "When",
  },
} as const;

introduce({ agreeing });

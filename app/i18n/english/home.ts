import { introduce } from "../i18n.ts";

/** What needs the reader, across all teams. */
export const home = {
  title: "What needs you",
  sub: {
    nothing: "Nothing is waiting for you.",
    todo_one: "{{count}} thing to do.",
    todo_other: "{{count}} things to do.",
    both: "{{todo}}, and {{waiting}} you are waiting for.",
    todoPart_one: "{{count}} thing to do",
    todoPart_other: "{{count}} things to do",
    todoPart_zero: "Nothing to do",
  },
  date: "Date",
  time: "Time",
  clock: "{{local}} {{place}} · {{utc}} UTC",
  clockUtc: "{{utc}} UTC",
  todo: "To do",
  waiting: "Waiting for others",
  noDate: "No date",
  dueIn: "in {{count}} days",
  since: "since {{day}}",
  nothing: {
    lead: "Nothing is waiting for you.",
    why: "When a team needs your signature, your answer or your text, it stands here.",
    act: "See your teams",
  },
  noTeam: {
    lead: "You are not in a team yet.",
    why: "The leader of a party invites you with a link. A national coordinator can found a team.",
    found: "Found a team",
  },
  dates: "Next dates",
  noDates: "No team of yours has an end date yet.",
  ends: "The team ends",
  teams: "Your teams",
  allTeams: "All teams",
  you: "You: {{roles}}",
  endsIn_one: "Ends in {{count}} day",
  endsIn_other: "Ends in {{count}} days",
  endsIn_zero: "Ends today",
  need: {
    sign: { what: "Your signature of the arrangement is asked for.", act: "Read and sign" },
    checkPaper: {
      what: "{{state}} handed in a paper signed in ink. An officer of another party compares it with the text.",
      act: "Look at the paper",
    },
    overdue: { what: "{{state}}: a signature is late.", act: "See the signatures" },
    confirmClosure: { what: "Another party asks to close the team. It needs your answer.", act: "Read the request" },
    proposeClosure: { what: "The period has run out. The team can be closed.", act: "Close the team" },
    ending: {
      what: "The team ends. After that instant nothing it collects is covered.",
      act: "See the overview",
    },
    addParties: { what: "The team has one party. Add the State you work with.", act: "Add a party" },
    start: { what: "The arrangement is not started.", act: "Start the arrangement" },
    openForNegotiation: {
      what: "The arrangement is a draft. Open it for negotiation when the parties are in.",
      act: "Open the arrangement",
    },
    agree: {
      what: "Another party has agreed to the whole text. Your party has not yet.",
      act: "Read who agrees",
    },
    finalise: {
      what: "The text is in negotiation. You can finalise it when the parties agree.",
      act: "Open the arrangement",
    },
    openSigning: {
      what: "The text is finalised. Name the signatories and open it for signature.",
      act: "Open for signature",
    },
    inviteDrafter: { what: "{{state}} has nobody who may write in the text.", act: "Invite a member" },
    inviteSignatory: { what: "{{state}} has no signatory yet.", act: "Invite a signatory" },
    inviteAgain: { what: "The link for {{email}} has run out without being used.", act: "Invite again" },
  },
  reminder: "Reminder {{number}} of {{all}}: sign by the day beside it.",
  told: {
    title: "What happened to signatures",
    declined: "{{name}} declined to sign for {{state}}. All signatures are void and stay in the record.",
    reopened: "The parties went back to the text. All signatures are void and stay in the record.",
    withdrawn: "{{name}} took back the signature for {{state}}. The other signatures stay.",
    paperRefused: "{{name}} refused the paper of {{state}}. Another can be handed in.",
    copy: "The arrangement is in force, and your copy is there.",
    reason: "Reason:",
  },
  wait: {
    signature: "{{state}}: signature of the arrangement",
    invitation: "{{email}}: answer to your invitation",
    closure: "Another party: answer to your request to close the team",
  },
  waitMeta: {
    due: "to be made by {{day}}",
    signature: "asked on {{day}}",
    invitation: "the link works until {{day}}",
    closure: "asked on {{day}}",
  },
  open: "Open",
} as const;

introduce({ home });

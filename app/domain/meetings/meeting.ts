/** How somebody took part: not known yet, in the room, by video or telephone, excused, or neither there nor excused. */
export const attendances = ["in_person", "online", "apologies", "absent"] as const;
export type Attendance = (typeof attendances)[number];

/** What is said of a meeting in one edition, as it was written. */
export type MeetingValues = {
  title: string;
  /** where it is held; empty: by the link alone */
  place: string;
  /** address of a video conference; empty: none */
  link: string;
  /** day and time on the clock of the zone, `2026-12-03T14:30` */
  start: string;
  end: string;
  timeZone: string;
  /** its items in their order */
  agenda: string[];
  /** ids of members */
  invited: string[];
  /** by the id of the member; who is not named here: nothing is known */
  attendance: Record<string, Attendance>;
  /** interpreters, experts and others who were there and are not of the team */
  guests: string;
  /** why it was called off; empty: it was not */
  calledOff: string;
};
export type MeetingField = keyof MeetingValues;

/** "M-01" */
export const meetingReference = (number: number) => `M-${String(number).padStart(2, "0")}`;

/** The number in a reference such as `M-03`; null for anything else. */
export function meetingNumber(reference: string): number | null {
  const digits = /^M-(\d{2,4})$/.exec(reference)?.[1];
  return digits ? Number(digits) : null;
}

/** A coming one, one that has begun or is over, one that does not take place. */
export type MeetingState = "coming" | "held" | "calledOff";

/** Instants as ISO 8601. */
export function stateOfMeeting(
  { startsAt, calledOff }: { startsAt: string; calledOff: string },
  at: Date,
): MeetingState {
  if (calledOff !== "") return "calledOff";
  return new Date(startsAt) > at ? "coming" : "held";
}

const inOrderOfPage = [
  ...(["calledOff", "title", "start", "end", "timeZone", "place", "link"] as const),
  ...(["agenda", "invited", "attendance", "guests"] as const),
] satisfies MeetingField[];

/** The fields in which two editions differ, in the order in which a page shows them. */
export function fieldsChanged(before: MeetingValues, after: MeetingValues): MeetingField[] {
  return inOrderOfPage.filter((field) => !isSame(before[field], after[field]));
}

/** Same value, whatever the order in which attendance was ticked. */
export function isSame(one: MeetingValues[MeetingField], other: MeetingValues[MeetingField]): boolean {
  return inOrder(one) === inOrder(other);
}

function inOrder(value: MeetingValues[MeetingField]): string {
  if (typeof value === "string" || Array.isArray(value)) return JSON.stringify(value);
  return JSON.stringify(Object.entries(value).sort(([a], [b]) => a.localeCompare(b)));
}

export type MinutesStanding = { document: string; state: "draft" | "finalised"; version: number };

/** One line of the list. */
export type MeetingLine = {
  id: string;
  number: number;
  title: string;
  place: string;
  link: string;
  start: string;
  end: string;
  timeZone: string;
  startsAt: string;
  endsAt: string;
  calledOff: string;
  invited: number;
  present: number;
  minutes: MinutesStanding | null;
};

/** A member whom the meeting names, today or in an earlier edition. */
export type MeetingPerson = { id: string; name: string; latinName: string; state: string | null };

/** One edition as its history tells it. */
export type Edition = { edition: number; at: string; by: string; values: MeetingValues };

export type Meeting = Omit<MeetingLine, "invited" | "present"> & {
  edition: number;
  values: MeetingValues;
  people: MeetingPerson[];
  /** the newest first */
  editions: Edition[];
  decisions: { number: number; topic: string }[];
  /** as far as the reader may see them */
  tasks: { number: number; title: string }[];
};

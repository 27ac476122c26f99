import type pg from "pg";
import { findAgreement, type Slot } from "#app/domain/documents/document.server.ts";
import { finaliseDocument } from "#app/domain/documents/freezing.server.ts";
import { openSigning } from "#app/domain/signing/opening.server.ts";
import { confirmPaper } from "#app/domain/signing/paper-check.server.ts";
import { handInPaper } from "#app/domain/signing/papers.server.ts";
import { passwordAlone, signDocument } from "#app/domain/signing/signing.server.ts";
import type { Method, SlotPlan } from "#app/domain/signing/slots.ts";
import { agreeForAll } from "./agreeing.ts";
import { completeText, setFields } from "./complete-text.ts";
import { negotiate } from "./negotiation.ts";
import { type Colleague, foundTeam, memberOf } from "./team.ts";

/** People of a team of Kazakhstan and Egypt who can take a slot, and an officer of each who looks at papers. */
export const seats = {
  visa: "kz",
  counter: "kz",
  first: "kz",
  spare: "kz",
  other: "eg",
  spareThere: "eg",
  officer: "kz",
  officerThere: "eg",
} as const;
export type Seat = keyof typeof seats;
export type Person = Seat | "reader" | "founder";

const either: Method[] = ["workspace", "ink"];

/** Kazakhstan: a visa, a countersignatory, a signatory and a copy; Egypt: a signatory. Each in the workspace or in ink. */
export async function teamWithSlots(
  owner: pg.Pool,
  { fields = {}, slots = standard }: { fields?: Record<string, unknown>; slots?: (of: Ids) => SlotPlan[] } = {},
) {
  const team = await foundTeam(owner);
  const people = { founder: team.founder, reader: await team.bring("kz", ["member"]) } as Record<Person, Colleague>;
  for (const seat of Object.keys(seats) as Seat[]) {
    people[seat] = await team.bring(seats[seat], [seat.startsWith("officer") ? "lead_negotiator" : "signatory"]);
  }
  const step = await negotiate(team);
  await completeText({ ...team, ...step });
  await setFields(step, team.founder, { signatureMeans: "mixed", ...fields });
  await agreeForAll(step);
  const { digest } = await finaliseDocument(team.founder, step);
  const members = {} as Ids;
  for (const [name, person] of Object.entries(people)) {
    members[name as Person] = await memberOf(owner, team.jit, person);
  }
  await openSigning(team.founder, { ...step, slots: slots(members) });
  return { ...team, step, digest, people, members };
}

export type Ids = Record<Person, string>;
export type SlotTeam = Awaited<ReturnType<typeof teamWithSlots>>;

export function standard(of: Ids): SlotPlan[] {
  return [
    { member: of.first, role: "signatory", methods: either },
    { member: of.visa, role: "visa", methods: either },
    { member: of.other, role: "signatory", methods: either },
    { member: of.counter, role: "countersignatory", methods: either },
    { member: of.reader, role: "copy", methods: [] },
  ];
}

export async function slotsOf({ founder, jit }: SlotTeam): Promise<Slot[]> {
  return (await findAgreement(founder, jit))?.frozen?.slots ?? [];
}

/** The slot that the person holds; "" when there is none. */
export async function slotOf(team: SlotTeam, who: Person): Promise<string> {
  return (await slotsOf(team)).find(({ personId }) => personId === team.people[who].personId)?.id ?? "";
}

export async function sign(team: SlotTeam, who: Person, slot?: string) {
  const words = { capacity: "Prosecutor", place: "Almaty", meaning: "I sign." };
  const input = { ...team.step, slot: slot ?? (await slotOf(team, who)), digest: team.digest, ...words };
  return signDocument(team.people[who], input, passwordAlone());
}

/** Hands the paper of a slot in. `by`: whoever does it. */
export async function handIn(team: SlotTeam, by: Person, slot: string, bytes: Uint8Array = pdfOf(2)) {
  const paper = { signatory: "هشام فؤاد", capacity: "Prosecutor", place: "Cairo", signedOn: "2024-11-20" };
  return handInPaper(team.people[by], { ...team.step, slot, digest: team.digest, ...paper }, bytes);
}

/** Confirms as an officer should; `change` says what the officer gets wrong. */
export async function confirm(
  team: SlotTeam,
  by: Person,
  slot: string,
  change: Partial<Parameters<typeof confirmPaper>[1]> = {},
) {
  const kept = (await slotsOf(team)).find(({ id }) => id === slot)?.paper;
  const own = team.parties[seats[by as Seat] ?? "kz"];
  const seen = {
    ...team.step,
    slot,
    party: own,
    sha256: kept?.sha256 ?? "0".repeat(64),
    shortDigest: team.digest.slice(0, 16),
    pages: kept?.pages ?? 1,
    ...change,
  };
  return confirmPaper(team.people[by], seen, passwordAlone());
}

/** A PDF of so many empty pages, with what a scanner would write around them. */
export function pdfOf(pages: number, note = ""): Uint8Array {
  const kids = Array.from({ length: pages }, (_, index) => `${index + 3} 0 R`).join(" ");
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Kids [${kids}] /Count ${pages} >>`,
    ...Array.from({ length: pages }, () => "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"),
  ];
  let text = `%PDF-1.4\n%${note}\n`;
  const places = objects.map((body, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return at;
  });
  const table = places.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  const size = objects.length + 1;
  text += `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return new TextEncoder().encode(text);
}

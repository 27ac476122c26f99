import type { Fields } from "../documents/field-text.ts";

/** What somebody does in a slot. A copy is only received: nobody waits for it. */
export const slotRoles = ["visa", "countersignatory", "signatory", "copy"] as const;
export type SlotRole = (typeof slotRoles)[number];

/** Ways to sign that clause C24 can allow. `builtMethods`: those that this product has. */
export const methods = ["workspace", "ink", "national_qualified"] as const;
export type Method = (typeof methods)[number];
export const builtMethods: readonly Method[] = ["workspace", "ink", "national_qualified"];

/**
 * - `waiting`: for the signatory, or for those of the own party who come before
 * - `checking`: a paper was handed in, and an officer of another party has not looked at it yet
 * - `copy`: nothing is asked of it
 */
export type SlotState = "waiting" | "checking" | "signed" | "declined" | "void" | "copy";

/** Who takes a slot, in which way and until when. `due`: last day, "2026-12-18", in the reference zone of the text. */
export type SlotPlan = { member: string; role: SlotRole; methods: Method[]; due?: string };

/** The plain case: each of the members signs in the workspace as the signatory of the own party. */
export function signatoriesOnly(members: readonly string[]): SlotPlan[] {
  return members.map((member) => ({ member, role: "signatory", methods: ["workspace"] }));
}

/** Ways that clause C24 of the frozen text allows. A text that does not say it is silent on the way, and each may be chosen. */
export function allowedMethods({ signatureMeans }: Fields): readonly Method[] {
  if (signatureMeans === "in_app_digital") return ["workspace"];
  if (signatureMeans === "wet_ink_scanned") return ["ink"];
  if (signatureMeans === "national_qualified") return ["national_qualified"];
  return methods;
}

type Placed = { partyId: string; role: SlotRole; state: SlotState };

/** Whether the slot counts: copies are received, not signed. */
export function isNeeded({ role }: Pick<Placed, "role">): boolean {
  return role !== "copy";
}

/**
 * Slots of the same party that must be signed first: all visas, then all countersignatories, then the signatories.
 * Those of one role may sign in any order, and no party waits for another.
 */
export function slotsBefore<One extends Placed>(slot: Placed, all: readonly One[]): One[] {
  const rank = slotRoles.indexOf(slot.role);
  return all.filter(
    (one) =>
      one.partyId === slot.partyId && isNeeded(one) && slotRoles.indexOf(one.role) < rank && one.state !== "signed",
  );
}

/** All that count are signed. A text without any is signed by nobody. */
export function isComplete(all: readonly Pick<Placed, "role" | "state">[]): boolean {
  const needed = all.filter(isNeeded);
  return needed.length > 0 && needed.every(({ state }) => state === "signed");
}

/** In the order in which a party signs; what is equal stays as it was. */
export function inSigningOrder<One extends { role: SlotRole }>(all: readonly One[]): One[] {
  return [...all].sort((a, b) => slotRoles.indexOf(a.role) - slotRoles.indexOf(b.role));
}

/** Days before the deadline on which a signatory is reminded: three times, and never again. */
export const reminderDays = [7, 3, 1] as const;
const day = 24 * 3_600_000;

/** How many of the reminders have gone out by `at`; 0 without a deadline. */
export function remindersBy(dueAt: Date | null, at: Date): number {
  if (!dueAt) return 0;
  return reminderDays.filter((days) => at.getTime() >= dueAt.getTime() - days * day).length;
}

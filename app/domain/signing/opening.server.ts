import { z } from "zod";
import { now } from "#app/platform/clock.ts";
import { queryOf, type Transaction } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import { findAccesses } from "../access.server.ts";
import { can } from "../access.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import type { Content } from "../documents/content.ts";
import { holdDocument } from "../documents/document.server.ts";
import { move } from "../documents/freezing.server.ts";
import { Conflict, Invalid } from "../errors.ts";
import { boundOrJoiningBy } from "../jits/bound.ts";
import { Day, heldAt, instantsOf } from "../jits/validity.ts";
import { concernsAlone } from "../lifecycle/concerned.ts";
import { joiningState, Newcomer, seatNewcomer } from "../lifecycle/joining.server.ts";
import { refuseWhileBlocked } from "./slot.server.ts";
import {
  allowedMethods,
  builtMethods,
  inSigningOrder,
  type Method,
  methods,
  type SlotPlan,
  slotRoles,
} from "./slots.ts";

const Slot = z.object({
  member: z.string(),
  role: z.enum(slotRoles, "wrong-kind"),
  methods: z.array(z.enum(methods, "wrong-kind")).max(methods.length),
  due: Day.optional(),
});

export const OpenSigning = z.object({
  jit: z.string(),
  document: z.string(),
  slots: z.array(Slot).min(1, "required").max(100, "too-long"),
  /** of an accession: who signs for the State that joins, and how */
  newcomer: Newcomer.extend({ methods: Slot.shape.methods, due: Slot.shape.due }).optional(),
});

/**
 * T07: names who signs for each party, in which order and way and until when, and opens the frozen text for signature.
 * Throws Conflict: "signatory-unknown", "signatory-twice", "signatory-missing", "method-not-agreed", "copy-unreadable",
 * "findings-block-signature"; Invalid for a deadline that has passed.
 */
export function openSigning(actor: Actor, input: z.infer<typeof OpenSigning>) {
  return change(actor, "signing.open", { jit: input.jit, document: input.document }, async (tx) => {
    const document = await holdDocument(tx, input.jit, input.document);
    const frozen = await currentFrozen(tx, document.id);
    const { fields } = JSON.parse(frozen.canonical) as Content;
    const seated = await newcomerSlot(tx, document, fields, input.newcomer);
    const all: SlotPlan[] = seated ? [...input.slots, seated] : input.slots;
    const members = await membersFor(tx, document, all);
    refuseOtherMethods(all, allowedMethods(fields));
    await refuseWhileBlocked(tx, document, frozen);
    await refuseWithoutSignatory(tx, { ...document, alone: concernsAlone(document.annex, fields) }, all, members);
    const zone = zoneOf(fields);
    const rows = inSigningOrder(all).map((slot, position) => ({
      id: newId(),
      jitId: input.jit,
      frozenTextId: frozen.id,
      partyId: members.get(slot.member) ?? "",
      memberId: slot.member,
      role: slot.role,
      position,
      methods: slot.role === "copy" ? [] : [...slot.methods],
      dueAt: dueInstant(slot, zone),
      timeZone: zone,
      state: slot.role === "copy" ? "copy" : "waiting",
    }));
    await tx.signatureSlot.createMany({ data: rows });
    await move(tx, document, "signing.open");
    const slots = rows.map(({ id, role, methods, dueAt }) => ({
      id,
      role,
      methods,
      due: dueAt?.toISOString() ?? null,
    }));
    return {
      result: undefined,
      facts: { document: document.id, digest: frozen.digest, signatories: rows.map(({ memberId }) => memberId), slots },
    };
  });
}

/** V50: an accession is signed by the newcomer too, who gets a place for this alone. */
async function newcomerSlot(
  tx: Transaction,
  { id: document, jitId: jit, annex }: { id: string; jitId: string; annex: string | null },
  fields: Content["fields"],
  newcomer: z.infer<typeof OpenSigning>["newcomer"],
): Promise<SlotPlan | null> {
  const state = joiningState(annex, fields);
  if (state === null) return null;
  if (!newcomer) throw new Invalid({ newcomer: "required" });
  const nationalCase = String(fields.accedingCase ?? "");
  const { member } = await seatNewcomer(tx, { jit, document, state, nationalCase }, newcomer);
  return { member, role: "signatory", methods: newcomer.methods, due: newcomer.due };
}

/** Zone in which days of the text are days. */
function zoneOf(fields: Content["fields"]): string {
  return typeof fields.referenceTimeZone === "string" ? fields.referenceTimeZone : "UTC";
}

/** The first instant after the day. Throws Invalid for one that has passed. */
function dueInstant({ due, member }: SlotPlan, zone: string): Date | null {
  if (!due) return null;
  const field = () => `due.m${member}`;
  return instantsOf({ until: due }, { zone, now: now(), latest: null, field }).validTo;
}

function refuseOtherMethods(slots: readonly SlotPlan[], allowed: readonly string[]): void {
  const signed = slots.filter(({ role }) => role !== "copy");
  const possible = signed.every(
    (slot) =>
      slot.methods.every((method) => allowed.includes(method)) &&
      slot.methods.some((method) => builtMethods.includes(method)),
  );
  if (!possible) throw new Conflict("method-not-agreed");
}

/**
 * Party of each member who takes a slot. Who signs holds the role of signatory for a party today; who receives a copy
 * belongs to a party and may read the text.
 */
async function membersFor(
  tx: Transaction,
  { id: document, jitId: jit }: { id: string; jitId: string },
  slots: readonly SlotPlan[],
): Promise<Map<string, string>> {
  const ids = slots.map(({ member }) => member);
  if (new Set(ids).size !== ids.length) throw new Conflict("signatory-twice");
  const signing = slots.filter(({ role }) => role !== "copy").map(({ member }) => member);
  const found = await tx.member.findMany({
    where: {
      jitId: jit,
      partyId: { not: null },
      party: boundOrJoiningBy(document, now()),
      OR: [
        { id: { in: signing }, roles: { some: heldAt(now(), ["signatory"]) } },
        { id: { in: ids.filter((id) => !signing.includes(id)) } },
      ],
    },
  });
  if (found.length !== ids.length) throw new Conflict("signatory-unknown");
  const copies = found.filter(({ id }) => !signing.includes(id));
  const accesses = await findAccesses(
    queryOf(tx),
    copies.map(({ personId }) => personId),
    jit,
  );
  for (const { personId } of copies) {
    const access = accesses.get(personId);
    if (!access || can(access, "document.download") !== "yes") throw new Conflict("copy-unreadable");
  }
  return new Map(found.map(({ id, partyId }) => [id, partyId ?? ""]));
}

/** Who binds a party is its signatory: a visa or a countersignature alone does not. */
async function refuseWithoutSignatory(
  tx: Transaction,
  { id, jitId, alone }: { id: string; jitId: string; alone: string | null },
  slots: readonly SlotPlan[],
  members: ReadonlyMap<string, string>,
) {
  const bound = new Set(slots.filter(({ role }) => role === "signatory").map(({ member }) => members.get(member)));
  const where = { jitId, ...boundOrJoiningBy(id, now()), ...(alone === null ? {} : { state: alone }) };
  const parties = await tx.party.findMany({ where });
  // Under a notice of withdrawal the party signs alone: nobody else binds anything by it.
  if ([...bound].some((party) => !parties.some(({ id }) => id === party))) throw new Conflict("signatory-unknown");
  if (parties.some((party) => !bound.has(party.id))) throw new Conflict("signatory-missing");
}

async function currentFrozen(tx: Transaction, document: string) {
  const frozen = await tx.frozenText.findFirst({ where: { documentId: document, supersededAt: null } });
  if (!frozen) throw new Conflict("not-in-this-state");
  return frozen;
}

/** The slots of the form: one choice for each member, by the member's id. Empty choices are left out. */
export const SlotForm = z.object({
  role: z.record(z.string(), z.enum(["", ...slotRoles], "wrong-kind").optional()).default({}),
  way: z.record(z.string(), z.enum(methods, "wrong-kind").or(z.literal("either")).optional()).default({}),
  due: z.record(z.string(), Day.or(z.literal("")).optional()).default({}),
  newcomer: z.string().optional(),
  newcomerWay: z.enum(methods, "wrong-kind").or(z.literal("either")).optional(),
  newcomerDue: Day.or(z.literal("")).optional(),
});

/** Field names begin with a letter, ids do not: "role.m<id>". Throws Invalid when nobody is chosen. */
export function plansOf(form: z.infer<typeof SlotForm>): SlotPlan[] {
  const plans = Object.entries(form.role).flatMap(([key, role]) => {
    if (!role) return [];
    const chosen = methodsOf(form.way[key]);
    return [{ member: key.slice(1), role, methods: role === "copy" ? [] : chosen, due: form.due[key] || undefined }];
  });
  if (plans.length === 0) throw new Invalid({ "": "signatory-missing" });
  return plans;
}

function methodsOf(way: Method | "either" = "workspace"): Method[] {
  return way === "either" ? ["workspace", "ink"] : [way];
}

/** Who signs for the State that joins; undefined when the form does not ask, or nobody is named. */
export function newcomerOf({ newcomer, newcomerWay, newcomerDue }: z.infer<typeof SlotForm>) {
  if (!newcomer?.trim()) return undefined;
  const read = Newcomer.safeParse({ email: newcomer });
  if (!read.success) throw new Invalid({ newcomer: read.error.issues[0]?.message ?? "required" });
  return { ...read.data, methods: methodsOf(newcomerWay), due: newcomerDue || undefined };
}

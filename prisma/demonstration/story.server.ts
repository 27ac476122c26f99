import { agreeToText, readWholeText } from "#app/domain/agreeing/agreeing.server.ts";
import { getAgreement, startDocument } from "#app/domain/documents/document.server.ts";
import { finaliseDocument, openForNegotiation } from "#app/domain/documents/freezing.server.ts";
import { acceptInvitation } from "#app/domain/jits/accepting.server.ts";
import { archiveJit, proposeClosure } from "#app/domain/jits/closing.server.ts";
import { foundJit } from "#app/domain/jits/founding.server.ts";
import { inviteMember } from "#app/domain/jits/invitations.server.ts";
import { changeRoles } from "#app/domain/jits/members.server.ts";
import { addParty, changeNationalCase } from "#app/domain/jits/parties.server.ts";
import { meaningOf } from "#app/domain/signing/manifest.ts";
import { openSigning } from "#app/domain/signing/opening.server.ts";
import { passwordAlone, signDocument } from "#app/domain/signing/signing.server.ts";
import { signatoriesOnly } from "#app/domain/signing/slots.ts";
import { atInstant, now } from "#app/platform/clock.ts";
import { database } from "#app/platform/database.server.ts";
import type { Cast } from "./people.server.ts";
import type { Team } from "./teams.ts";

const day = 24 * 60 * 60 * 1000;

/** Does `work` as it was so many days (and hours) before today. */
export function daysAgo<Result>(days: number, work: () => Promise<Result>): Promise<Result> {
  return atInstant(new Date(now().getTime() - days * day), work);
}

/** Founds the team, adds its parties and brings its people in by invitation, as they would themselves. */
export async function gather(cast: Cast, team: Team): Promise<{ jit: string; founder: string }> {
  const founder = cast.actor(team.founder);
  const { id: jit } = await daysAgo(team.founded, () =>
    foundJit(founder, { names: team.names, summary: team.summary, exercise: true }, { reference: team.reference }),
  );
  await daysAgo(team.founded - 0.1, () => addParties(cast, team, jit));
  for (const [index, seat] of team.seats.entries()) {
    await daysAgo(team.founded - 0.2 - index / 24, () => seatMember(cast, team, jit, seat));
  }
  return { jit, founder: team.founder };
}

async function addParties(cast: Cast, team: Team, jit: string): Promise<void> {
  const founder = cast.actor(team.founder);
  for (const { authority, nationalCase } of team.parties) {
    await addParty(founder, { jit, authority: cast.authority(authority), nationalCase });
  }
  const own = await database().party.findFirstOrThrow({ where: { jitId: jit, authorityId: founder.authorityId } });
  await changeNationalCase(founder, { jit, party: own.id, nationalCase: team.foundersCase });
  const member = await database().member.findFirstOrThrow({ where: { jitId: jit, personId: founder.personId } });
  await changeRoles(founder, {
    jit,
    member: member.id,
    roles: ["space_admin", "leader", "lead_negotiator"],
    from: {},
    until: {},
  });
}

async function seatMember(cast: Cast, team: Team, jit: string, seat: Team["seats"][number]): Promise<void> {
  const party = await database().party.findFirstOrThrow({
    where: { jitId: jit, authorityId: cast.authority(seat.authority) },
  });
  const { token } = await inviteMember(cast.actor(team.founder), {
    jit,
    party: party.id,
    email: cast.email(seat.login),
    roles: seat.roles,
    capacity: seat.capacity ?? "",
  });
  await acceptInvitation(cast.actor(seat.login), { token });
}

/** Starts the arrangement and opens it for negotiation. */
export async function draft(
  cast: Cast,
  { jit, founder }: { jit: string; founder: string },
  days: number,
  duration: string,
): Promise<string> {
  const actor = cast.actor(founder);
  const { id: document } = await daysAgo(days, () =>
    startDocument(actor, { jit, instrumentKind: "arrangement", duration, referenceTimeZone: "UTC" }),
  );
  await daysAgo(days - 3, () => openForNegotiation(actor, { jit, document }));
  return document;
}

type Drafted = { jit: string; founder: string; document: string };

/** Each party's negotiator agrees to the whole text, the founder's own last. */
async function agree(cast: Cast, team: Team, { jit, founder, document }: Drafted): Promise<void> {
  const negotiators = team.seats.filter(
    (seat) => seat.roles.includes("lead_negotiator") || seat.roles.includes("leader"),
  );
  for (const login of [...negotiators.map((seat) => seat.login), founder]) {
    const actor = cast.actor(login);
    const { digest } = await readWholeText(actor, { jit, document });
    const { partyId } = await database().member.findFirstOrThrow({ where: { jitId: jit, personId: actor.personId } });
    await agreeToText(actor, { jit, document, party: partyId ?? "", digest });
  }
}

/** Agrees, finalises, opens for signature and lets every signatory sign; the last one so many days before today. */
export async function conclude(cast: Cast, team: Team, { jit, founder, document }: Drafted, days: number) {
  const actor = cast.actor(founder);
  await daysAgo(days + 7, () => agree(cast, team, { jit, founder, document }));
  await daysAgo(days + 6, () => finaliseDocument(actor, { jit, document }));
  const signatories = team.seats.filter((seat) => seat.roles.includes("signatory"));
  await daysAgo(days + 5, async () => {
    const members = await database().member.findMany({
      where: { jitId: jit, personId: { in: signatories.map((seat) => cast.actor(seat.login).personId) } },
    });
    await openSigning(actor, { jit, document, slots: signatoriesOnly(members.map((member) => member.id)) });
  });
  for (const [index, seat] of signatories.entries()) {
    await daysAgo(days + signatories.length - 1 - index, () => sign(cast, seat, { jit, document }));
  }
}

async function sign(cast: Cast, seat: Team["seats"][number], { jit, document }: { jit: string; document: string }) {
  const actor = cast.actor(seat.login);
  const { frozen } = await getAgreement(actor, jit);
  const slot = frozen?.slots.find((one) => one.personId === actor.personId);
  if (!frozen || !slot) throw new Error(`${seat.login} has nothing to sign`);
  await signDocument(
    actor,
    {
      jit,
      document,
      slot: slot.id,
      digest: frozen.digest,
      capacity: seat.capacity ?? "Signatory",
      place: "Exercise",
      meaning: meaningOf(slot.partyState),
    },
    passwordAlone(),
  );
}

/** One party asks to close, another confirms. */
export async function close(
  cast: Cast,
  team: Team,
  { jit, founder, document }: Drafted,
  asked: number,
  confirmed: number,
) {
  await daysAgo(asked, () => proposeClosure(cast.actor(founder), { jit, document }));
  const other = team.seats.find((seat) => seat.roles.includes("leader"));
  if (!other) throw new Error(`${team.reference} has one party only`);
  await daysAgo(confirmed, () => archiveJit(cast.actor(other.login), { jit, document }));
}

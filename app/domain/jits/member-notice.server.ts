import { now } from "#app/platform/clock.ts";
import { queryOf, type Transaction } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { type Content, canonicalForm, digestOfText } from "../documents/content.ts";
import { type DocumentState, isLiving, stateAt } from "../documents/states.ts";
import { Conflict, Invalid } from "../errors.ts";
import { view } from "../view.server.ts";
import { boundAt } from "./bound.ts";
import { holdOpenJit } from "./hold.server.ts";
import {
  type ChangeRule,
  type GiveNotice,
  type ListedMember,
  type ListVersion,
  listedRoles,
  noticeHolds,
} from "./member-notice.ts";
import { requireStaying } from "./staying.server.ts";
import { instantsOf } from "./validity.ts";

/**
 * A party changes its members on the list (annex A1) by written notice, without new signatures (clause 8). The notice
 * feeds access: from the instant it names, and from no earlier one, the roles on the list are what it says. It makes a
 * version of the list and tells all parties. Throws Conflict("team-has-ended" | "notice-not-agreed" | "party-leaving" |
 * "already-member"), Invalid for a person, role or day that the arrangement does not allow.
 */
export function giveNotice(actor: Actor, input: GiveNotice & { jit: string }): Promise<{ version: number }> {
  const { jit, party, kind, words = "" } = input;
  return change(actor, "member.notify", { jit, party }, async (tx) => {
    await holdOpenJit(tx, jit);
    await requireStaying(tx, party);
    const at = now();
    const { zone, rule, end } = await termsOf(tx, jit, at);
    const own = await tx.party.findFirst({ where: { id: party, jitId: jit, ...boundAt(at) } });
    if (!own) throw new Conflict("party-not-there");
    const holdsFrom = noticeHolds(rule, input.day, zone, at);
    const { validTo } = instantsOf(
      { until: input.until },
      { zone, now: holdsFrom, latest: end, field: (part) => (part === "from" ? "day" : "until") },
    );
    if (end && holdsFrom >= end) throw new Invalid({ day: "from-after-team" });
    await keepFirstVersion(tx, jit, at);
    const member =
      kind === "add"
        ? await seatByNotice(tx, { ...input, state: own.state }, at)
        : await listedMember(tx, input, holdsFrom);
    await endListedRoles(tx, member, holdsFrom, at);
    if (kind !== "remove") {
      const row = { id: newId(), memberId: member, jitId: jit, role: input.role, recordedAt: at };
      await tx.memberRole.create({ data: { ...row, validFrom: holdsFrom, validTo } });
      if (input.capacity) await tx.member.update({ where: { id: member }, data: { capacity: input.capacity } });
    }
    const givenById = (await tx.member.findFirstOrThrow({ where: { jitId: jit, personId: actor.personId } })).id;
    const noticed = { kind, partyId: party, memberId: member, givenById, words };
    const { version, digest } = await addVersion(tx, { jit, at, holdsFrom, ...noticed });
    return {
      result: { version },
      facts: {
        version,
        digest,
        kind,
        member,
        party,
        holdsFrom: holdsFrom.toISOString(),
        until: validTo?.toISOString() ?? null,
        timeZone: zone,
        ...(kind === "remove" ? { ended: [...listedRoles] } : { roles: [input.role] }),
      },
      ...(words ? { details: { reason: words } } : {}),
    };
  });
}

/** What the signed texts say of notices. The arrangement must be in force. */
async function termsOf(db: Transaction, jit: string, at: Date) {
  const row = await db.document.findFirst({
    where: { jitId: jit, kind: "agreement" },
    include: { frozen: { where: { supersededAt: null } } },
  });
  const canonical = row?.frozen[0]?.canonical;
  if (!row || !canonical || !isLiving(stateAt({ ...row, state: row.state as DocumentState }, at)))
    throw new Conflict("team-has-ended");
  const { fields } = JSON.parse(canonical) as Content;
  if (fields.membershipChangeRule === "amendment") throw new Conflict("notice-not-agreed");
  const list = await db.frozenText.findFirst({
    where: { jitId: jit, supersededAt: null, document: { annex: "A1" } },
    select: { canonical: true },
  });
  const said = list && (JSON.parse(list.canonical) as Content).fields.memberChangeHolds;
  const zone = row.referenceTimeZone ?? "UTC";
  return { zone, rule: (typeof said === "string" && said ? said : null) as ChangeRule, end: row.expiresAt };
}

/** The row of someone with an account at an authority of the party's State; made when there is none yet. */
async function seatByNotice(
  tx: Transaction,
  { jit, party, email, state, capacity }: GiveNotice & { jit: string; state: string },
  at: Date,
): Promise<string> {
  const person = await tx.person.findFirst({ where: { email, disabledAt: null }, include: { authority: true } });
  if (!person) throw new Invalid({ email: "unknown-person" });
  if (person.authority.state !== state) throw new Invalid({ email: "notice-other-state" });
  const there = await tx.member.findFirst({
    where: { jitId: jit, personId: person.id },
    include: { roles: { where: { revokedAt: null, OR: [{ validTo: null }, { validTo: { gt: at } }] } } },
  });
  if (!there) {
    const id = newId();
    const row = { id, jitId: jit, personId: person.id, partyId: party, addedAt: at };
    await tx.member.create({ data: { ...row, capacity: capacity ?? person.function } });
    return id;
  }
  const listed = there.roles.some(({ role }) => (listedRoles as readonly string[]).includes(role));
  if (listed) throw new Invalid({ email: "already-listed" });
  // An observer, or someone who holds a role for another party, is no member of this one.
  if (there.partyId !== party) {
    if (there.roles.length > 0) throw new Invalid({ email: "already-member" });
    await tx.member.update({ where: { id: there.id }, data: { partyId: party } });
  }
  return there.id;
}

/** Throws Invalid for someone who is not on the list of this very party on that day. */
async function listedMember(
  tx: Transaction,
  { jit, party, member }: GiveNotice & { jit: string },
  at: Date,
): Promise<string> {
  const [row] = await queryOf(tx)<{ id: string }>(
    `SELECT m.id FROM member m WHERE m.id::text = $1 AND m.jit_id = $2::uuid AND m.party_id = $3::uuid
        AND EXISTS (SELECT 1 FROM member_role r WHERE r.member_id = m.id AND r.revoked_at IS NULL AND r.role = ANY ($4)
                       AND (r.valid_to IS NULL OR r.valid_to > $5::timestamptz)) FOR UPDATE`,
    [member ?? "", jit, party, [...listedRoles], at],
  );
  if (!row) throw new Invalid({ member: "not-on-list" });
  return row.id;
}

/** Two time axes: what holds until then goes on as a new row with its end; what would begin later never does. */
async function endListedRoles(tx: Transaction, member: string, from: Date, at: Date): Promise<void> {
  await queryOf(tx)("SELECT id FROM member WHERE id = $1::uuid FOR UPDATE", [member]);
  const rows = await tx.memberRole.findMany({
    where: {
      memberId: member,
      role: { in: [...listedRoles] },
      revokedAt: null,
      OR: [{ validTo: null }, { validTo: { gt: from } }],
    },
  });
  await tx.memberRole.updateMany({ where: { id: { in: rows.map(({ id }) => id) } }, data: { revokedAt: at } });
  const going = rows.filter(({ validFrom }) => validFrom < from && from > at);
  await tx.memberRole.createMany({
    data: going.map((row) => ({ ...row, id: newId(), validTo: from, recordedAt: at, revokedAt: null })),
  });
}

/** Before the first notice: the list as it was until then, so that every later one has something to differ from. */
async function keepFirstVersion(tx: Transaction, jit: string, at: Date): Promise<void> {
  if ((await tx.memberNotice.count({ where: { jitId: jit } })) > 0) return;
  const nobody = { kind: "signed", partyId: null, memberId: null, givenById: null, words: "" };
  await addVersion(tx, { jit, at, holdsFrom: at, ...nobody });
}

type NewVersion = {
  jit: string;
  at: Date;
  holdsFrom: Date;
  kind: string;
  partyId: string | null;
  memberId: string | null;
  givenById: string | null;
  words: string;
};

async function addVersion(tx: Transaction, { jit, at, holdsFrom, ...notice }: NewVersion) {
  const version = 1 + (await tx.memberNotice.count({ where: { jitId: jit } }));
  const list = canonicalForm(await listAt(tx, jit, holdsFrom));
  const digest = digestOfText(list);
  const row = { id: newId(), jitId: jit, version, givenAt: at, holdsFrom, list, digest, ...notice };
  await tx.memberNotice.create({ data: row });
  return { version, digest };
}

/** Who is on the list at the instant, leaders with them, in an order that depends on nothing else. */
async function listAt(db: Transaction, jit: string, at: Date): Promise<ListedMember[]> {
  return queryOf(db)<ListedMember>(
    `SELECT p.name, p.latin_name AS "latinName", y.state, p.function, r.role,
            to_char(r.valid_from AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "from",
            to_char(r.valid_to AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS until
       FROM member_role r JOIN member m ON m.id = r.member_id JOIN person p ON p.id = m.person_id
       JOIN party y ON y.id = m.party_id
      WHERE r.jit_id = $1::uuid AND r.revoked_at IS NULL AND r.role = ANY ($3) AND r.valid_from <= $2::timestamptz
        AND (r.valid_to IS NULL OR r.valid_to > $2::timestamptz)
      ORDER BY y.position, p.latin_name, p.id, r.role`,
    [jit, at, ["leader", "deputy_leader", ...listedRoles]],
  );
}

type Row = Omit<ListVersion, "list" | "member" | "givenBy"> & {
  list: string;
  name: string | null;
  latinName: string;
  byName: string | null;
  byLatinName: string;
};

/** Every version of the list of members, newest first, for all who may see it. */
export function listVersions(actor: Actor, jit: string): Promise<ListVersion[]> {
  return view(actor, "member.list", { jit }, async (db) => {
    const rows = await queryOf(db)<Row>(
      `SELECT n.version, n.kind, y.state AS "partyState", n.given_at AS "givenAt", n.holds_from AS "holdsFrom", n.words,
              n.digest, n.list, p.name, p.latin_name AS "latinName", b.name AS "byName", b.latin_name AS "byLatinName"
         FROM member_notice n LEFT JOIN party y ON y.id = n.party_id
         LEFT JOIN member m ON m.id = n.member_id LEFT JOIN person p ON p.id = m.person_id
         LEFT JOIN member g ON g.id = n.given_by_id LEFT JOIN person b ON b.id = g.person_id
        WHERE n.jit_id = $1::uuid ORDER BY n.version DESC`,
      [jit],
    );
    return rows.map(({ list, name, latinName, byName, byLatinName, ...row }) => ({
      ...row,
      member: name === null ? null : { name, latinName },
      givenBy: byName === null ? null : { name: byName, latinName: byLatinName },
      list: JSON.parse(list) as ListedMember[],
    }));
  });
}

/** What the form needs: the zone, the rule of annex A1, and who is on the list of each party for which notice may be given. */
export function readNoticeTerms(actor: Actor, jit: string) {
  return view(actor, "member.list", { jit }, async (db) => {
    try {
      const { zone, rule } = await termsOf(db, jit, now());
      return { zone, rule, reason: null };
    } catch (error) {
      if (error instanceof Conflict) return { zone: "UTC", rule: null, reason: error.reason };
      throw error;
    }
  });
}

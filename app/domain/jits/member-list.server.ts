import { now } from "#app/platform/clock.ts";
import { queryOf, type Transaction } from "#app/platform/database.server.ts";
import type { Actor } from "../actor.ts";
import { NotFound } from "../errors.ts";
import { inRoleOrder, type JitRole } from "../roles.ts";
import { view } from "../view.server.ts";
import type { MemberLine, RoleLine } from "./members.ts";
import { daysOf } from "./validity.ts";

type Row = Omit<MemberLine, "roles" | "leftAt" | "language"> & {
  languages: string[];
  roles: { role: JitRole; validFrom: string; validTo: string | null; revokedAt: string | null }[];
};

/** Everyone who is, will be or was in the team, each with the roles of today and later. */
export function listMembers(actor: Actor, jit: string): Promise<MemberLine[]> {
  return view(actor, "member.list", { jit }, (db) => membersOf(db, jit));
}

/** One member of the list; NotFound for an id of another team. */
export function getMember(actor: Actor, { jit, member }: { jit: string; member: string }): Promise<MemberLine> {
  return view(actor, "member.list", { jit, member }, async (db) => {
    const [found] = await membersOf(db, jit, member);
    if (!found) throw new NotFound();
    return found;
  });
}

/** Reads the list within a door that is already open. */
export async function membersOf(db: Transaction, jit: string, member?: string): Promise<MemberLine[]> {
  const rows = await queryOf(db)<Row>(
    `SELECT m.id, m.person_id AS "personId", p.name, p.latin_name AS "latinName", p.languages, p.function, m.capacity,
            a.names AS "authorityNames", a.state AS "authorityState", m.party_id AS "partyId", y.state AS "partyState",
            coalesce(ya.time_zone, a.time_zone) AS "timeZone",
            (SELECT coalesce(json_agg(json_build_object('role', r.role, 'validFrom', r.valid_from,
                      'validTo', r.valid_to, 'revokedAt', r.revoked_at) ORDER BY r.id), '[]')
               FROM member_role r WHERE r.member_id = m.id) AS roles
       FROM member m JOIN person p ON p.id = m.person_id JOIN authority a ON a.id = p.authority_id
       LEFT JOIN party y ON y.id = m.party_id LEFT JOIN authority ya ON ya.id = y.authority_id
      WHERE m.jit_id = $1::uuid AND ($2::uuid IS NULL OR m.id = $2::uuid)
      ORDER BY m.id`,
    [jit, member ?? null],
  );
  return rows.map(memberLine);
}

function memberLine({ languages, roles, ...row }: Row): MemberLine {
  const periods = roles.map(({ role, validFrom, validTo, revokedAt }) => ({
    role,
    validFrom: new Date(validFrom),
    validTo: validTo === null ? null : new Date(validTo),
    revokedAt: revokedAt === null ? null : new Date(revokedAt),
  }));
  const at = now();
  const held = periods.filter((one) => !one.revokedAt && (!one.validTo || one.validTo > at));
  const ends = periods.map((one) => Math.min(...[one.revokedAt, one.validTo].map((end) => end?.getTime() ?? Infinity)));
  return {
    ...row,
    language: languages[0] ?? "en",
    roles: held.map((one) => roleLine(one, row.timeZone, at)).sort((a, b) => inRoleOrder(a.role, b.role)),
    leftAt: held.length > 0 || ends.length === 0 ? null : new Date(Math.max(...ends)),
  };
}

function roleLine(one: { role: JitRole; validFrom: Date; validTo: Date | null }, zone: string, at: Date): RoleLine {
  return { role: one.role, ...daysOf(one, zone), standing: one.validFrom <= at ? "now" : "later" };
}

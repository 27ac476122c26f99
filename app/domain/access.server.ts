import { now } from "#app/platform/clock.ts";
import { type Query, queryOf, type Transaction } from "#app/platform/database.server.ts";
import { isId } from "#app/platform/ids.ts";
import { type Access, can, canGlobally, type Subject } from "./access.ts";
import { type Action, ruleOf } from "./actions.ts";
import type { Actor, Visitor } from "./actor.ts";
import type { DocumentKind } from "./documents/kinds.ts";
import { type StoredState, standingColumns, stateAt } from "./documents/states.ts";
import { Conflict, Forbidden, NotFound } from "./errors.ts";
import { heldAt } from "./held-roles.ts";
import { boundSql, joiningSql } from "./jits/bound.ts";
import type { GlobalRole, JitRole } from "./roles.ts";

/** What an act is about. Ids come from requests: each is looked up inside the JIT that is named. */
export type JitTarget = {
  jit: string;
  party?: string;
  member?: string;
  invitation?: string;
  document?: string;
  slot?: string;
  task?: string;
};

/** What belongs to no JIT. */
export const platform = "platform";
export type Target = JitTarget | typeof platform;

type Held = { person: string; party: string | null; role: JitRole; assigned: string[]; only: string[] | null };

/**
 * What the person holds in the JIT today, or null for someone who is not a member. With `lock`, this cannot change
 * before the transaction ends: roles change only under the lock of their member's row.
 */
export async function findAccess(query: Query, personId: string, jit: string, lock = false): Promise<Access | null> {
  return (await findAccesses(query, [personId], jit, lock)).get(personId) ?? null;
}

/** `findAccess` for several people in one question. Who is not in the answer is not a member. */
export async function findAccesses(
  query: Query,
  people: readonly string[],
  jit: string,
  lock = false,
): Promise<Map<string, Access>> {
  if (!isId(jit)) return new Map();
  // A statement of its own: one that waits for a change goes on with the rows it saw before, and would find the roles
  // that ended but not those that took their place. In one order for all, so that nobody waits in a circle.
  if (lock)
    await query(
      `SELECT m.id FROM member m JOIN person p ON p.id = m.person_id
        WHERE m.jit_id = $1::uuid AND m.person_id = ANY ($2::uuid[]) ORDER BY m.person_id FOR SHARE OF m, p`,
      [jit, people],
    );
  const held = await query<Held>(
    `SELECT m.person_id AS person, m.party_id AS party, r.role,
            ARRAY(SELECT d.document_id FROM document_assignment d WHERE d.member_id = m.id) AS assigned,
            CASE WHEN y.acceding_by_id IS NOT NULL THEN
              ARRAY(SELECT d.id FROM document d WHERE d.jit_id = m.jit_id AND (d.id = y.acceding_by_id OR d.kind = 'agreement'))
            END AS only
       FROM member m JOIN member_role r ON r.member_id = m.id JOIN person p ON p.id = m.person_id
            LEFT JOIN party y ON y.id = m.party_id
      WHERE m.jit_id = $1::uuid AND m.person_id = ANY ($2::uuid[]) AND p.disabled_at IS NULL
        AND (y.id IS NULL OR ${boundSql("$3")} OR ${joiningSql}) AND ${heldAt("$3")}
      ORDER BY r.id`,
    [jit, people, now()],
  );
  const accesses = new Map<string, Access & { roles: JitRole[] }>();
  for (const { person, party, role, assigned, only } of held) {
    const access = accesses.get(person) ?? { roles: [], partyId: party, assigned, ...(only ? { only } : {}) };
    access.roles.push(role);
    accesses.set(person, access);
  }
  return accesses;
}

const partyOf = {
  party: `SELECT id AS party FROM party WHERE id = $1::uuid AND jit_id = $2::uuid`,
  member: `SELECT party_id AS party FROM member WHERE id = $1::uuid AND jit_id = $2::uuid`,
  invitation: `SELECT party_id AS party FROM invitation WHERE id = $1::uuid AND jit_id = $2::uuid`,
  slot: `SELECT party_id AS party FROM signature_slot WHERE id = $1::uuid AND jit_id = $2::uuid`,
} as const;

const taskOf = `
  SELECT t.party_id AS party, EXISTS (
           SELECT 1 FROM member m WHERE m.jit_id = t.jit_id AND m.person_id = $3::uuid AND (m.id = t.member_id
             OR EXISTS (SELECT 1 FROM task_step s WHERE s.task_id = t.id AND s.member_id = m.id))) AS own
    FROM task t WHERE t.id = $1::uuid AND t.jit_id = $2::uuid`;

/**
 * Whose party and which document the target is about, or null when one of its ids does not belong to the JIT.
 * With `lock`, the document row is held FOR UPDATE: freezing and every append of text wait for each other there.
 */
export async function findSubject(
  query: Query,
  target: JitTarget,
  lock = false,
  personId?: string,
): Promise<Subject | null> {
  const subject: Subject = {};
  for (const kind of ["party", "member", "invitation", "slot"] as const) {
    const id = target[kind];
    if (id === undefined) continue;
    if (!isId(id)) return null;
    const [row] = await query<{ party: string | null }>(partyOf[kind], [id, target.jit]);
    if (!row) return null;
    subject.partyId = row.party;
  }
  if (target.task !== undefined) {
    if (!isId(target.task)) return null;
    const [row] = await query<{ party: string | null; own: boolean }>(taskOf, [
      target.task,
      target.jit,
      personId ?? null,
    ]);
    if (!row) return null;
    subject.partyId = row.party;
    subject.ownTask = row.own;
  }
  if (target.document !== undefined) {
    if (!isId(target.document)) return null;
    const [row] = await query<StoredState & { annex: string | null; kind: DocumentKind }>(
      `SELECT ${standingColumns}, d.annex, d.kind FROM document d WHERE d.id = $1::uuid AND d.jit_id = $2::uuid ${lock ? "FOR UPDATE" : ""}`,
      [target.document, target.jit],
    );
    if (!row) return null;
    subject.documentId = target.document;
    subject.documentState = stateAt(row, now());
    subject.documentKind = row.kind;
    subject.annex = row.annex;
  }
  return subject;
}

const nothing: Access = { roles: [], partyId: null, assigned: [] };

/**
 * Asks whether the actor may do this to the target now; returns what the actor holds in the JIT. Shared by `change`
 * and `view`. With `lock`, what was found cannot change before the transaction ends (order: member, document, log).
 */
export async function permit(
  db: Transaction,
  actor: Actor | Visitor,
  action: Action,
  target: Target,
  lock: boolean,
): Promise<Access> {
  const rule = ruleOf(action);
  if ("visitor" in rule) return nothing;
  if ("system" in rule || actor.personId === null) throw new Forbidden();
  if ("signedIn" in rule || "global" in rule) {
    if (!canGlobally(await currentGlobalRoles(db, actor.personId), action)) throw new Forbidden();
    return nothing;
  }
  if (target === platform) throw new Forbidden();
  const query = queryOf(db);
  const access = await findAccess(query, actor.personId, target.jit, lock);
  if (!access) throw new NotFound();
  const subject = await findSubject(query, target, lock, actor.personId);
  if (!subject) throw new NotFound();
  if (can(access, action, subject) === "yes") return access;
  // A right that only the document's state stands against is a Conflict: the person can be told why.
  if (can(access, action, { ...subject, documentState: undefined }) === "yes") throw new Conflict("not-in-this-state");
  throw new Forbidden();
}

async function currentGlobalRoles(db: Transaction, personId: string): Promise<readonly GlobalRole[]> {
  const [person] = await queryOf(db)<{ roles: GlobalRole[] }>(
    `SELECT global_roles AS roles FROM person WHERE id = $1::uuid AND disabled_at IS NULL`,
    [personId],
  );
  if (!person) throw new Forbidden();
  return person.roles;
}

import type { Query } from "#app/platform/database.server.ts";
import type { Action } from "../actions.ts";
import { type JitRole, jitRoles } from "../roles.ts";
import type { About, ActivityEntry, NamedPerson, Who } from "./activity.ts";
import type { StoredBody } from "./body.ts";
import type { Details, Json } from "./entry.server.ts";

/** Names by id, whatever the id stands for: person, member, slot, party, authority, invitation. */
export type Names = Map<string, Row>;
/** The cards that the reader may see, by id. */
export type TaskNames = ReadonlyMap<string, { reference: string; title: string }>;
type Row = {
  id: string;
  person: string | null;
  name: string | null;
  latinName: string | null;
  state: string | null;
  authority: Record<string, string> | null;
};

const personKeys = ["person", "member", "slot", "signatories"] as const;
const stateKeys = ["party", "invitation", "proposedBy", "confirmedBy"] as const;
const idPattern = /^[0-9a-f-]{36}$/;

/** Resolves every id that the entries speak of, in one query. */
export async function namesFor(query: Query, bodies: readonly StoredBody[]): Promise<Names> {
  const ids = new Set<string>();
  for (const { actor, facts } of bodies) {
    const spoken = [
      actor.person,
      actor.party,
      actor.authority,
      ...[...personKeys, ...stateKeys].flatMap((key) => facts[key]),
    ];
    for (const id of spoken) if (typeof id === "string" && idPattern.test(id)) ids.add(id);
  }
  if (ids.size === 0) return new Map();
  const rows = await query<Row>(
    `WITH wanted AS (SELECT unnest($1::uuid[]) AS id),
          person_of AS (
            SELECT w.id, w.id AS person FROM wanted w
            UNION ALL SELECT m.id, m.person_id FROM member m WHERE m.id IN (SELECT id FROM wanted)
            UNION ALL SELECT s.id, m.person_id FROM signature_slot s JOIN member m ON m.id = s.member_id
                       WHERE s.id IN (SELECT id FROM wanted))
     SELECT o.id, p.id AS person, p.name, p.latin_name AS "latinName", a.state, NULL::jsonb AS authority
       FROM person_of o JOIN person p ON p.id = o.person JOIN authority a ON a.id = p.authority_id
     UNION ALL SELECT y.id, NULL, NULL, NULL, y.state, NULL FROM party y WHERE y.id IN (SELECT id FROM wanted)
     UNION ALL SELECT i.id, NULL, NULL, NULL, y.state, NULL FROM invitation i JOIN party y ON y.id = i.party_id
                WHERE i.id IN (SELECT id FROM wanted)
     UNION ALL SELECT a.id, NULL, NULL, NULL, a.state, a.names FROM authority a WHERE a.id IN (SELECT id FROM wanted)`,
    [[...ids]],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** An entry in names instead of ids. What cannot be resolved any more is left out; its digest stands in the trail. */
export function tellEntry(
  body: StoredBody & { action: Action },
  details: Details | null,
  names: Names,
  tasks: TaskNames,
): ActivityEntry {
  const task = tasks.get(text(body.facts.task) ?? "");
  return {
    seq: body.seq,
    at: body.at,
    action: body.action,
    who: whoDid(body, names),
    about: { ...aboutOf(body, details, names), ...(task && { task }) },
  };
}

function whoDid({ actor, facts, action }: StoredBody, names: Names): Who {
  if (actor.system) return { kind: "system", person: null, state: null, authority: null };
  // Whoever accepts an invitation without having been signed in is the person it made.
  const id = actor.person ?? (action === "invitation.accept" ? text(facts.person) : undefined);
  const row = id === undefined ? undefined : names.get(id);
  if (id === undefined) return { kind: "visitor", person: null, state: null, authority: null };
  const partyState = actor.party ? names.get(actor.party)?.state : undefined;
  const authority = actor.authority ? (names.get(actor.authority)?.authority ?? null) : null;
  return {
    kind: "person",
    person: row ? personOf(row) : null,
    state: partyState ?? actor.state ?? row?.state ?? null,
    authority,
  };
}

function aboutOf({ actor, facts, commitment, action }: StoredBody, details: Details | null, names: Names): About {
  const people = personKeys
    .flatMap((key) => facts[key] ?? [])
    .flatMap((id) => (typeof id === "string" ? (names.get(id) ?? []) : []))
    .filter((row) => row.person !== null && (row.person !== actor.person || action.startsWith("member.")))
    .map(personOf);
  const states = stateKeys
    .flatMap((key) => facts[key] ?? [])
    .flatMap((id) => (typeof id === "string" ? (names.get(id)?.state ?? []) : []));
  return {
    people:
      action === "invitation.accept"
        ? []
        : people.filter((one, at) => people.findIndex(({ id }) => id === one.id) === at),
    states: [...new Set(states)],
    roles: rolesIn(facts.roles ?? facts.added),
    endedRoles: rolesIn(facts.ended),
    email: text(details?.email),
    reason: text(details?.reason),
    version: number(facts.version),
    digest: text(facts.digest) ?? text(facts.root) ?? text(facts.sha256),
    updates: number(facts.updates),
    taken: number(facts.entries),
    verifiedTo: facts.verdict === "intact" ? number(facts.size) : undefined,
    brokenAt: facts.verdict === "broken" ? number(facts.entry) : undefined,
    lastDay: text(facts.lastDay),
    erased: commitment !== undefined && details === null,
  };
}

/** Roles as the facts name them: codes, or codes with their dates. */
function rolesIn(fact: Json | undefined): JitRole[] {
  const codes = (Array.isArray(fact) ? fact : []).map((one) =>
    typeof one === "object" && one !== null && !Array.isArray(one) ? one.role : one,
  );
  return jitRoles.filter((role) => codes.includes(role));
}

function personOf({ person, name, latinName }: Row): NamedPerson {
  return { id: person ?? "", name: name ?? "", latinName: latinName ?? "" };
}

const text = (value: Json | undefined) => (typeof value === "string" ? value : undefined);
const number = (value: Json | undefined) => (typeof value === "number" ? value : undefined);

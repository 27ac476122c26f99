import type { JitRole } from "../roles.ts";
import { type Cells, columnsOf, type Row } from "./field-rows.ts";

/** What the records of the team say today: the parties, and the people who belong to it now or will. */
export type TeamFacts = {
  parties: readonly { state: string; authority: string }[];
  people: readonly TeamPerson[];
};
export type TeamPerson = {
  /** in Latin letters, as it stands in the text */
  name: string;
  state: string | null;
  authority: string;
  function: string;
  roles: readonly JitRole[];
};

/** The tables that say what the records of the team say as well. */
export const teamTables = ["parties", "leaders", "members"] as const;
export type TeamTable = (typeof teamTables)[number];
export const isTeamTable = (name: string): name is TeamTable => (teamTables as readonly string[]).includes(name);

/** What would have to happen to the rows of the text so that they agree with the team. */
export type RowChange =
  | { kind: "add"; cells: Cells }
  | { kind: "change"; id: string; cells: Cells; before: Cells }
  | { kind: "remove"; id: string; before: Cells };

/**
 * Where the rows of a table differ from the team. Rows for States that are no party go; people who stand only in the
 * text stay there, because it may name someone who has no account, such as an officer under a service number.
 */
export function differencesFromTeam(table: TeamTable, rows: readonly Row[], team: TeamFacts): RowChange[] {
  switch (table) {
    case "parties":
      return compare(rows, team.parties.map(partyRow), "state", isParty(team));
    case "leaders":
      return compare(rows, leadersOf(team), "state", isParty(team));
    case "members":
      return compare(rows, membersOf(team), "person", () => true);
  }
}

const isParty =
  ({ parties }: TeamFacts) =>
  ({ state }: Cells) =>
    parties.some((party) => party.state === state);

const partyRow = ({ state, authority }: TeamFacts["parties"][number]): Cells => ({
  state,
  competentAuthority: authority,
});

function leadersOf({ parties, people }: TeamFacts): Cells[] {
  return parties.flatMap(({ state }): Cells[] => {
    const own = people.filter((person) => person.state === state);
    const leader = own.find(({ roles }) => roles.includes("leader"));
    const deputy = own.find(({ roles }) => roles.includes("deputy_leader"));
    if (!leader) return [];
    const { name: personRef, authority } = leader;
    return [{ state, personRef, authority, ...(deputy ? { deputyRef: deputy.name } : {}) }];
  });
}

/** Roles whose holders act for the team (handbook, C08). */
const acting: readonly JitRole[] = [
  "leader",
  "deputy_leader",
  "lead_negotiator",
  "member",
  "seconded_member",
  "evidence_custodian",
  "disclosure_officer",
];
/** The functions that the column offers; whatever else a person does is "other". */
const functionColumn = columnsOf("members")?.find(({ name }) => name === "function")?.type;
const functions: readonly string[] = functionColumn && "options" in functionColumn ? functionColumn.options : [];

function membersOf({ people }: TeamFacts): Cells[] {
  return people
    .filter(({ state, roles }) => state !== null && roles.some((role) => acting.includes(role)))
    .map(({ name, authority, function: own, roles }) => ({
      person: name,
      authority,
      function: functions.includes(own) ? own : "other",
      ...(roles.includes("seconded_member") ? { seconded: true } : {}),
    }));
}

function compare(
  rows: readonly Row[],
  wanted: readonly Cells[],
  key: string,
  mayStay: (cells: Cells) => boolean,
): RowChange[] {
  const changes: RowChange[] = [];
  for (const cells of wanted) {
    const alike = rows.filter((row) => row.cells[key] === cells[key]);
    const same = alike.find((row) => changedCells(row.cells, cells) === null);
    const [only] = alike;
    if (same) continue;
    const changed = only && changedCells(only.cells, cells);
    if (only && changed) changes.push({ kind: "change", id: only.id, cells: changed, before: only.cells });
    else changes.push({ kind: "add", cells });
  }
  for (const { id, cells } of rows) if (!mayStay(cells)) changes.push({ kind: "remove", id, before: cells });
  return changes;
}

/** A function that the delegation worded otherwise is its own affair; an empty cell is filled. */
function changedCells(before: Cells, after: Cells): Cells | null {
  const changed = Object.entries(after).filter(
    ([name, value]) => before[name] !== value && !(name === "function" && before[name]),
  );
  return changed.length > 0 ? Object.fromEntries(changed) : null;
}

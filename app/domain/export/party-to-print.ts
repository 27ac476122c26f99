import { stateName } from "../names/names.ts";
import type { PartyToPrint } from "./arrangement.ts";

type PartyRow = { state: string; nationalCase: string; position: number; authority: { names: unknown } };

/** A party as the database keeps it, as it stands on paper. */
export function partyToPrint({ state, nationalCase, position, authority }: PartyRow): PartyToPrint {
  return {
    state,
    stateName: stateName(state, "en"),
    authorityNames: authority.names as Record<string, string>,
    nationalCase,
    position,
  };
}

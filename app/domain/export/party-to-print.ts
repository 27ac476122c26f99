import type { PartyToPrint } from "./arrangement.ts";

const stateNames = new Intl.DisplayNames("en", { type: "region", fallback: "code" });

type PartyRow = { state: string; nationalCase: string; position: number; authority: { names: unknown } };

/** A party as the database keeps it, as it stands on paper. */
export function partyToPrint({ state, nationalCase, position, authority }: PartyRow): PartyToPrint {
  return {
    state,
    stateName: stateNames.of(state) ?? state,
    authorityNames: authority.names as Record<string, string>,
    nationalCase,
    position,
  };
}

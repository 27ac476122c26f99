import { createContext } from "react";

/** ISO codes of the States of the parties, for the fields that name one of them. */
export const PartyStates = createContext<readonly string[]>([]);

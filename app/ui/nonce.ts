import { createContext } from "react";

/** The nonce of this response, for scripts. entry.server provides it; in the browser it is empty, as it should be. */
export const NonceContext = createContext<string | undefined>(undefined);

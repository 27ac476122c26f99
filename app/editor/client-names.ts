import type { Connection } from "./connection.ts";

type Seen = { user?: { id?: unknown; name?: unknown } };

/** Says who wrote under a client, for everyone who was seen here since the text was opened. The server wrote who it is. */
export function clientNames({ provider: { awareness }, getState }: Connection): (client: number) => string | null {
  const seen = new Map<number, string>();
  const look = () => {
    for (const [client, { user }] of awareness.getStates() as Map<number, Seen>) {
      const listed = getState().people.find(({ id }) => id === user?.id)?.latinName;
      const name = listed ?? user?.name;
      if (typeof name === "string") seen.set(client, name);
    }
  };
  awareness.on("change", look);
  return (client) => {
    look();
    return seen.get(client) ?? null;
  };
}

import type { SignedIn } from "./domain/accounts/session.server.ts";
import { canGlobally } from "./domain/actions.ts";
import type { Reader } from "./ui/HomeFrame.tsx";

/** What the frame of a page shows of the signed-in person. */
export function readerOf(me: SignedIn): Reader {
  const { name, latinName, authorityName, actor } = me;
  return {
    name,
    latinName,
    authorityName,
    state: actor.state,
    keeps: {
      authorities: canGlobally(actor.globalRoles, "authority.add"),
      people: canGlobally(actor.globalRoles, "person.list"),
    },
  };
}

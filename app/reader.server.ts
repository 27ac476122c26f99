import type { SignedIn } from "./domain/accounts/session.server.ts";
import { canGlobally } from "./domain/actions.ts";
import { config } from "./platform/config.ts";
import type { Reader } from "./ui/HomeFrame.tsx";

/**
 * Cookies that carry language and look of a person, so that every page has them before anything is asked of the
 * database, the page of a refusal and that of signing in too. They say nothing of who it is.
 */
export function lookCookies({ language, theme }: { language: string; theme: string }): string[] {
  const secure = config().PUBLIC_ORIGIN.startsWith("https:") ? "; Secure" : "";
  const year = 365 * 24 * 3600;
  return Object.entries({ lang: language, theme }).map(
    ([name, value]) => `${name}=${value}; Path=/; Max-Age=${year}; HttpOnly; SameSite=Lax${secure}`,
  );
}

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

import { canGlobally } from "./domain/access.ts";
import type { SignedIn } from "./domain/accounts/session.server.ts";
import { config } from "./platform/config.ts";
import type { Reader } from "./ui/HomeFrame.tsx";

/**
 * Cookies that carry language and look of a person, so that every page has them before anything is asked of the
 * database, the page of a refusal and that of signing in too. They say nothing of who it is.
 */
export function lookCookies({ language, theme }: { language: string; theme: string }): string[] {
  return Object.entries({ lang: language, theme }).map(([name, value]) => lasting(name, value));
}

function lasting(name: string, value: string): string {
  const secure = config().PUBLIC_ORIGIN.startsWith("https:") ? "; Secure" : "";
  const age = value === "" ? 0 : 365 * 24 * 3600;
  return `${name}=${value}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax${secure}`;
}

/*
 * Which person asked this device to keep texts, in a cookie: the choice is the device's, not the account's, and outlives
 * the sign-out, which clears the browser's storage. "out" behind the id: signed out, and nothing may be kept until the
 * same person is back.
 */
const keeperName = "texts-kept-for";
const keeperValue = /(?:^|;\s*)texts-kept-for=([0-9a-f-]{36})(\.out)?(?:;|$)/;

/** The person for whom this device may keep texts now, or null. */
export function keeperIn(request: Request): string | null {
  const [, person = null, out] = keeperValue.exec(request.headers.get("Cookie") ?? "") ?? [];
  return out ? null : person;
}

export function keeperCookie(person: string | null): string {
  return lasting(keeperName, person ?? "");
}

/** At sign-in: the choice of the same person holds again, that of anybody else ends. */
export function keeperAfterSignIn(request: Request, person: string): string[] {
  const before = keeperValue.exec(request.headers.get("Cookie") ?? "")?.[1];
  return before ? [keeperCookie(before === person ? person : null)] : [];
}

export function keeperAfterSignOut(request: Request): string[] {
  const before = keeperValue.exec(request.headers.get("Cookie") ?? "")?.[1];
  return before ? [keeperCookie(`${before}.out`)] : [];
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
      treatyStatus: canGlobally(actor.globalRoles, "treatyStatus.read"),
    },
  };
}

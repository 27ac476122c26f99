import type { Finding } from "./checks/finding.ts";

/**
 * The four ways the domain says no. HTTP codes are decided in http.server.ts alone. `reason` is a key of the problem
 * sentences in i18n: what happened, why, what to do.
 */
export class NotFound extends Error {
  override name = "NotFound";
}

/** The person is known to belong here but may not do this. */
export class Forbidden extends Error {
  override name = "Forbidden";
}

/** Possible in general, not now: the state of things is against it. */
export class Conflict extends Error {
  override name = "Conflict";
  /** `values` are what the sentence names, such as the characters that are meant, or the findings that stand against it. */
  constructor(
    readonly reason: string,
    readonly values: {
      readonly characters?: string;
      readonly circle?: string;
      readonly findings?: readonly Finding[];
    } = {},
  ) {
    super(reason);
  }
}

/** What was sent cannot be used. One reason for each field; "" is the whole form. */
export class Invalid extends Error {
  override name = "Invalid";
  constructor(readonly problems: Record<string, string>) {
    super(
      Object.entries(problems)
        .map(([field, reason]) => `${field}: ${reason}`)
        .join(", "),
    );
  }
}

/** What a person proved to be there with, weakest first. `code`: password and the code of an authenticator app. */
export const levels = ["password", "recovery", "code", "passkey"] as const;
export type Level = (typeof levels)[number];

import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { createRequestHandler, type ServerBuild } from "@remix-run/node";
import { platform } from "#app/domain/access.server.ts";
import { startSession } from "#app/domain/accounts/session.server.ts";
import type { Actor } from "#app/domain/actor.ts";
import { change } from "#app/domain/change.server.ts";
import { config } from "#app/platform/config.ts";
import { queryOf } from "#app/platform/database.server.ts";

const built = resolve("build/server/index.js");

/** The pages as they are shipped, answering without a socket. Call it after `freshDatabase`, which sets their database. */
export async function openPages() {
  if (!existsSync(built))
    throw new Error("The pages are not built: npm test builds them, or run npx remix vite:build.");
  const build: ServerBuild = await import(pathToFileURL(built).href);
  const handler = createRequestHandler(build, "production");
  const { PUBLIC_ORIGIN } = config();
  const ask = (path: string, { cookie = "", method = "GET", form, sent, origin = PUBLIC_ORIGIN }: Ask = {}) => {
    const headers = new Headers({ Cookie: cookie, Origin: origin, Host: new URL(PUBLIC_ORIGIN).host });
    if (sent?.type) headers.set("Content-Type", sent.type);
    const body = method === "GET" ? undefined : (sent?.body ?? new URLSearchParams(form));
    const context = { nonce: "nonce-of-the-tests", clientAddress: "192.0.2.1", requestId: "request-of-the-tests" };
    // The handler takes its load context from the adapter; its shape is this product's own.
    return handler(new Request(`${PUBLIC_ORIGIN}${path}`, { method, headers, body }), context as never);
  };
  return { build, ask };
}

type Ask = {
  cookie?: string;
  method?: "GET" | "POST";
  form?: Record<string, string>;
  /** instead of a form: any bytes, under any type */
  sent?: { body: BodyInit; type?: string };
  origin?: string;
};

/** Signs the person in without asking for a password, and returns the cookie a browser would send. */
export async function cookieOf(person: Actor): Promise<string> {
  const cookie = await change(person, "account.signIn", platform, async (tx) => {
    const session = await startSession(queryOf(tx), person.personId, "tests");
    return { result: session.cookie };
  });
  return cookie.split(";")[0] ?? "";
}

import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { type Options, stringify } from "csv-stringify/sync";
import type { z } from "zod";
import { type Access, canGlobally, mayEver } from "./domain/access.ts";
import { findSignedIn, type SignedIn } from "./domain/accounts/session.server.ts";
import type { Action } from "./domain/actions.ts";
import type { Actor } from "./domain/actor.ts";
import { Conflict, Forbidden, Invalid, NotFound } from "./domain/errors.ts";
import { findJitOf, type JitOfMember } from "./domain/jits/jit.server.ts";
import { config } from "./platform/config.ts";
import { log } from "./platform/log.server.ts";

/**
 * The one bridge from HTTP to the domain. Every loader and action is made by `anyone`, `signedIn` or `inJit`; what a
 * route declares stands on the function as `.access`, so that a test can walk all routes.
 */
export type Declared = { access: Action | "anyone" | "signedIn" };
type Args = LoaderFunctionArgs | ActionFunctionArgs;
type Common = { request: Request; params: Args["params"]; context: Args["context"] };
type WithActor = Common & { actor: Actor; me: SignedIn };
type WithJit = WithActor & { jit: JitOfMember; access: Access };

/** A page for everybody, such as sign-in. `me` is there when someone is signed in. */
export function anyone<Result>(handle: (args: Common & { me: SignedIn | null }) => Promise<Result>) {
  return declare("anyone", async (args: Args) => {
    return handle({ ...common(args), me: await askSession(args) });
  });
}

/** A page for people with a session; with an action of the installation, for those who may do it. */
export function signedIn<Result>(action: Action | null, handle: (args: WithActor) => Promise<Result>) {
  return declare(action ?? "signedIn", async (args: Args) => {
    const me = await requireSession(args);
    if (action && !canGlobally(me.actor.globalRoles, action)) throw new Forbidden();
    return handle({ ...common(args), actor: me.actor, me });
  });
}

/**
 * A page inside the JIT named by `params.reference`, for members whose roles allow the action on some subject at
 * least. The domain asks again for the subject itself. Everybody else gets the page for nonsense.
 */
export function inJit<Result>(action: Action, handle: (args: WithJit) => Promise<Result>) {
  return declare(action, async (args: Args) => {
    const me = await requireSession(args);
    const reference = args.params.reference ?? "";
    const found = await once(args, `jit ${reference}`, () => findJitOf(me.actor, reference));
    if (!found) throw new NotFound();
    if (!mayEver(found.access, action)) throw new Forbidden();
    return handle({ ...common(args), actor: me.actor, me, jit: found.jit, access: found.access });
  });
}

function common({ request, params, context }: Args): Common {
  return { request, params, context };
}

/**
 * Wraps a handler: refuses a request from another site, then turns the domain's refusals into answers. What a form gets
 * back is not in the type, because a loader never gives it: pages read it with `useActionData<Refusal>()`.
 */
function declare<Result>(access: Declared["access"], handle: (args: Args) => Promise<Result>) {
  const wrapped = async (args: Args): Promise<Result> => {
    try {
      refuseForeignOrigin(args.request);
      return await handle(args);
    } catch (error) {
      return (await answer(error, args.request)) as Result;
    }
  };
  return Object.assign(wrapped, { access });
}

/** GET never writes; everything else must come from our own pages (Fetch Metadata, and Origin where it is sent). */
function refuseForeignOrigin(request: Request): void {
  if (request.method === "GET" || request.method === "HEAD") return;
  const origin = request.headers.get("Origin");
  const site = request.headers.get("Sec-Fetch-Site");
  if (origin !== null ? origin !== config().PUBLIC_ORIGIN : site !== "same-origin") throw new Forbidden();
}

const asked = new WeakMap<object, Map<string, Promise<unknown>>>();

/**
 * The loaders of one page run side by side and ask the same two questions; the answer of the first serves all. Kept on
 * the request's own load context and gone with it. An act always asks anew, and the domain asks again in any case.
 */
function once<Answer>({ request, context }: Args, question: string, ask: () => Promise<Answer>): Promise<Answer> {
  if (request.method !== "GET") return ask();
  const key: object = context ?? request;
  const answers = asked.get(key) ?? new Map<string, Promise<unknown>>();
  asked.set(key, answers);
  const known = answers.get(question) as Promise<Answer> | undefined;
  if (known) return known;
  const answer = ask();
  answers.set(question, answer);
  return answer;
}

function askSession(args: Args): Promise<SignedIn | null> {
  const cookie = args.request.headers.get("Cookie");
  return once(args, `session ${cookie}`, () => findSignedIn(cookie));
}

async function requireSession(args: Args): Promise<SignedIn> {
  const me = await askSession(args);
  if (me) return me;
  const { pathname, search } = new URL(args.request.url);
  throw redirect(pathname === "/home" ? "/" : `/?next=${encodeURIComponent(pathname + search)}`);
}

/** What a form gets back: a sentence for each field or, under "", for the whole, and what was typed. */
export type Refusal = {
  problems: Record<string, string>;
  typed: Record<string, string | string[]>;
  /** what the sentence for the whole names */
  values?: Conflict["values"];
};

async function answer(error: unknown, request: Request) {
  if (error instanceof Response) throw error;
  if (error instanceof NotFound) throw new Response(null, { status: 404 });
  if (error instanceof Forbidden) throw new Response(null, { status: 403 });
  const typed = typedIn.get(request) ?? {};
  if (request.method !== "GET" && error instanceof Invalid) {
    return data<Refusal>({ problems: error.problems, typed }, { status: 422 });
  }
  if (request.method !== "GET" && error instanceof Conflict) {
    return data<Refusal>({ problems: { "": error.reason }, typed, values: error.values }, { status: 409 });
  }
  if (error instanceof Conflict) throw new Response(null, { status: 409 });
  // Whoever asked has gone, and the work with them: there is nobody to tell, and nothing failed.
  if (request.signal.aborted) throw new Response(null, { status: 499 });
  log().error({ err: error }, "request failed");
  throw error;
}

const secretFields = /password|code|token/i;
/** What a request's form held, so that a refusal can give it back: nothing typed is lost. */
const typedIn = new WeakMap<Request, Refusal["typed"]>();

/**
 * Reads the form and checks it against the schema. Messages in the schema are reasons (keys of the problem sentences).
 * Throws Invalid with one reason a field; what was typed goes back to the form, except secrets.
 */
export async function form<Schema extends z.ZodType>(request: Request, schema: Schema): Promise<z.infer<Schema>> {
  const sent = await fieldsOf(request);
  typedIn.set(request, withoutSecrets(sent));
  const submission = parseWithZod(sent, { schema });
  if (submission.status === "success") return submission.value;
  const problems: Record<string, string> = {};
  for (const [field, reasons] of Object.entries(submission.error ?? {})) {
    if (reasons?.[0]) problems[field] = reasons[0];
  }
  throw new Invalid(problems);
}

/** As our pages name their fields: `reason`, `names.zh-Hans`. */
const fieldName = /^[A-Za-z][A-Za-z0-9]{0,40}(\.[A-Za-z][A-Za-z0-9_-]{0,40})?$/;
const mostFields = 1_000;

/**
 * The fields of the form that a page of ours can have sent; others are left out. The reader below makes a list as long
 * as a name says, and `roles[99999999]` would cost the process its memory. What is no form is a bad request.
 */
async function fieldsOf(request: Request): Promise<FormData> {
  const sent = await request.formData().catch(() => null);
  const names = [...(sent?.keys() ?? [])];
  if (!sent || names.length > mostFields) throw new Response(null, { status: 400 });
  for (const name of names) if (!fieldName.test(name)) sent.delete(name);
  return sent;
}

function withoutSecrets(sent: FormData): Refusal["typed"] {
  const typed: Refusal["typed"] = {};
  for (const field of new Set(sent.keys())) {
    if (secretFields.test(field)) continue;
    const values = sent.getAll(field).filter((value): value is string => typeof value === "string");
    typed[field] = values.length > 1 ? values : (values[0] ?? "");
  }
  return typed;
}

/** Where a request comes from, for the record and for counting tries. The address is the trusted proxy's word, or the socket's. */
export function originOf(request: Request, context: unknown): { address: string; device: string } {
  const { clientAddress } = (context ?? {}) as { clientAddress?: string };
  return { address: clientAddress ?? "unknown", device: deviceOf(request.headers.get("User-Agent") ?? "") };
}

/** "Firefox on Windows": enough for a person to know the own devices. */
function deviceOf(agent: string): string {
  const browser = /Edg\//.test(agent) ? "Edge" : (/(Firefox|Chrome|Safari)\//.exec(agent)?.[1] ?? "Browser");
  const system =
    /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(agent)?.[1]?.replace("Mac OS X", "macOS") ?? "unknown system";
  return `${browser} · ${system}`;
}

/** A file to keep. Names are made of references, so they need no escaping. */
export function fileResponse(bytes: Uint8Array, { name, type }: { name: string; type: string }): Response {
  return new Response(Uint8Array.from(bytes), {
    headers: {
      "Content-Type": type,
      "Content-Length": String(bytes.byteLength),
      "Content-Disposition": `attachment; filename="${name}"`,
      "Cache-Control": "no-store",
    },
  });
}

/** Rows as a file that spreadsheets open. A cell that begins like a formula must not become one there. */
export function csvResponse(
  rows: object[],
  { name, columns }: { name: string; columns: Options["columns"] },
): Response {
  const spreadsheet = { bom: true, escape_formulas: true, record_delimiter: "windows" } as const;
  const csv = stringify(rows, { header: true, columns, ...spreadsheet });
  return fileResponse(Buffer.from(csv), { name, type: "text/csv; charset=utf-8" });
}

import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { expect, test } from "vitest";
import { checks } from "#app/i18n/english/checks.ts";

// What the linter has no rule for: who may open the database, which packages have one door, and directions.

type Source = { path: string; text: string };

const sources: Source[] = ["app", "collab-server", "prisma"]
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)))
  .map((path) => path.split(sep).join("/"))
  .filter((path) => /\.(ts|tsx)$/.test(path) && !path.startsWith("prisma/client/"))
  .map((path) => ({ path, text: readFileSync(path, "utf8") }));

/** Files whose text has a match, without those that may. */
function offenders(pattern: RegExp, may: (path: string) => boolean = () => false): string[] {
  return sources.filter(({ path, text }) => pattern.test(text) && !may(path)).map(({ path }) => path);
}

function under(...places: string[]): (path: string) => boolean {
  return (path) => places.some((place) => path === place || (place.endsWith("/") && path.startsWith(place)));
}

test("the database is opened only behind change, view, sessions, the audit and the edit history", () => {
  const door = /import \{[^}]*\b(?:database|pool)\b[^}]*\} from "[^"]*database\.server\.ts"/;
  const may = under(
    "app/platform/",
    "app/web.ts",
    "app/domain/change.server.ts",
    "app/domain/view.server.ts",
    "app/domain/accounts/session.server.ts",
    "app/domain/accounts/sign-in.server.ts",
    // Counting tries must outlive the transaction of the try itself.
    "app/domain/accounts/attempts.server.ts",
    // A question is spent whatever comes of its answer, also when the act is undone.
    "app/domain/accounts/challenges.server.ts",
    // Sealing under another key changes nothing that anybody did.
    "app/domain/accounts/secrets.server.ts",
    "app/domain/audit/",
    "app/domain/documents/history.server.ts",
    "app/domain/documents/appending.server.ts",
    "app/domain/documents/recording.server.ts",
    "app/domain/documents/admission.server.ts",
    // Writes down what the clock did; nobody did it, so nobody is asked.
    "app/domain/lifecycle/ends.server.ts",
    // Makes the seal that an authority outside could not give while somebody asked; the system enters it in the trail.
    "app/domain/signing/waiting-seals.server.ts",
    // Asks again for every open board before it tells anything.
    "app/domain/tasks/live.server.ts",
    "prisma/",
  );
  expect(offenders(door, may)).toEqual([]);
  expect(offenders(/prisma\/client\//, under("app/platform/database.server.ts"))).toEqual([]);
});

test("nobody signs but through the step-up: the password alone is for the past of the demonstration", () => {
  const may = under(
    "app/domain/signing/step-up.server.ts",
    "app/domain/signing/signing.server.ts",
    "app/domain/signing/paper-check.server.ts",
    "prisma/",
  );
  expect(offenders(/\b(?:signDocument|confirmPaper|passwordAlone)\b/, may)).toEqual([]);
});

test("packages with one door are imported there alone", () => {
  expect(offenders(/from "lucia"/, under("app/domain/accounts/session.server.ts"))).toEqual([]);
  // Its place was taken by @tiptap/y-tiptap; both in one page would be two bindings to one text.
  expect(offenders(/from "y-prosemirror/)).toEqual([]);
});

test("bytes from outside never meet the V2 functions of Yjs, which can be made to run for ever (yjs#687)", () => {
  const called =
    /\b(?:applyUpdate|mergeUpdates|diffUpdate|decodeUpdate|encodeStateVectorFromUpdate|readUpdate)V2\s*[(,]/;
  expect(offenders(called)).toEqual([]);
});

test("what runs in the browser imports from the server at most types", () => {
  const fromServer = /^import (?!type\b)[^;]*from "[^"]*\.server\.tsx?"/m;
  const browser = sources.filter(({ path }) => under("app/ui/", "app/editor/", "app/i18n/")(path));
  expect(browser.filter(({ text }) => fromServer.test(text)).map(({ path }) => path)).toEqual([]);
});

test("the library that checks forms stays on the server: no part of a page reaches it", () => {
  const byPath = new Map(sources.map((source) => [source.path, source.text]));
  const imported = /^(?:import|export) (?!type\b)[^;]*?from "([^"]+)"|\bimport\("([^"]+)"\)/gm;
  const imports = (path: string) =>
    [...(byPath.get(path) ?? "").matchAll(imported)].map(([, atOnce, later]) => {
      const name = (atOnce ?? later) as string;
      if (name.startsWith("#app/")) return name.replace("#app/", "app/");
      return name.startsWith(".") ? join(path, "..", name) : name;
    });
  const reached = new Map<string, string | null>(
    sources
      .filter(({ path }) => under("app/ui/", "app/editor/", "app/i18n/")(path) && !path.includes(".test."))
      .map(({ path }) => [path, null]),
  );
  for (const path of reached.keys()) for (const next of imports(path)) if (!reached.has(next)) reached.set(next, path);
  expect(reached.has("app/domain/checks/check.ts")).toBe(true);
  expect(reached.get("zod")).toBeUndefined();
});

test("nothing imports an entrance", () => {
  const routes = /from "(?:#app|\.\.?)\/(?:.*\/)?routes\//;
  expect(offenders(routes)).toEqual([]);
  expect(offenders(/from "#collab\//, under("collab-server/"))).toEqual([]);
});

test("words that not every page says are imported by each module that says them, else a page shows the bare key", () => {
  const areas = readdirSync("app/i18n/english").flatMap((file) => {
    const area = /^introduce\(\{ (\w+) \}\)/m.exec(readFileSync(`app/i18n/english/${file}`, "utf8"))?.[1];
    return area ? { file, area } : [];
  });
  expect(areas.map(({ area }) => area)).toContain("editor");
  const saying = sources.filter(({ path }) => under("app/ui/", "app/editor/", "app/routes/", "app/root.tsx")(path));
  const forgotten = saying.flatMap(({ path, text }) =>
    areas
      // A key: in t(...), or kept in a table of keys. Not the name of an action, which routes declare.
      .filter(({ area }) => new RegExp(`(?<!(?:signedIn|inJit)\\()["\`]${area}\\.[\\w$]`).test(text))
      .filter(({ file }) => !text.includes(`import "#app/i18n/english/${file}";`))
      .map(({ area }) => `${path}: ${area}`),
  );
  expect(forgotten).toEqual([]);
});

test("class names and styles name no physical direction, so that every page also reads from the right", () => {
  const tailwind =
    /["'`\s](?:-?(?:ml|mr|pl|pr|left|right|border-[lr]|rounded-(?:[lr]|[tb][lr]))-[\w[]|text-(?:left|right)\b)/;
  const found = sources
    .filter(({ path }) => path.endsWith(".tsx"))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/className=(?:"[^"]*"|\{[^}]*\})/g)]
        .filter(([name]) => tailwind.test(name))
        .map(([name]) => `${path}: ${name}`),
    );
  expect(found).toEqual([]);
});

test("every page declares who may open it", () => {
  const routes = sources.filter(({ path }) => path.startsWith("app/routes/"));
  const undeclared = routes.filter(
    ({ text }) =>
      [...text.matchAll(/export const (?:loader|action)\b[^=]*= *(\w+)/g)].some(
        ([, made]) => !["anyone", "signedIn", "inJit", "Object"].includes(made as string),
      ) || /export (?:async )?function (?:loader|action)\b/.test(text),
  );
  expect(undeclared.map(({ path }) => path)).toEqual([]);
});

test("every sentence of a check has a case that fails, and every rule one in which it holds", () => {
  const { text = "" } = sources.find(({ path }) => path === "app/domain/checks/check.test.ts") ?? {};
  // Each case states the sentence that it must raise; the same case run without its fault must raise none.
  const said = new Set([...text.matchAll(/\bsays: "(V[\w-]+)"/g)].map(([, sentence]) => sentence));
  expect(Object.keys(checks.sentences).filter((sentence) => !said.has(sentence))).toEqual([]);
  expect(text).toContain("expect(sentencesOf(changedBy(holds), rule)).toEqual([]);");
});

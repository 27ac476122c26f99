import { searchLibrary } from "#app/domain/templates/library.server.ts";
import { questionIn } from "#app/domain/templates/library.ts";
import { foundClause } from "#app/domain/templates/library-found.ts";
import { topicTitles } from "#app/domain/templates/library-topics.ts";
import { signedIn } from "#app/http.server.ts";

// Asked by the editor: what it may insert, in the language of the text. Retired clauses are never offered.
export const loader = signedIn("library.read", async ({ actor, me, request }) => {
  const parameters = new URL(request.url).searchParams;
  const { clauses, more } = await searchLibrary(actor, { ...questionIn(parameters), retired: false });
  const language = parameters.get("language") ?? "en";
  return Response.json({
    clauses: clauses.map((clause) => foundClause(clause, language)),
    more,
    topics: topicTitles(me.language),
  });
});

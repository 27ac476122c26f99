import { z } from "zod";
import { can } from "#app/domain/access.ts";
import {
  AgreeToClause,
  agreeToClause,
  listAgreed,
  TakeBackClause,
  takeBack,
} from "#app/domain/agreeing/agreeing.server.ts";
import { readChecking } from "#app/domain/checks/checking.server.ts";
import { getText } from "#app/domain/documents/document.server.ts";
import { form, inJit } from "#app/http.server.ts";

// Asked by the editor while it is open: who agrees to which clause, this party's say in it, and what the checks know.
export const loader = inJit("document.read", async ({ actor, jit, access, params }) => {
  const { id, state } = await getText(actor, jit.id, params.annex);
  const subject = { documentId: id, documentState: state, partyId: access.partyId };
  return Response.json({
    ...(await listAgreed(actor, { jit: jit.id, document: id })),
    checking: await readChecking(actor, { jit: jit.id, document: id }),
    own: access.partyId,
    mayAgree: can(access, "clause.agree", subject) === "yes",
  });
});

const Act = z.discriminatedUnion("act", [
  AgreeToClause.extend({ act: z.literal("agree") }),
  TakeBackClause.extend({ act: z.literal("takeBack") }),
]);

export const action = inJit("clause.agree", async ({ actor, jit, access, request, params }) => {
  const input = await form(request, Act);
  const { id } = await getText(actor, jit.id, params.annex);
  const step = { jit: jit.id, document: id, party: access.partyId ?? "" };
  if (input.act === "agree") await agreeToClause(actor, { ...step, clause: input.clause, digest: input.digest });
  else await takeBack(actor, { ...step, clause: input.clause });
  return null;
});

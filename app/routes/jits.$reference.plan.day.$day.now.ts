import { Conflict, Invalid } from "#app/domain/errors.ts";
import { readDay, SayForDay, sayForDay } from "#app/domain/plan/action-day.server.ts";
import { form, inJit } from "#app/http.server.ts";

// Asked by the page of a day of action while it is open: how the day stands, and to say a word for the own State. A page
// that was cut off must not be torn down by the answer, so this is not a navigation.
export const loader = inJit("plan.read", async ({ actor, jit, params }) =>
  Response.json(await readDay(actor, { jit: jit.id, day: params.day ?? "" })),
);

export const action = inJit("actionDay.decide", async ({ actor, jit, access, request, params }) => {
  const day = params.day ?? "";
  try {
    const said = await form(request, SayForDay);
    await sayForDay(actor, { ...said, jit: jit.id, day, party: access.partyId ?? "" });
  } catch (error) {
    if (error instanceof Invalid) return Response.json({ problems: error.problems }, { status: 422 });
    if (error instanceof Conflict) return Response.json({ problems: { "": error.reason } }, { status: 409 });
    throw error;
  }
  return Response.json(await readDay(actor, { jit: jit.id, day }));
});

import { Conflict, Invalid } from "#app/domain/errors.ts";
import { moveTask } from "#app/domain/tasks/moving.server.ts";
import { MoveTask } from "#app/domain/tasks/task-forms.ts";
import { form, inJit } from "#app/http.server.ts";

// Asked by the board itself: one card moves, and nothing else of the page is sent. Without script the page's own form does it.
export const action = inJit("task.move", async ({ actor, jit, request }) => {
  try {
    const input = await form(request, MoveTask);
    return Response.json(await moveTask(actor, { ...input, jit: jit.id }));
  } catch (error) {
    if (error instanceof Conflict) return Response.json({ problem: error.reason }, { status: 409 });
    if (error instanceof Invalid) return Response.json({ problem: "wrong-kind" }, { status: 422 });
    throw error;
  }
});

import { admitAll } from "#app/domain/documents/admission.server.ts";
import { signedIn } from "#app/http.server.ts";

/** More texts than one person keeps on a device. */
const most = 100;

/** Which of the texts that a device keeps its reader may still read, and at which epoch each is. */
export const loader = signedIn(null, async ({ actor, request }) => {
  const asked = [...new Set(new URL(request.url).searchParams.getAll("document").slice(0, most))];
  const admissions = await admitAll(asked.map((document) => ({ person: actor.personId, document })));
  const read = admissions.filter((admission) => typeof admission === "object");
  const epochs = Object.fromEntries(read.map(({ document, epoch }) => [document, epoch]));
  return Response.json({ person: actor.personId, epochs });
});

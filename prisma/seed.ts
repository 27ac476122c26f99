import { pathToFileURL } from "node:url";
import { hashPassword } from "#app/domain/accounts/password.server.ts";
import { appendEntry, platformLog } from "#app/domain/audit/entry.server.ts";
import { closeDatabase, database, queryOf } from "#app/platform/database.server.ts";
import { demonstrationPassword } from "./demonstration/accounts.ts";
import { giveMeetings } from "./demonstration/meetings.server.ts";
import { addCast } from "./demonstration/people.server.ts";
import { givePlan } from "./demonstration/plan.server.ts";
import { writeAgreed, writeSaiga } from "./demonstration/saiga.server.ts";
import { close, conclude, daysAgo, draft, gather } from "./demonstration/story.server.ts";
import { giveTasks } from "./demonstration/tasks.server.ts";
import { harmattan, saiga, silkLedger } from "./demonstration/teams.ts";
import { recordTreaties } from "./demonstration/treaties.server.ts";

/** Many rows at once, on a machine that may be busy with its first start. */
const patient = { timeout: 120_000 };

/**
 * Puts the three exercise teams into an empty database, through the functions a user would call, each at its own time.
 * Must run as the owner of the database: only for the owner does the trail follow a moved clock.
 */
export async function seedDemonstration(): Promise<void> {
  const passwordHash = await hashPassword(demonstrationPassword);
  const cast = await daysAgo(700, () =>
    database().$transaction(async (tx) => {
      const added = await addCast(tx, passwordHash);
      await appendEntry(queryOf(tx), platformLog, {
        actor: "system",
        action: "person.add",
        facts: { demonstration: true },
      });
      return added;
    }, patient),
  );

  await recordTreaties(cast);

  const negotiated = await gather(cast, saiga);
  const text = await draft(cast, negotiated, 36, "P12M");
  await writeSaiga(cast, { jit: negotiated.jit, document: text });
  await giveTasks(cast, "SAIGA", negotiated, 5);
  await givePlan(cast, negotiated, 3);

  const running = await gather(cast, harmattan);
  const signed = await draft(cast, running, 400, "P12M");
  await daysAgo(360, () => writeAgreed(cast, harmattan, { jit: running.jit, document: signed }));
  await conclude(cast, harmattan, { ...running, document: signed }, 346);
  await giveTasks(cast, "HARMATTAN", running, 20);
  await giveMeetings(cast, running);

  const ended = await gather(cast, silkLedger);
  const archived = await draft(cast, ended, 630, "P15M");
  await daysAgo(600, () => writeAgreed(cast, silkLedger, { jit: ended.jit, document: archived }));
  await conclude(cast, silkLedger, { ...ended, document: archived }, 585);
  await giveTasks(cast, "SILK LEDGER", ended, 200);
  await close(cast, silkLedger, { ...ended, document: archived }, 120, 30);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await seedDemonstration().finally(closeDatabase);
}

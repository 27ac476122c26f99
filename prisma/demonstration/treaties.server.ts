import { recordTreatyStatus } from "#app/domain/law/treaty-status.server.ts";
import type { Declarations } from "#app/domain/law/treaty-status.ts";
import { now } from "#app/platform/clock.ts";
import type { Cast } from "./people.server.ts";
import { daysAgo } from "./story.server.ts";

/** Written for the exercise: days and words are not those of the depositary. */
const source = "Exercise data, not looked up anywhere. For real work, look it up in the UN Treaty Collection.";

/** The States of SAIGA. Two of them have declared something on the settlement of disputes, for the exercise (V06). */
const treaties: { state: string; inForceOn: string; declarations: Declarations }[] = [
  { state: "KZ", inForceOn: "2010-01-01", declarations: {} },
  {
    state: "CN",
    inForceOn: "2010-01-01",
    declarations: { disputes: "(exercise) China is not bound by article 35, paragraph 2." },
  },
  {
    state: "EG",
    inForceOn: "2010-01-01",
    declarations: { disputes: "(exercise) Egypt is not bound by article 35, paragraph 2." },
  },
  { state: "NL", inForceOn: "2010-01-01", declarations: {} },
];

/** Recorded so long ago that it should be looked up again (V03). */
export function recordTreaties(cast: Cast): Promise<void> {
  return daysAgo(400, async () => {
    const lookedUpOn = now().toISOString().slice(0, 10);
    for (const treaty of treaties) {
      await recordTreatyStatus(cast.actor("admin"), { ...treaty, party: "yes", source, lookedUpOn, seen: 0 });
    }
  });
}

import { decisionReference } from "#app/domain/decisions/decision.ts";
import { downloadDecisions } from "#app/domain/decisions/decisions.server.ts";
import { meetingReference } from "#app/domain/meetings/meeting.ts";
import { csvResponse, inJit } from "#app/http.server.ts";

const columns = [
  "number",
  "topic",
  "decision",
  "reason",
  "decided_by_states",
  "decided_by_persons",
  "dissent",
  "decided_on",
  "time_zone",
  "clauses",
  "tasks",
  "meeting",
  "corrects",
];

/** The log as a file, the latest decision first. Taking it away is itself an entry in the trail. */
export const loader = inJit("decision.download", async ({ actor, jit }) => {
  const rows = (await downloadDecisions(actor, jit.id)).map((one) => ({
    number: decisionReference(one.number),
    topic: one.topic,
    decision: one.words,
    reason: one.reason,
    decided_by_states: one.states.join(", "),
    decided_by_persons: one.people.join(", "),
    dissent: one.dissent,
    decided_on: one.decidedOn,
    time_zone: one.timeZone,
    clauses: one.clauses.join(", "),
    tasks: one.tasks.join(", "),
    meeting: one.meeting === null ? "" : meetingReference(one.meeting.number),
    corrects: one.corrects === null ? "" : decisionReference(one.corrects),
  }));
  return csvResponse(rows, { name: `${jit.reference}-decisions.csv`, columns });
});

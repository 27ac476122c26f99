import { randomUUID } from "node:crypto";
import { DecisionFields } from "#app/domain/decisions/decision-forms.ts";
import { recordDecision } from "#app/domain/decisions/decisions.server.ts";
import { CallMeeting } from "#app/domain/meetings/meeting-forms.ts";
import { callMeeting, changeMeeting } from "#app/domain/meetings/meetings.server.ts";
import { approveMinutes, beginMinutes, correctMinutes, readWritten } from "#app/domain/meetings/minutes.server.ts";
import { sayForDay } from "#app/domain/plan/action-day.server.ts";
import { rowForm } from "#app/domain/plan/row-forms.ts";
import { addRow } from "#app/domain/plan/rows.server.ts";
import { approvePlan, readStanding } from "#app/domain/plan/versions.server.ts";
import type { Colleague, Team } from "./team.ts";

type Led = Team & { leaders: { kz: Colleague; eg: Colleague } };

/**
 * What a team does while it runs: M-01 is called and changed, its minutes approved, corrected and approved again, D-01
 * taken in it; the plan becomes version 1 with a line of inquiry and a day of action, for which one leader says go.
 */
export async function runTeam(team: Led): Promise<void> {
  const { jit, leaders, parties } = team;
  const meeting = { jit, meeting: "M-01" };
  const said = { start: "2026-11-02T10:00", end: "2026-11-02T11:30", timeZone: "Africa/Cairo" };
  await callMeeting(leaders.kz, {
    ...CallMeeting.parse({ ...said, title: "Coordination call", agenda: "Phones\nMoney", invited: [] }),
    jit,
  });
  await changeMeeting(leaders.eg, { ...meeting, edition: 1, fields: { place: "Cairo" } });
  await beginMinutes(leaders.kz, meeting);
  for (const version of [1, 2]) {
    if (version === 2) await correctMinutes(leaders.kz, { ...meeting, reason: "A word is missing" });
    const { digest } = await readWritten(leaders.kz, meeting);
    await approveMinutes(leaders.eg, { ...meeting, digest });
  }
  const decided = {
    topic: "Hearing",
    words: "In Almaty",
    reason: "The witness lives there",
    dissent: "Egypt: too far",
  };
  await recordDecision(leaders.kz, {
    ...DecisionFields.parse({
      ...{ ...decided, start: "2026-11-02T10:30", timeZone: "Africa/Cairo", parties: parties.kz, meeting: "M-01" },
    }),
    jit,
  });
  const row = { handling: "OPEN-JIT", status: "open", danger: "low" };
  await addRow(leaders.kz, { jit, kind: "line", fields: rowForm("line").parse({ ...row, title: "Money" }) });
  const step = { ...row, title: "Entry", at: "2099-12-03T05:00", timeZone: "Asia/Almaty", party: parties.kz };
  await addRow(leaders.kz, { jit, kind: "dayStep", fields: rowForm("dayStep").parse(step) });
  const { digest } = await readStanding(leaders.kz, jit);
  for (const state of ["kz", "eg"] as const) await approvePlan(leaders[state], { jit, party: parties[state], digest });
  const word = { word: "go", reason: "", key: randomUUID() } as const;
  await sayForDay(leaders.kz, { jit, day: "2099-12-03", party: parties.kz, ...word });
}

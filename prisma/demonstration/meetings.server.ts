import * as Y from "yjs";
import { DecisionFields } from "#app/domain/decisions/decision-forms.ts";
import { recordDecision } from "#app/domain/decisions/decisions.server.ts";
import { textName } from "#app/domain/documents/text.ts";
import type { Attendance } from "#app/domain/meetings/meeting.ts";
import { CallMeeting } from "#app/domain/meetings/meeting-forms.ts";
import { callMeeting, changeMeeting } from "#app/domain/meetings/meetings.server.ts";
import { approveMinutes, beginMinutes, openMinutes, readWritten } from "#app/domain/meetings/minutes.server.ts";
import { readBoardFrame } from "#app/domain/tasks/reading.server.ts";
import { AddTask } from "#app/domain/tasks/task-forms.ts";
import { addTask } from "#app/domain/tasks/tasks.server.ts";
import { now } from "#app/platform/clock.ts";
import told from "./meetings.json" with { type: "json" };
import people from "./people.json" with { type: "json" };
import type { Cast } from "./people.server.ts";
import { write } from "./saiga.server.ts";
import { daysAgo } from "./story.server.ts";

/** Noon in Madrid is in the office hours of Dakar, Banjul and Praia too, in winter and in summer. */
const [begins, ends, timeZone] = ["12:00", "13:30", "Europe/Madrid"];
const day = 86_400_000;

/** The first working day from so many days before today, backwards; how many days before today it is. */
function workingDay(daysBefore: number): { date: string; daysBefore: number } {
  const at = new Date(now().getTime() - daysBefore * day);
  const weekend = [0, 6].includes(at.getUTCDay());
  return weekend ? workingDay(daysBefore + 1) : { date: at.toISOString().slice(0, 10), daysBefore };
}

/** A meeting that was held, with its approved minutes, what was decided and what is to be done; and one to come. */
export async function giveMeetings(cast: Cast, { jit, founder }: { jit: string; founder: string }): Promise<void> {
  const actor = cast.actor(founder);
  const { members, parties } = await readBoardFrame(actor, jit);
  const memberOf = (login: string) => {
    const name = people.find((person) => person.login === login)?.latinName;
    return members.find(({ latinName }) => latinName === name)?.id ?? "";
  };
  const partyOf = (state: string) => parties.find((one) => one.state === state)?.id ?? "";
  const [held, coming] = [workingDay(9), workingDay(-6)];
  const call = (meeting: { title: string; place: string; link: string; agenda: string[] }, date: string) =>
    callMeeting(actor, {
      ...CallMeeting.parse({
        ...{ ...meeting, agenda: meeting.agenda.join("\n"), timeZone },
        ...{ start: `${date}T${begins}`, end: `${date}T${ends}` },
        invited: Object.keys(told.held.attendance).map(memberOf),
      }),
      jit,
    });
  await daysAgo(held.daysBefore + 7, () => call(told.held, held.date));
  const meeting = { jit, meeting: "M-01" };
  // The day after: the clock of the story knows no hour, and nothing of a meeting is recorded before it is over.
  await daysAgo(held.daysBefore - 1, async () => {
    const attendance = Object.entries(told.held.attendance).map(([login, how]) => [memberOf(login), how as Attendance]);
    const fields = { attendance: Object.fromEntries(attendance), guests: told.held.guests };
    await changeMeeting(actor, { ...meeting, edition: 1, fields });
    await beginMinutes(actor, meeting);
    const { document } = await openMinutes(actor, meeting);
    for (const [login, item, words] of told.held.written as [string, number, string][])
      await write(cast, login, { jit, document }, (doc) => addWords(doc, item, words));
    for (const { states, at, ...decided } of told.decisions) {
      const said = { ...decided, parties: states.map(partyOf), start: `${held.date}T${at}`, timeZone };
      await recordDecision(actor, { ...DecisionFields.parse({ ...said, meeting: "M-01" }), jit });
    }
    const { title, state, due } = told.task;
    const card = {
      title,
      party: partyOf(state),
      due: new Date(now().getTime() + due * day).toISOString().slice(0, 10),
    };
    const links = { meeting: "M-01", decision: "D-02" };
    await addTask(actor, {
      ...AddTask.parse({ ...card, ...links, timeZone: "UTC", priority: "high", handling: "OPEN-JIT" }),
      jit,
    });
  });
  await daysAgo(held.daysBefore - 2, async () => {
    const { digest } = await readWritten(actor, meeting);
    await approveMinutes(actor, { ...meeting, digest });
  });
  await daysAgo(3, () => call(told.coming, coming.date));
}

/** The first words go into the empty paragraph that stands there, others below. */
function addWords(doc: Y.Doc, item: number, words: string): void {
  const clause = doc.getXmlFragment(textName("en")).get(item) as Y.XmlElement;
  const last = clause.get(clause.length - 1) as Y.XmlElement;
  if (last.length === 0) {
    last.insert(0, [new Y.XmlText(words)]);
    return;
  }
  const paragraph = new Y.XmlElement("paragraph");
  paragraph.setAttribute("id", `${last.getAttribute("id")}-${clause.length}`);
  paragraph.insert(0, [new Y.XmlText(words)]);
  clause.insert(clause.length, [paragraph]);
}

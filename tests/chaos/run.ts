import { createHash } from "node:crypto";
import * as Y from "yjs";
import { between } from "./draw.ts";
import type { Editor } from "./editor.ts";
import { type Counts, strike } from "./faults.ts";
import { drawSteps, type Mix } from "./plan.ts";
import { judge, type Verdict } from "./verdict.ts";
import { makeWorld, type Scale, type World } from "./world.ts";

export type Course = Scale & {
  mix: Mix;
  /** ends after so many kills and network schedules, or after so many minutes */
  kills: number;
  networks: number;
  minutes: number;
  tell?: (line: string) => void;
  /** ends early; what was done till then is judged */
  stopped?: AbortSignal;
};
export type Result = Verdict & {
  counts: Counts;
  kills: number;
  networks: number;
  replayed: number;
  saved: number;
  reloads: number;
  /** honest people sent away for good; servers that ended by themselves; people whose line never came to rest */
  sentAway: string[];
  fell: string[];
  restless: string[];
  /** kills before which nothing had been saved since the fault before */
  early: number;
  steps: number;
  /** of the steps that were drawn: two runs of a seed begin alike */
  schedule: string;
};

/** Typing that is not shown as saved for so long after a fault is worth a line. */
const slowMs = 5_000;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Lets everybody type while the schedule of the seed is carried out, then waits for quiet and judges. */
export async function runChaos(course: Course): Promise<Result> {
  const world = await makeWorld(course);
  course.tell?.("everything runs");
  try {
    const typing = startTyping(world);
    const outsiders = world.outsiders.map((outsider) => outsider.run());
    const told = await carryOut(world, course);
    await typing.stop();
    for (const outsider of world.outsiders) outsider.stop();
    await Promise.all(outsiders);
    course.tell?.("all faults are over");
    const restless = await comeToRest(world);
    course.tell?.("all is quiet");
    const verdict = await judge(world);
    return { ...verdict, ...told, ...figuresOf(world), restless };
  } catch (error) {
    course.tell?.(`the run itself failed: ${(error as Error).stack}`);
    throw error;
  } finally {
    await world.close();
  }
}

function startTyping(world: World): { stop(): Promise<void> } {
  let stopped = false;
  const typists = world.editors.map(async (editor) => {
    while (!stopped) {
      editor.type();
      await pause(between(world.draw, 30, 350));
    }
  });
  return {
    stop: async () => {
      stopped = true;
      await Promise.all(typists);
    },
  };
}

async function carryOut(world: World, course: Course) {
  const { seed, mix, kills, networks, minutes, nodes, tell, stopped } = course;
  const counts: Counts = new Map();
  const digest = createHash("sha256");
  const until = Date.now() + minutes * 60_000;
  let savedBefore = savedBy(world.editors);
  let steps = 0;
  let early = 0;
  let before = "the start";
  const enough = () => killsIn(counts) >= kills && networksIn(counts) >= networks;
  for (const step of drawSteps(seed, { editors: world.editors.length, nodes }, mix)) {
    if (enough() || Date.now() > until || stopped?.aborted) break;
    digest.update(JSON.stringify(step));
    steps++;
    const since = Date.now();
    if (step.saves > 0 && !(await waitFor(() => savedBy(world.editors) >= savedBefore + step.saves, 40_000))) early++;
    const waited = Date.now() - since;
    if (waited > slowMs) tell?.(`${(waited / 1_000).toFixed(1)} s until step ${steps}, after ${before}`);
    await pause(step.ms);
    await strike(world, step.fault, counts);
    before = JSON.stringify(step.fault);
    if (step.saves > 0) savedBefore = savedBy(world.editors);
    if (steps % 25 === 0)
      tell?.(`step ${steps}, kills ${killsIn(counts)}, networks ${networksIn(counts)}, saved ${savedBefore}`);
  }
  return {
    counts,
    kills: killsIn(counts),
    networks: networksIn(counts),
    early,
    steps,
    schedule: digest.digest("hex").slice(0, 16),
  };
}

/** All faults end; returns those whose text is not shown as saved in two minutes. */
async function comeToRest(world: World): Promise<string[]> {
  for (const way of [...world.ways, world.database]) way.heal();
  await world.redis?.calm();
  // A clock that is wrong may keep people out; what is judged is what was stored.
  await Promise.all(world.collabs.map((node) => node.kill()));
  for (const node of world.collabs) node.start();
  await Promise.all(world.collabs.map((node) => node.ready()));
  await world.postgres.answering(world.stage.owner);
  await waitFor(() => world.editors.every(({ settled }) => settled), 120_000);
  // What others wrote last is still on its way when one's own is saved.
  await waitFor(() => new Set(world.editors.map(replica)).size === world.stage.desks.length, 20_000, 250);
  // Without Redis nodes do not know each other's people.
  const alone = () => world.editors.filter((editor) => world.redis && !seesAll(editor, world.editors));
  // Nodes say who is there when Redis is back, and every ten seconds.
  await waitFor(() => alone().length === 0, 30_000, 250);
  return [...world.editors.filter(({ settled }) => !settled), ...alone()].map(({ state }) => state);
}

/** Alike for those who hold the same of one text. */
function replica({ doc, document }: Editor): string {
  return document + Buffer.from(Y.encodeSnapshot(Y.snapshot(doc))).toString("base64");
}

/** Whether the list of people beside the text holds everyone who has it open, at whichever node. */
function seesAll({ people, document }: Editor, all: readonly Editor[]): boolean {
  return all.every((other) => other.document !== document || people.has(other.person));
}

function figuresOf({ editors, ways, collabs, web }: World) {
  return {
    saved: savedBy(editors),
    reloads: editors.reduce((all, { reloads }) => all + reloads, 0),
    replayed: ways.reduce((all, { replayed }) => all + replayed, 0),
    sentAway: editors.flatMap(({ sentAway }) => sentAway),
    fell: [...collabs, web].flatMap((server) => server?.falls ?? []),
  };
}

async function waitFor(holds: () => boolean, limit: number, every = 10): Promise<boolean> {
  const end = Date.now() + limit;
  while (!holds()) {
    if (Date.now() > end) return false;
    await pause(every);
  }
  return true;
}

const sum = (counts: Counts, prefix: string) =>
  [...counts].reduce((all, [name, times]) => (name.startsWith(prefix) ? all + times : all), 0);
const killsIn = (counts: Counts) => sum(counts, "kill: ");
const networksIn = (counts: Counts) => sum(counts, "network: ");
const savedBy = (editors: Editor[]) => editors.reduce((all, { savedOperations }) => all + savedOperations, 0);

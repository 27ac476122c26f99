export type Wire = "plain" | "hocuspocus";
export type Contestant = {
  name: string;
  program: string;
  wire: Wire;
  /** `memory`: nothing is kept. `after`: sends, then stores. `first`: stores, then sends. */
  storing: "memory" | "after" | "first";
};

const y = { program: "tests/bench/collab/y-websocket.ts", wire: "plain" } as const;
const hocuspocus = { program: "tests/bench/collab/hocuspocus.ts", wire: "hocuspocus" } as const;

export const ours: Contestant = { name: "ours", program: "collab-server/main.ts", wire: "plain", storing: "first" };
export const opponents: Contestant[] = [
  { name: "y memory", ...y, storing: "memory" },
  { name: "hocus memory", ...hocuspocus, storing: "memory" },
  { name: "y after", ...y, storing: "after" },
  { name: "hocus after", ...hocuspocus, storing: "after" },
  { name: "y first", ...y, storing: "first" },
  { name: "hocus first", ...hocuspocus, storing: "first" },
];

export const everyone = [ours, ...opponents];
export const inMemory = [ours, ...opponents.filter(({ storing }) => storing === "memory")];
export const sendingFirst = [ours, ...opponents.filter(({ storing }) => storing === "after")];
export const withoutFirst = [ours, ...opponents.filter(({ storing }) => storing !== "first")];

/** Not a server, and in no target: the least that sending a text to so many takes here. */
export const bare: Contestant = {
  name: "bare frame",
  program: "tests/bench/collab/bare.ts",
  wire: "plain",
  storing: "memory",
};

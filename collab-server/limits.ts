const KiB = 1024;
const MiB = 1024 * KiB;

/** Every bound of the server in one place. Codes: 4400–4499 stop a client for good, 4500 and above let it come back. */
export const limits = {
  /** bytes of one update; a larger frame is still read, so that its sender is told why (ws itself only says 1009) */
  updateBytes: MiB,
  frameBytes: 8 * MiB,
  clientsPerUpdate: 64,
  structsPerUpdate: 200_000,
  clock: 2 ** 31,
  erasedLength: 1_000_000,
  /** encoded state of one document */
  documentBytes: 8 * MiB,
  /** a text up to this size is kept as bytes alone when nobody has written in it for so long */
  restBytes: 2 * MiB,
  restMs: 30_000,
  fieldBytes: 64 * KiB,
  /** keys: one for each cell of a table, and one for each row; editors stop at 200 rows a table */
  fields: 20_000,
  /** the copy on which an update is tried out first */
  trialMs: 250,
  /** more time for more bytes: 300 KiB that somebody pasted cost a thread that has just begun a quarter of a second */
  trialMsPerKiB: 2,
  trialHeapMiB: 256,
  /** more than texts that are written in at once: past it each update would make its copy anew */
  trialDocuments: 400,
  trialBytes: 16 * MiB,
  trialGrowth: 2 * MiB,
  /** what the copy was not asked about and learns before its next question; past it the copy is made anew */
  trialUntold: 64 * KiB,
  /** a batch of letters that need no copy: bytes, and structs looked at */
  typingBytes: 32 * KiB,
  typingStructs: 2_000,
  /** one commit */
  batchUpdates: 500,
  batchBytes: 2 * MiB,
  /** waiting for the database: readers of sockets pause, then writers are sent away */
  queuePauseBytes: 2 * MiB,
  queueBytes: 8 * MiB,
  stalledMs: 10_000,
  /** one socket that does not read */
  bufferedForPresence: MiB,
  buffered: 8 * MiB,
  /** token buckets of one connection */
  updatesPerSecond: 60,
  updatesBurst: 600,
  bytesPerSecond: 256 * KiB,
  bytesBurst: 8 * MiB,
  questionsPerSecond: 2,
  questionsBurst: 20,
  cursorsPerSecond: 20,
  cursorsBurst: 40,
  cursorBytes: 4 * KiB,
  cursorBatchMs: 50,
  cursorSilenceMs: 30_000,
  /** connections */
  perDocument: 300,
  perPersonAndDocument: 20,
  perPerson: 60,
  perAddress: 1_000,
  upgradesPerSecond: 30,
  upgradesBurst: 400,
  /** questions without an answer that fits, and frames that wait for one */
  resyncs: 5,
  owedFrames: 1_000,
  heartbeatMs: 10_000,
  /** so often the database is asked what other nodes stored */
  standingsMs: 1_000,
  leaseMs: 30_000,
  /** a room without people stays this long, for whoever reloads the page */
  lingerMs: 60_000,
  auditMs: 10_000,
  auditUpdates: 200,
  snapshotRows: 1_000,
  snapshotBytes: 256 * KiB,
  drainMs: 12_000,
};

/** Why a socket was closed. `reason` is what the client sees beside the code. */
export const closings = {
  restart: { code: 1012, reason: "restart" },
  malformed: { code: 4400, reason: "malformed" },
  signedOut: { code: 4401, reason: "session" },
  access: { code: 4403, reason: "access" },
  /** the person may read but not write: frozen, or a lower role. What was not stored is still in the browser. */
  readOnly: { code: 4403, reason: "read-only" },
  gone: { code: 4404, reason: "gone" },
  notYours: { code: 4409, reason: "not-yours" },
  rebuilt: { code: 4409, reason: "rebuilt" },
  tooLarge: { code: 4413, reason: "too-large" },
  resync: { code: 4500, reason: "resync" },
  storage: { code: 4503, reason: "storage" },
  unchecked: { code: 4503, reason: "unchecked" },
  slow: { code: 4508, reason: "slow" },
  roleChanged: { code: 4510, reason: "role-changed" },
  rate: { code: 4529, reason: "rate" },
} as const;
export type Closing = keyof typeof closings;

/**
 * So many a second, with a burst on top, in one number: when what was taken will have been caught up. Returns its next
 * value, or null when as much cannot be taken. A bucket of its own would cost each connection more than all else of it.
 */
export function takeFrom(caughtUp: number, perSecond: number, burst: number, amount = 1): number | null {
  const at = performance.now();
  const next = Math.max(at, caughtUp) + (amount * 1_000) / perSecond;
  return next - at > (burst * 1_000) / perSecond ? null : next;
}

/** The same for many keys, in one number for each: when it will have caught up. */
export class Buckets {
  private readonly caughtUp = new Map<string, number>();

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
  ) {}

  /** Takes one; false when the key's bucket holds none. */
  take(key: string): boolean {
    const next = takeFrom(this.caughtUp.get(key) ?? 0, this.perSecond, this.burst);
    if (next === null) return false;
    if (this.caughtUp.size > 100) this.forget(performance.now());
    this.caughtUp.set(key, next);
    return true;
  }

  private forget(at: number): void {
    for (const [key, then] of this.caughtUp) if (then <= at) this.caughtUp.delete(key);
  }
}

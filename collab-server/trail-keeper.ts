import type { Edition } from "#app/domain/documents/history.server.ts";
import { recordEditsNow } from "#app/domain/documents/recording.server.ts";
import { limits } from "./limits.ts";

/** Names in the trail what was stored: one entry an author for what was written in ten seconds or 200 updates. */
export class TrailKeeper {
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  /** What a crash left out of the trail is named now. */
  constructor(
    private readonly edition: Edition,
    private unrecorded: number,
  ) {
    if (unrecorded > 0) this.recordSoon();
  }

  /** True while the trail does not name all that is stored. */
  get behind(): boolean {
    return this.unrecorded > 0;
  }

  note(): void {
    this.unrecorded++;
  }

  recordSoon(): void {
    if (this.unrecorded >= limits.auditUpdates) void this.record();
    else this.timer ??= setTimeout(() => void this.record(), limits.auditMs);
  }

  async record(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.unrecorded <= 0) return;
    const before = this.unrecorded;
    this.unrecorded = 0;
    try {
      await recordEditsNow(this.edition);
    } catch {
      this.unrecorded += before;
      if (!this.stopped) this.timer ??= setTimeout(() => void this.record(), limits.auditMs);
    }
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }
}

import { countTypingAsActive } from "#app/domain/documents/history.server.ts";

/** Typing counts as activity of the session, at most once a minute. */
export class Activity {
  private readonly counted = new Map<string, number>();

  note(session: string | null): void {
    if (!session || Date.now() - (this.counted.get(session) ?? 0) < 60_000) return;
    this.counted.set(session, Date.now());
    countTypingAsActive(session).catch(() => this.counted.delete(session));
  }
}

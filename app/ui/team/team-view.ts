import type { JitOfMember } from "#app/domain/jits/jit.ts";
import type { Overview } from "#app/domain/jits/overview.ts";

/** What the parts of the overview are given: where the team stands, and what the reader may do now. */
export type TeamView = {
  jit: JitOfMember;
  overview: Overview;
  /** the reader's own party */
  own: string | null;
  zone: string;
  at: Date;
  may: {
    "jit.describe": boolean;
    "party.add": boolean;
    "document.start": boolean;
    "document.read": boolean;
    "document.finalise": boolean;
    "signing.open": boolean;
    "jit.proposeClosure": boolean;
    "jit.archive": boolean;
    /** ids of the parties the reader may invite to */
    invitesTo: string[];
    entersCaseOf: string[];
  };
};

import type { accounts } from "./english/accounts.ts";
import type { actionDay } from "./english/action-day.ts";
import type { actions } from "./english/actions.ts";
import type { admin } from "./english/admin.ts";
import type { agreeing } from "./english/agreeing.ts";
import type { audit } from "./english/audit.ts";
import type { checks } from "./english/checks.ts";
import type { decisions } from "./english/decisions.ts";
import type { documents } from "./english/documents.ts";
import type { editor } from "./english/editor.ts";
import type { home } from "./english/home.ts";
import type { imports } from "./english/imports.ts";
import type { jits } from "./english/jits.ts";
import type { library } from "./english/library.ts";
import type { lifecycle } from "./english/lifecycle.ts";
import type { lookUp } from "./english/look-up.ts";
import type { meetings } from "./english/meetings.ts";
import type { outside } from "./english/outside.ts";
import type { plan } from "./english/plan.ts";
import type { problems } from "./english/problems.ts";
import type { roles } from "./english/roles.ts";
import type { security } from "./english/security.ts";
import type { shell } from "./english/shell.ts";
import type { signing } from "./english/signing.ts";
import type { states } from "./english/states.ts";
import type { tasks } from "./english/tasks.ts";
import type { treatyStatus } from "./english/treaty-status.ts";

/** Words that almost every page says: with the product from the start. */
export type WordsOfEveryPage = {
  shell: typeof shell;
  jits: typeof jits;
  documents: typeof documents;
  signing: typeof signing;
  problems: typeof problems;
  actions: typeof actions;
  roles: typeof roles;
  states: typeof states;
};

/** Words that some pages say: whoever says them imports them (`introduce`). */
export type WordsOfSomePages = {
  actionDay: typeof actionDay;
  home: typeof home;
  accounts: typeof accounts;
  agreeing: typeof agreeing;
  library: typeof library;
  lifecycle: typeof lifecycle;
  lookUp: typeof lookUp;
  outside: typeof outside;
  editor: typeof editor;
  checks: typeof checks;
  audit: typeof audit;
  imports: typeof imports;
  admin: typeof admin;
  security: typeof security;
  tasks: typeof tasks;
  plan: typeof plan;
  decisions: typeof decisions;
  meetings: typeof meetings;
  treatyStatus: typeof treatyStatus;
};

/** Every visible word of the product, by area. English is the type of the other languages. */
export type English = WordsOfEveryPage & WordsOfSomePages;

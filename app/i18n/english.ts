import { accounts } from "./english/accounts.ts";
import { actions } from "./english/actions.ts";
import { admin } from "./english/admin.ts";
import { agreeing } from "./english/agreeing.ts";
import { audit } from "./english/audit.ts";
import { checks } from "./english/checks.ts";
import { documents } from "./english/documents.ts";
import { editor } from "./english/editor.ts";
import { exports } from "./english/exports.ts";
import { home } from "./english/home.ts";
import { imports } from "./english/imports.ts";
import { jits } from "./english/jits.ts";
import { library } from "./english/library.ts";
import { problems } from "./english/problems.ts";
import { roles } from "./english/roles.ts";
import { shell } from "./english/shell.ts";
import { signing } from "./english/signing.ts";
import { states } from "./english/states.ts";

/** Every visible word of the product, by area. English is the type of the other languages. */
export const english = {
  shell,
  home,
  accounts,
  jits,
  agreeing,
  library,
  documents,
  editor,
  checks,
  signing,
  audit,
  exports,
  imports,
  problems,
  actions,
  roles,
  states,
  admin,
} as const;

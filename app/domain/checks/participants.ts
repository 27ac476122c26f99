import { findField } from "../templates/agreement.ts";
import { type Finding, finding } from "./finding.ts";
import { cellOf, isEmpty, rowsOf, wordsOf } from "./rows.ts";
import type { Arrangement } from "./text-view.ts";

const nameOf = (row: { readonly bodyCode?: unknown }) => wordsOf(row.bodyCode) || "–";

/** V21: a body that takes part has its own annex A2, and has signed it. */
export function checkAnnexes({ fields }: Arrangement): Finding[] {
  return rowsOf(fields, "participants").flatMap((row) => {
    const reference = wordsOf(row.annexRef);
    if (/^A2(?:[-\u2011]\d+)?\s*\(signed\)$/i.test(reference)) return [];
    const place = cellOf(fields, "participants", row, "annexRef");
    return [finding("V21", "V21", { clause: "C11", values: { words: nameOf(row) }, place })];
  });
}

/** V22: a body has no right besides those that a participant can be given: never one to take measures. */
export function checkMandates({ fields }: Arrangement): Finding[] {
  const type = findField("participants")?.type;
  const rights = type?.kind === "table" ? type.columns.find((column) => column.name === "rights")?.type : undefined;
  const possible = new Set(rights?.kind === "choices" ? rights.options : []);
  return rowsOf(fields, "participants").flatMap((row) => {
    const beyond = (Array.isArray(row.rights) ? row.rights : []).map(String).filter((right) => !possible.has(right));
    if (beyond.length === 0) return [];
    const values = { words: nameOf(row), choices: { field: "rights", options: beyond } };
    const place = cellOf(fields, "participants", row, "rights");
    return [finding("V22", "V22", { clause: "C11", values, place })];
  });
}

const uploading = ["provide_analysis"];

/** V30: someone answers for the data of what outside bodies upload. */
export function checkController({ fields }: Arrangement): Finding[] {
  const foreseen = rowsOf(fields, "participants").filter(
    (row) => Array.isArray(row.rights) && row.rights.some((right) => (uploading as unknown[]).includes(right)),
  );
  if (foreseen.length === 0 || !isEmpty(fields.controllerForThirdPartyUploads)) return [];
  const words = foreseen.map(nameOf).join(", ");
  const at = { kind: "field", field: "controllerForThirdPartyUploads" } as const;
  return [finding("V30", "V30", { clause: "C16", values: { words }, place: at })];
}

import type { TFunction } from "i18next";
import { jits } from "#app/i18n/english/jits.ts";

/** What a person does at the authority: a known word in the reader's language, otherwise as it was entered. */
export function officeOf(t: TFunction, office: string): string {
  return isKnown(office) ? t(`jits.offices.${office}`) : office;
}

function isKnown(office: string): office is keyof typeof jits.offices {
  return Object.hasOwn(jits.offices, office);
}

import type { TFunction } from "i18next";
import { problems } from "./english/problems.ts";

/** The sentence for a reason of the domain; with the label of the field where the sentence knows how to say it. */
export function problemSentence(t: TFunction, reason: string, label?: string): string {
  const named = `${reason}Named`;
  if (label && known(named)) return t(`problems.${named}`, { label });
  return t(`problems.${known(reason) ? reason : "unknown"}`);
}

function known(reason: string): reason is keyof typeof problems {
  return Object.hasOwn(problems, reason);
}

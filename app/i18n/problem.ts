import type { TFunction } from "i18next";
import type { Finding } from "#app/domain/checks/finding.ts";
import { problems } from "./english/problems.ts";

/** What a sentence may name besides its field, and the findings that the page lists below it. */
export type ProblemValues = {
  readonly characters?: string;
  readonly circle?: string;
  readonly findings?: readonly Finding[];
};

/** The sentence for a reason of the domain; with the label of the field where the sentence knows how to say it. */
export function problemSentence(t: TFunction, reason: string, label?: string, values: ProblemValues = {}): string {
  const named = `${reason}Named`;
  const said = { label: label ?? "", characters: values.characters ?? "", circle: values.circle ?? "" };
  if (label && known(named)) return t(`problems.${named}`, said);
  return t(`problems.${known(reason) ? reason : "unknown"}`, said);
}

function known(reason: string): reason is keyof typeof problems {
  return Object.hasOwn(problems, reason);
}

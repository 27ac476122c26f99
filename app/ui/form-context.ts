import { createContext, useContext } from "react";
import { type ProblemValues, problemSentence } from "#app/i18n/problem.ts";
import { useTranslation } from "#app/i18n/translation.ts";

/** What the server gives back with a refusal: a reason a field ("" is the whole form) and what was typed. */
export type Refusal = {
  problems: Record<string, string>;
  typed?: Record<string, string | string[]>;
  /** what the sentence for the whole form names */
  values?: ProblemValues;
};

export type FormState = { refusal: Refusal | null; action: string | undefined; idOf: (field: string) => string };

export const FormContext = createContext<FormState | null>(null);

/** What a field needs to know of the form around it: its id, its problem in words and what was typed before. */
export function useField(name: string, label: string, given?: { error?: string; id?: string }) {
  const { t } = useTranslation();
  const form = useContext(FormContext);
  const reason = given?.error ?? form?.refusal?.problems[name];
  const typed = form?.refusal?.typed?.[name];
  const id = given?.id ?? form?.idOf(name) ?? fieldId(name);
  return {
    id,
    hintId: `${id}-hint`,
    errorId: `${id}-error`,
    error: reason === undefined ? undefined : problemSentence(t, reason, label),
    typed,
  };
}

/** The id under which the summary of problems finds a field; names such as "names.en" become "field-names-en". */
export function fieldId(name: string): string {
  return `field-${name.replace(/[^A-Za-z0-9]+/g, "-")}`;
}

/** The ids a field is described by, or undefined when there are none. */
export function describedBy(ids: (string | false | undefined)[]): string | undefined {
  return ids.filter(Boolean).join(" ") || undefined;
}

/** (reason, label?, values?) → sentence. */
export function useProblem() {
  const { t } = useTranslation();
  return (reason: string, label?: string, values?: ProblemValues) => problemSentence(t, reason, label, values);
}

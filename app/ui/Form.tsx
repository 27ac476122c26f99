import { Form as RemixForm } from "@remix-run/react";
import { type ComponentProps, useId, useMemo } from "react";
import { FormProblems } from "./FormProblems.tsx";
import { FormContext, fieldId, type Refusal } from "./form-context.ts";

type Props = Omit<ComponentProps<typeof RemixForm>, "ref"> & {
  /** what useActionData gave: problems are shown on top and at their fields, and what was typed stays */
  refusal?: Refusal | { problems?: undefined } | null;
  /** names of the fields, for sentences such as "Place is missing" */
  labels?: Record<string, string>;
  /** for a page with several forms: sets the ids of its fields apart */
  apart?: boolean;
};

/**
 * A form. It works without script: plain fields, a plain post. The browser's own checks are off, because they speak
 * the browser's language and stop at the first field; the server answers with all of them.
 */
export function Form({ refusal, labels, apart, method = "post", children, ...rest }: Props) {
  const own = useId().replaceAll(":", "");
  const refused = refusal && "problems" in refusal && refusal.problems ? (refusal as Refusal) : null;
  const state = useMemo(
    () => ({
      refusal: refused,
      action: typeof rest.action === "string" ? rest.action : undefined,
      idOf: (field: string) => (apart ? `${own}-${fieldId(field)}` : fieldId(field)),
    }),
    [refused, rest.action, apart, own],
  );
  return (
    <FormContext.Provider value={state}>
      <RemixForm method={method} noValidate {...rest}>
        {refused && <FormProblems problems={refused.problems} labels={labels} />}
        {children}
      </RemixForm>
    </FormContext.Provider>
  );
}

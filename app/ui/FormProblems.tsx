import { OctagonX } from "lucide-react";
import { useContext, useEffect, useRef } from "react";
import { useTranslation } from "#app/i18n/translation.ts";
import { FormContext, fieldId, useProblem } from "./form-context.ts";
import { Icon } from "./Icon.tsx";

type Props = { problems: Record<string, string>; labels?: Record<string, string> };

/** Everything that stands against sending the form, on top of it: takes focus, leads to each field. */
export function FormProblems({ problems, labels }: Props) {
  const { t } = useTranslation();
  const sentence = useProblem();
  const form = useContext(FormContext);
  const box = useRef<HTMLDivElement>(null);
  const title = t("shell.problem");
  // A new refusal is a new object: focus returns here each time, and the title of the page says so first.
  useEffect(() => {
    if (problems) box.current?.focus();
    const before = document.title;
    const marked = t("shell.errorTitle", { title: before });
    document.title = marked;
    return () => {
      if (document.title === marked) document.title = before;
    };
  }, [problems, t]);
  const entries = Object.entries(problems);
  if (entries.length === 0) return null;
  return (
    <div className="errors" role="alert" tabIndex={-1} ref={box} aria-label={title}>
      <h2>
        <Icon of={OctagonX} />
        {title}
      </h2>
      <ul>
        {entries.map(([field, reason]) => (
          <li key={field}>
            {field === "" ? (
              <b>{sentence(reason, undefined, form?.refusal?.values)}</b>
            ) : (
              <a href={`#${form?.idOf(field) ?? fieldId(field)}`}>{sentence(reason, labels?.[field])}</a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

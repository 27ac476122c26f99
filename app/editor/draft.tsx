import { CircleAlert } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Icon } from "#app/ui/Icon.tsx";

/**
 * What is typed is written into the text when the person leaves the control or presses Enter: a value is one change,
 * not one for each letter. Until then it is kept, whatever others set meanwhile; what cannot stand is kept too, with
 * the reason. `write` returns that reason, or null when the value was taken.
 */
export function useDraft(value: string, write: (text: string) => string | null) {
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const pending = useRef<() => void>(() => {});
  const finish = () => {
    if (draft === null) return;
    const refused = draft === value ? null : write(draft);
    setProblem(refused);
    if (refused === null) setDraft(null);
  };
  pending.current = () => {
    if (draft !== null && draft !== value) write(draft);
  };
  // The control may go while somebody types in it: its clause was left, or its row was taken away.
  useEffect(() => () => pending.current(), []);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === "Enter" && event.currentTarget.tagName !== "TEXTAREA") finish();
    if (event.key !== "Escape" || draft === null) return;
    event.stopPropagation();
    setDraft(null);
    setProblem(null);
  };
  return {
    problem,
    input: {
      value: draft ?? value,
      onChange: ({ target }: { target: { value: string } }) => setDraft(target.value),
      onBlur: finish,
      onKeyDown,
      "aria-invalid": problem ? true : undefined,
    },
  };
}

export function Problem({ id, text }: { id: string; text: string | null }) {
  if (!text) return null;
  return (
    <span className="error-text" id={id} role="alert">
      <Icon of={CircleAlert} />
      <span>{text}</span>
    </span>
  );
}

import type { ReactNode } from "react";

export type Fact = { label: string; value: ReactNode; hint?: ReactNode };

/** Facts with their names in a column at the start. */
export function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="what-dl">
      {facts.map(({ label, value, hint }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            {value}
            {hint && <p className="hint">{hint}</p>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

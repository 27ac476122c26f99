import type { ReactNode } from "react";

/** The entries of one day, newest first. */
export function TrailDay({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <section className="day">
      <h2>{title}</h2>
      <ol className="trail">{children}</ol>
    </section>
  );
}

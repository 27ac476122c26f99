import { type ReactNode, useId } from "react";

type Props = {
  title: ReactNode;
  count?: ReactNode;
  /** at the end of the title's line, such as a link to all of it */
  aside?: ReactNode;
  id?: string;
  /** directly below the masthead */
  first?: boolean;
  children: ReactNode;
};

/** A part of a page under its own title. */
export function Section({ title, count, aside, id, first, children }: Props) {
  const own = useId();
  const head = (
    <h2 id={own}>
      {title} {count !== undefined && <span className="n">{count}</span>}
    </h2>
  );
  return (
    <section className={first ? "sec first" : "sec"} id={id} aria-labelledby={own}>
      {aside ? (
        <div className="sec-head">
          {head}
          <div className="aside">{aside}</div>
        </div>
      ) : (
        head
      )}
      {children}
    </section>
  );
}

import type { ReactNode } from "react";

type Props = {
  /** in the margin: a date, a number, a code */
  rail: ReactNode;
  /** beside it, lighter: "in 2 days" */
  railNote?: ReactNode;
  /** the sentence */
  children: ReactNode;
  /** short pieces below it */
  meta?: ReactNode | readonly ReactNode[];
  action?: ReactNode;
};

export function RailEntry({ rail, railNote, children, meta, action }: Props) {
  const pieces = Array.isArray(meta) ? meta : meta ? [meta] : [];
  return (
    <li className="entry">
      <div className="rail">
        <b>{rail}</b>
        {railNote && <span>{railNote}</span>}
      </div>
      <div>
        <div className="what">{children}</div>
        {pieces.length > 0 && (
          <div className="meta">
            {pieces.map((piece, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one sentence, never reordered
              <span key={index}>{piece}</span>
            ))}
          </div>
        )}
      </div>
      <div className="act">{action}</div>
    </li>
  );
}

import type { ReactNode } from "react";
import { Mark } from "./Mark.tsx";

type Props = { installation: string; children: ReactNode; aside: ReactNode; foot?: ReactNode };

/** Sign-in and set-up: the form on the paper, the term in six languages on the desk. */
export function SplitPage({ installation, children, aside, foot }: Props) {
  return (
    <div className="signin-grid">
      <main className="signin-form" id="content" tabIndex={-1}>
        <Mark installation={installation} to="/" />
        {children}
        {foot && <div className="signin-foot">{foot}</div>}
      </main>
      <aside className="signin-words">{aside}</aside>
    </div>
  );
}

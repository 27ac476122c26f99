import { Link } from "@remix-run/react";

/** A margin rule with four lines of text, and the installation's own name. */
export function Mark({ installation, to }: { installation: string; to: string }) {
  return (
    <Link className="mark" to={to}>
      <svg className="mark-sign" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        <path className="mark-bar" d="M3 2v20" />
        <path d="M8.5 4H22M8.5 9.33H17M8.5 14.66H22M8.5 20H13" />
      </svg>
      <span className="mark-name">{installation}</span>
    </Link>
  );
}

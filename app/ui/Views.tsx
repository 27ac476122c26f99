import { Link } from "@remix-run/react";

type Props = { label: string; views: readonly { label: string; to: string; current?: boolean }[] };

/** The same page in another cut; each has its own address. */
export function Views({ label, views }: Props) {
  return (
    <nav className="seg" aria-label={label}>
      {views.map((view) => (
        <Link key={view.to} to={view.to} aria-current={view.current ? "page" : undefined} preventScrollReset>
          {view.label}
        </Link>
      ))}
    </nav>
  );
}

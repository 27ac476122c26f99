import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslation } from "#app/i18n/translation.ts";

type Props = {
  title: ReactNode;
  /** the language of a title that people wrote */
  titleLang?: string;
  /** the same name in the other languages of the team */
  names?: readonly { text: string; lang: string }[];
  sub?: ReactNode;
  /** up to three short lines at the end: reference, phase, basis or date; the label is read out only */
  symbol?: readonly { label: string; value: ReactNode }[];
  /** only below first-level pages */
  crumbs?: readonly { label: ReactNode; to?: string }[];
};

/** Says once, at the head of the page, what the page is. Holds the only h1. */
export function Masthead({ title, titleLang, names, sub, symbol, crumbs }: Props) {
  return (
    <>
      {crumbs && <Crumbs crumbs={crumbs} />}
      <header className="masthead">
        <div className="masthead-main">
          <h1>{titleLang ? <bdi lang={titleLang}>{title}</bdi> : title}</h1>
          {names && names.length > 0 && <Names names={names} />}
          {sub && <p className="sub">{sub}</p>}
        </div>
        {symbol && symbol.length > 0 && (
          <dl className="symbol">
            {symbol.map(({ label, value }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
      </header>
    </>
  );
}

function Names({ names }: { names: readonly { text: string; lang: string }[] }) {
  return (
    <p className="native-names">
      {names.map(({ text, lang }, index) => (
        <span key={lang}>
          {index > 0 && " · "}
          <bdi lang={lang}>{text}</bdi>
        </span>
      ))}
    </p>
  );
}

function Crumbs({ crumbs }: { crumbs: NonNullable<Props["crumbs"]> }) {
  const { t } = useTranslation();
  return (
    <nav className="crumb" aria-label={t("shell.breadcrumb")}>
      <ol>
        {crumbs.map(({ label, to }, index) => (
          <li key={to ?? index} aria-current={to ? undefined : "page"}>
            {to ? <Link to={to}>{label}</Link> : label}
          </li>
        ))}
      </ol>
    </nav>
  );
}

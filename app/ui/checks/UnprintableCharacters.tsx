import "#app/i18n/english/checks.ts";
import { OctagonX } from "lucide-react";
import type { Unprintable } from "#app/domain/export/unprintable.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Icon } from "../Icon.tsx";

type Props = {
  unprintable: readonly Unprintable[];
  /** the address of the text */
  base: string;
};

/** Characters that no font of the printed arrangement has, clause by clause, each with its way there. */
export function UnprintableCharacters({ unprintable, base }: Props) {
  const { t } = useTranslation();
  if (unprintable.length === 0) return null;
  return (
    <section className="f-standing" aria-label={t("checks.unprintable.list")}>
      <section className="f-group stop">
        <h2>
          <Icon of={OctagonX} />
          <span>{t("checks.unprintable.title")}</span>
          <span className="num">{unprintable.length}</span>
        </h2>
        <ol>
          {unprintable.map(({ clause, number, characters }) => (
            <li key={clause ?? ""}>
              <a href={`${base}#${clause ?? "content"}`}>
                <span className="f-no num" aria-hidden="true">
                  {number ?? "–"}
                </span>
                <span>
                  {number !== null && <span className="vh">{`${t("checks.clauseOf", { number })}: `}</span>}
                  <span dir="auto">
                    {t(number === null ? "checks.unprintable.names" : "checks.unprintable.clause", { characters })}
                  </span>
                </span>
              </a>
            </li>
          ))}
        </ol>
      </section>
    </section>
  );
}

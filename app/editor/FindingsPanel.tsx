import "#app/i18n/english/checks.ts";
import { useMemo } from "react";
import { type Finding, severityOf } from "#app/domain/checks/finding.ts";
import type { Standing } from "#app/domain/checks/overrides.ts";
import { ruleOf } from "#app/domain/checks/rules.ts";
import { findClause } from "#app/domain/templates/agreement.ts";
import { formatInstant } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { FindingList, FindingRows, keyOf } from "#app/ui/checks/FindingList.tsx";
import { useFindingSentence } from "#app/ui/checks/finding-words.ts";
import { OverrideDialog } from "./OverrideDialog.tsx";
import type { OutlineEntry } from "./outline.ts";

type Props = {
  standing: Standing | null;
  checkedAt: Date | null;
  outline: readonly OutlineEntry[];
  /** id of the clause at the caret */
  current: string | null;
  document: string;
  mayOverride: boolean;
  zone: string;
  /** goes to the place; returns false when the link itself should lead there */
  onGo: (finding: Finding) => boolean;
};

/** What stands against the text, clause by clause, while it is written. */
export function FindingsPanel({ standing, checkedAt, outline, current, document, mayOverride, zone, onGo }: Props) {
  const { t, i18n } = useTranslation();
  const numbers = useMemo(() => new Map(outline.map(({ id, number }) => [id, number])), [outline]);
  if (!standing || !checkedAt) return <p className="panel-note">{t("checks.checking")}</p>;
  const time = formatInstant(checkedAt, { language: i18n.language, zone, form: "time" });
  const rows = {
    numbers,
    base: "",
    current,
    onGo: (finding: Finding, event: React.MouseEvent) => void (onGo(finding) && event.preventDefault()),
  };
  return (
    <div className="panel-body">
      <p className="panel-note">{t("checks.checked", { time })}</p>
      {standing.open.length === 0 && <p className="panel-note f-none">{t("checks.none")}</p>}
      <FindingList
        {...rows}
        findings={standing.open}
        acts={(finding) => <FindingActs finding={finding} document={document} mayOverride={mayOverride} />}
      />
      <Overridden overridden={standing.overridden} {...{ rows, zone, document, mayOverride }} />
    </div>
  );
}

function FindingActs({ finding, document, mayOverride }: { finding: Finding; document: string; mayOverride: boolean }) {
  const sentence = useFindingSentence();
  const overridable = mayOverride && severityOf(finding) === "warning";
  return (
    <div className="f-acts">
      <Why finding={finding} sentence={sentence(finding)} />
      {overridable && (
        <OverrideDialog act="override" finding={finding} document={document} sentence={sentence(finding)} />
      )}
    </div>
  );
}

/** The rule and where it comes from, for whoever asks. */
function Why({ finding, sentence }: { finding: Finding; sentence: string }) {
  const { t } = useTranslation();
  const { convention, euModel } = ruleOf(finding.rule);
  const clause = finding.clause === null ? undefined : findClause(finding.clause);
  return (
    <details className="f-why">
      <summary>
        {t("checks.more")}
        <span className="vh">{`: ${sentence}`}</span>
      </summary>
      <dl>
        <dt>{t("checks.rule", { rule: finding.rule })}</dt>
        <dd>{t(`checks.rules.${finding.rule}`)}</dd>
        {convention && (
          <>
            <dt>{t("checks.convention", { article: convention })}</dt>
            <dd>{clause?.convention}</dd>
          </>
        )}
        {euModel && (
          <>
            <dt>{t("checks.euModel", { article: euModel })}</dt>
            <dd>{clause?.why}</dd>
          </>
        )}
      </dl>
    </details>
  );
}

type OverriddenProps = {
  overridden: Standing["overridden"];
  rows: Omit<Parameters<typeof FindingRows>[0], "findings" | "acts">;
  zone: string;
  document: string;
  mayOverride: boolean;
};

/** Warnings that a leader left as they are, with the reason: everybody sees both. */
function Overridden({ overridden, rows, zone, document, mayOverride }: OverriddenProps) {
  const { t, i18n } = useTranslation();
  const sentence = useFindingSentence();
  if (overridden.length === 0) return null;
  const byKey = new Map(overridden.map(({ finding, override }) => [keyOf(finding), override]));
  return (
    <section className="f-group">
      <h3>
        <span>{t("checks.overridden")}</span>
        <span className="num">{overridden.length}</span>
      </h3>
      <FindingRows
        {...rows}
        findings={overridden.map(({ finding }) => finding)}
        acts={(finding) => {
          const override = byKey.get(keyOf(finding));
          if (!override) return null;
          const day = formatInstant(override.at, { language: i18n.language, zone, form: "date" });
          return (
            <>
              <p className="f-reason" dir="auto">
                {t("checks.overriddenBy", { name: override.latinName, day, reason: override.reason })}
              </p>
              {mayOverride && (
                <div className="f-acts">
                  <OverrideDialog
                    act="takeBackOverride"
                    finding={finding}
                    document={document}
                    sentence={sentence(finding)}
                  />
                </div>
              )}
            </>
          );
        }}
      />
    </section>
  );
}

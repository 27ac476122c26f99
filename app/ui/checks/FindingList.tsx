import "#app/i18n/english/checks.ts";
import { Info, type LucideIcon, OctagonX, Signature, TriangleAlert } from "lucide-react";
import type { MouseEvent, ReactNode } from "react";
import { type Finding, severityOf } from "#app/domain/checks/finding.ts";
import { type Severity, severities } from "#app/domain/checks/rules.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Icon } from "../Icon.tsx";
import { useFindingSentence } from "./finding-words.ts";

const looks: Record<Severity, { tone: string; icon: LucideIcon }> = {
  finalising: { tone: "stop", icon: OctagonX },
  signature: { tone: "hold", icon: Signature },
  warning: { tone: "warn", icon: TriangleAlert },
  information: { tone: "note", icon: Info },
};

type Props = {
  findings: readonly Finding[];
  /** numbers of the clauses by their ids */
  numbers: ReadonlyMap<string, number>;
  /** the address of the text, "" on its own page */
  base: string;
  current?: string | null;
  /** level of the heading of a group on the page; 3 when not said */
  level?: 2 | 3;
  onGo?: (finding: Finding, event: MouseEvent) => void;
  /** what can be done about one, below its sentence */
  acts?: (finding: Finding) => ReactNode;
};

/** Findings in groups, what blocks most first: the number of the clause, one sentence, and the way to the place. */
export function FindingList({ findings, ...rest }: Props) {
  return severities.map((severity) => (
    <Group
      key={severity}
      severity={severity}
      findings={findings.filter((one) => severityOf(one) === severity)}
      {...rest}
    />
  ));
}

function Group({ severity, findings, level = 3, ...rest }: Props & { severity: Severity }) {
  const { t } = useTranslation();
  const { tone, icon } = looks[severity];
  const Heading = `h${level}` as const;
  if (findings.length === 0) return null;
  return (
    <section className={`f-group ${tone}`}>
      <Heading>
        <Icon of={icon} />
        <span>{t(`checks.groups.${severity}`)}</span>
        <span className="num">{findings.length}</span>
      </Heading>
      <FindingRows findings={findings} {...rest} />
    </section>
  );
}

export function FindingRows({ findings, numbers, base, current, onGo, acts }: Omit<Props, "level">) {
  const { t } = useTranslation();
  const sentence = useFindingSentence();
  const keys = keysOf(findings);
  return (
    <ol>
      {findings.map((finding, index) => {
        const number = finding.clause === null ? undefined : numbers.get(finding.clause);
        const said = sentence(finding);
        return (
          <li key={keys[index]}>
            <a
              href={number === undefined ? `${base}#content` : `${base}#${finding.clause}`}
              className={finding.clause !== null && finding.clause === current ? "cur" : undefined}
              onClick={(event) => onGo?.(finding, event)}
            >
              <span className="f-no num" aria-hidden="true">
                {number ?? "–"}
              </span>
              <span>
                <span className="vh">
                  {number === undefined ? t("checks.whole") : t("checks.clauseOf", { number })}
                  {": "}
                </span>
                <span dir="auto">{said}</span>
              </span>
            </a>
            {acts?.(finding)}
          </li>
        );
      })}
    </ol>
  );
}

/**
 * What a finding says and of what. Not where it stands: a place moves with every letter that is typed above it, and what
 * somebody has begun to write about the finding must stay.
 */
export function keyOf({ sentence, clause, values }: Finding): string {
  return JSON.stringify([sentence, clause, values]);
}

/** The same words may stand twice in a clause. */
function keysOf(findings: readonly Finding[]): string[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const key = keyOf(finding);
    const times = seen.get(key) ?? 0;
    seen.set(key, times + 1);
    return `${key} ${times}`;
  });
}

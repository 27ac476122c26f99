import type { Finding } from "./finding.ts";

/** A decision of a leader to leave a warning as it is. */
export type Override = {
  rule: string;
  basis: string;
  reason: string;
  at: Date | string;
  name: string;
  latinName: string;
  state: string | null;
};

export type Standing = { open: Finding[]; overridden: { finding: Finding; override: Override }[] };

/** Parts findings into those that are open and those that someone overrode. What has changed since is open again. */
export function standingOf(findings: readonly Finding[], overrides: readonly Override[]): Standing {
  const byBasis = new Map(overrides.map((override) => [`${override.rule} ${override.basis}`, override]));
  const standing: Standing = { open: [], overridden: [] };
  for (const finding of findings) {
    const override = finding.basis === null ? undefined : byBasis.get(`${finding.rule} ${finding.basis}`);
    if (override) standing.overridden.push({ finding, override });
    else standing.open.push(finding);
  }
  return standing;
}

import "#app/i18n/english/plan.ts";
import type { TFunction } from "i18next";
import { stateName } from "#app/domain/names/names.ts";
import { fieldsOf, planKinds } from "#app/domain/plan/kinds.ts";
import type { Paper, PlanToPrint } from "#app/domain/plan/plan-pdf.server.ts";
import { actionsByLine, listOf, type PlanRow, standingOf } from "#app/domain/plan/row.ts";
import { barOf, scaleOf } from "#app/domain/plan/scale.ts";
import type { Approval, PlanStanding } from "#app/domain/plan/versions.server.ts";
import { formatInstant } from "#app/i18n/dates.ts";
import { fieldLabel, type Named, spanInWords, standingInWords, valueInWords } from "./words.ts";

type Input = Omit<Named, "language"> & {
  rows: readonly PlanRow[];
  paper: Paper;
  names: Record<string, string>;
  reference: string;
  exercise: boolean;
  at: Date;
  /** in words; see `standingOnPaper` and `versionOnPaper` */
  standing: string[];
};

/** What stands on top of the printed plan as it is now. */
export function standingOnPaper(t: TFunction, language: string, { version, changed }: PlanStanding): string[] {
  if (!version) return [t("plan.versions.none")];
  const { number } = version;
  const day = formatInstant(version.approvedAt, { language, zone: "UTC", form: "legal" });
  return [t(changed ? "plan.versions.paperChanged" : "plan.versions.paperIs", { number, day })];
}

type Approved = { number: number; digest: string; approvedAt: string; approvals: readonly Approval[] };

/** What stands on top of a printed version: who approved it, and the digest of what they approved. */
export function versionOnPaper(t: TFunction, language: string, version: Approved): string[] {
  const { number, digest, approvedAt, approvals } = version;
  const day = (at: string) => formatInstant(at, { language, zone: "UTC", form: "legal" });
  return [
    t("plan.versions.paperIs", { number, day: day(approvedAt) }),
    ...approvals.map(({ state, latinName, at }) =>
      t("plan.versions.paperBy", { state: stateName(state, language), name: latinName, at: day(at) }),
    ),
    t("plan.versions.paperDigest", { digest: (digest.match(/.{1,8}/g) ?? []).join(" ") }),
  ];
}

/** The plan in the words of a language, for paper. The same input gives the same words. */
export function planOnPaper(t: TFunction, language: string, input: Input): PlanToPrint {
  const { rows, paper, names, reference, exercise, at, members, parties, standing } = input;
  const named = { members, parties, language };
  const now = at.toISOString();
  const scale = scaleOf(rows, now);
  const states = (row: PlanRow) => {
    const helping = listOf(row.values.supports ?? "").map((id) => parties.find((one) => one.id === id)?.state);
    const all = [...new Set([row.state, ...helping].filter((one): one is string => Boolean(one)))];
    return all.map((state) => stateName(state, language)).join(", ") || t("plan.all");
  };
  return {
    paper,
    title: t("plan.title"),
    names: [names.en ?? "", ...Object.entries(names).flatMap(([tag, name]) => (tag === "en" ? [] : [name]))],
    reference,
    printed: t("plan.paper.printed", { at: formatInstant(at, { language, zone: "UTC", form: "legal" }) }),
    at,
    standing,
    text: { title: t("plan.text.title") },
    note: t("plan.paper.note"),
    exercise: exercise ? { mark: t("plan.paper.exercise") } : null,
    pages: [t("plan.paper.page"), t("plan.paper.of")],
    none: t("plan.none"),
    actions: {
      title: t("plan.kinds.action"),
      heads: [
        t("plan.number"),
        t("plan.empty.heads.action"),
        t("plan.empty.heads.state"),
        t("plan.empty.heads.when"),
        t("plan.fields.status"),
      ],
      months: (scale.unit === "year" ? scale.ticks : scale.heads).map(({ day, at }) => ({
        label: scale.unit === "week" ? day.slice(0, 7) : day.slice(0, 4),
        at,
      })),
      today: scale.today,
      groups: actionsByLine(rows).map(({ code, line, actions }) => ({
        code,
        title: line?.values.title ?? t("plan.keptLine"),
        rows: actions.map((row) => {
          const tone = standingOf(row, rows, now);
          const person = row.responsible ? `, ${row.responsible}` : "";
          return {
            code: row.code,
            title: row.values.title ?? "",
            after: row.after.length > 0 ? t("plan.after", { codes: row.after.join(", ") }) : "",
            state: states(row) + person,
            when: spanInWords(row, language),
            status: standingInWords(t, row, tone, now),
            tone,
            bar: barOf(row, scale),
            milestone: row.values.milestone === "on",
          };
        }),
      })),
    },
    tables: planKinds
      .filter((kind) => kind !== "action")
      .map((kind) => {
        const fields = fieldsOf(kind).map(({ name }) => name);
        return {
          title: t(`plan.kinds.${kind}`),
          heads: [t("plan.number"), ...fields.map((name) => fieldLabel(t, kind, name))],
          rows: rows
            .filter((row) => row.kind === kind)
            .map((row) => [
              row.code,
              ...fields.map((name) => valueInWords(t, kind, name, row.values[name] ?? "", named)),
            ]),
        };
      }),
  };
}

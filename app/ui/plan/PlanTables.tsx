import "#app/i18n/english/plan.ts";
import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { stateName } from "#app/domain/names/names.ts";
import { fieldsOf, type PlanKind, planKinds } from "#app/domain/plan/kinds.ts";
import { actionsByLine, listOf, type PlanRow, type RemovedRow, standingOf } from "#app/domain/plan/row.ts";
import { taskReference } from "#app/domain/tasks/task.ts";
import { formatInstant } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { LinkButton } from "../LinkButton.tsx";
import { Plate } from "../Plate.tsx";
import { Section } from "../Section.tsx";
import { Status } from "../Status.tsx";
import { Sub } from "../Sub.tsx";
import { Table } from "../Table.tsx";
import {
  fieldLabel,
  type Named,
  spanInWords,
  standingIcons,
  standingInWords,
  standingTones,
  valueInWords,
} from "./words.ts";

export type Shown = Named & {
  rows: readonly PlanRow[];
  base: string;
  ownState: string | null;
  now: string;
};
/** `base` is null for a plan that stands as it was approved: no row of it is opened from there. */
type InTables = Omit<Shown, "base"> & { base: string | null };
type Props = InTables & { removed: readonly RemovedRow[]; mayAdd: boolean; zone: string };

/** Every table of the plan, one below the other. */
export function PlanTables({ removed, mayAdd, zone, ...shown }: Props) {
  const { t } = useTranslation();
  return (
    <>
      {planKinds
        .filter((kind) => kind !== "line")
        .map((kind) => (
          <Section
            key={kind}
            id={kind}
            title={t(`plan.kinds.${kind}`)}
            count={shown.rows.filter((row) => row.kind === kind).length}
            aside={
              mayAdd && (
                <LinkButton to={`${shown.base}/${kind}/new`} small>
                  {t("plan.add", { one: t(`plan.one.${kind}`) })}
                </LinkButton>
              )
            }
          >
            {kind === "action" ? <Actions {...shown} /> : <Rows kind={kind} {...shown} />}
          </Section>
        ))}
      <Removed removed={removed} zone={zone} />
    </>
  );
}

function Actions(shown: InTables) {
  const { t } = useTranslation();
  const groups = actionsByLine(shown.rows);
  if (groups.length === 0) return <p className="hint">{t("plan.none")}</p>;
  const heads = [
    t("plan.number"),
    t("plan.empty.heads.action"),
    t("plan.empty.heads.state"),
    t("plan.empty.heads.when"),
  ];
  return (
    <Table label={t("plan.kinds.action")} columns={[...heads, t("plan.fields.status")]}>
      {groups.flatMap(({ code, line, actions }) => [
        <tr key={code}>
          <th scope="rowgroup" colSpan={5} className="group">
            <span className="grp-line">
              <span className="num">{code}</span>
              {line ? (
                <RowLink to={shown.base && `${shown.base}/line/${code}`}>{line.values.title}</RowLink>
              ) : (
                t("plan.keptLine")
              )}
              {line?.state && <Plates row={line} {...shown} />}
            </span>
          </th>
        </tr>,
        ...actions.map((row) => <ActionLine key={row.id} row={row} {...shown} />),
      ])}
    </Table>
  );
}

function ActionLine({ row, ...shown }: InTables & { row: PlanRow }) {
  return (
    <tr>
      <td className="num">{row.code}</td>
      <td>
        <ActionTitle row={row} {...shown} />
      </td>
      <td>
        <Plates row={row} {...shown} />
        {row.responsible && (
          <Sub>
            <bdi>{row.responsible}</bdi>
          </Sub>
        )}
      </td>
      <td className="num">{spanInWords(row, shown.language)}</td>
      <td>
        <ActionStatus row={row} {...shown} />
      </td>
    </tr>
  );
}

function RowLink({ to, label, children }: { to: string | null; label?: string; children: ReactNode }) {
  if (to === null) return <span dir="auto">{children}</span>;
  return (
    <Link to={to} dir="auto" aria-label={label}>
      {children}
    </Link>
  );
}

/** The title of an action as a link, what it waits for, and its cards. */
export function ActionTitle({ row, base }: Pick<InTables, "base"> & { row: PlanRow }) {
  const { t } = useTranslation();
  return (
    <>
      <RowLink to={base && `${base}/action/${row.code}`}>{row.values.title}</RowLink>
      {(row.after.length > 0 || row.cards.length > 0) && (
        <Sub>
          {[row.after.length > 0 && t("plan.after", { codes: row.after.join(", ") }), ...row.cards.map(taskReference)]
            .filter(Boolean)
            .join(" · ")}
        </Sub>
      )}
    </>
  );
}

export function ActionStatus({ row, rows, now }: Pick<Shown, "rows" | "now"> & { row: PlanRow }) {
  const { t } = useTranslation();
  const standing = standingOf(row, rows, now);
  return (
    <Status tone={standingTones[standing]} icon={standingIcons[standing]}>
      {standingInWords(t, row, standing, now)}
    </Status>
  );
}

/** The State it is for and those that support it. */
export function Plates({
  row,
  parties,
  ownState,
  language,
}: Pick<Shown, "parties" | "ownState" | "language"> & { row: PlanRow }) {
  const { t } = useTranslation();
  const helping = listOf(row.values.supports ?? "").map((id) => parties.find((one) => one.id === id)?.state);
  const states = [row.state, ...helping].filter((one): one is string => Boolean(one));
  if (states.length === 0) return <>{t("plan.all")}</>;
  return (
    <span className="plates">
      {[...new Set(states)].map((state) => (
        <Plate key={state} code={state} name={stateName(state, language)} own={state === ownState} />
      ))}
    </span>
  );
}

function Rows({ kind, rows, base, ...named }: InTables & { kind: PlanKind }) {
  const { t } = useTranslation();
  const own = rows.filter((row) => row.kind === kind);
  if (own.length === 0) return <p className="hint">{t("plan.none")}</p>;
  const names = fieldsOf(kind).map(({ name }) => name);
  return (
    <Table
      label={t(`plan.kinds.${kind}`)}
      columns={[t("plan.number"), ...names.map((name) => fieldLabel(t, kind, name))]}
    >
      {own.map((row) => (
        <tr key={row.id}>
          <td className="num">
            <RowLink
              to={base && `${base}/${kind}/${row.code}`}
              label={t(`plan.numbered.${kind}`, { number: row.code })}
            >
              {row.code}
            </RowLink>
          </td>
          {names.map((name) => (
            <td key={name} className={name === "phone" ? "nowrap" : undefined}>
              <bdi>{valueInWords(t, kind, name, row.values[name] ?? "", named)}</bdi>
            </td>
          ))}
        </tr>
      ))}
    </Table>
  );
}

function Removed({ removed, zone }: { removed: readonly RemovedRow[]; zone: string }) {
  const { t, i18n } = useTranslation();
  if (removed.length === 0) return null;
  return (
    <Section id="removed" title={t("plan.removed.title")} count={removed.length}>
      <Table
        label={t("plan.removed.title")}
        columns={[t("plan.number"), t("plan.fields.title"), t("plan.removed.reason")]}
      >
        {removed.map((row) => (
          <tr key={`${row.kind} ${row.code}`}>
            <td className="num">{t(`plan.numbered.${row.kind}`, { number: row.code })}</td>
            <td>
              <bdi>{row.title}</bdi>
            </td>
            <td>
              <bdi>{row.reason}</bdi>
              <Sub>
                {t("plan.removed.by", {
                  name: row.by,
                  day: formatInstant(row.at, { language: i18n.language, zone, form: "date" }),
                })}
              </Sub>
            </td>
          </tr>
        ))}
      </Table>
    </Section>
  );
}

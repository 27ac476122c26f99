import "#app/i18n/english/action-day.ts";
import "#app/i18n/english/plan.ts";
import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { mayEver } from "#app/domain/access.ts";
import { listDays } from "#app/domain/plan/action-day.server.ts";
import { inJit } from "#app/http.server.ts";
import { formatDay, zoneName } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { EmptyState } from "#app/ui/EmptyState.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Table } from "#app/ui/Table.tsx";

export const loader = inJit("plan.read", async ({ actor, jit, access }) => ({
  jit,
  ...(await listDays(actor, jit.id)),
  mayAdd: mayEver(access, "plan.add"),
}));

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => [t("actionDay.all"), data?.jit.names.en]);

export default function DaysPage() {
  const { t, i18n } = useTranslation();
  const { jit, timeZone, days, mayAdd } = useLoaderData<typeof loader>();
  const base = `/jits/${jit.reference}/plan`;
  const add = mayAdd && (
    <LinkButton to={`${base}/dayStep/new`}>{t("plan.add", { one: t("plan.one.dayStep") })}</LinkButton>
  );
  return (
    <Page>
      <Masthead
        title={t("actionDay.all")}
        sub={t("actionDay.allLead", { zone: zoneName(timeZone) })}
        crumbs={[{ label: t("plan.title"), to: base }, { label: t("actionDay.all") }]}
      />
      {days.length === 0 ? (
        <EmptyState lead={t("actionDay.none")} action={add || undefined}>
          {t("actionDay.noneWhy")}
        </EmptyState>
      ) : (
        <>
          <Table
            label={t("actionDay.all")}
            columns={[t("actionDay.day", { zone: zoneName(timeZone) }), t("actionDay.steps")]}
            kind="narrow"
          >
            {days.map(({ day, steps }) => (
              <tr key={day}>
                <td>
                  <Link to={`${base}/day/${day}`}>{formatDay(day, i18n.language, "full")}</Link>
                </td>
                <td>{t("actionDay.stepCount", { count: steps })}</td>
              </tr>
            ))}
          </Table>
          {add && <div className="btn-row">{add}</div>}
        </>
      )}
    </Page>
  );
}

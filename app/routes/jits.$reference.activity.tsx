import "#app/i18n/english/audit.ts";
import type { MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { listActivity } from "#app/domain/audit/activity.server.ts";
import { readFilters } from "#app/domain/audit/filters.ts";
import { verifyTrail } from "#app/domain/audit/verify.server.ts";
import { inJit } from "#app/http.server.ts";
import { formatInstant, zoneName } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { EmptyState } from "#app/ui/EmptyState.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { ActivityFilters } from "#app/ui/trail/ActivityFilters.tsx";
import { ActivityList } from "#app/ui/trail/ActivityList.tsx";
import { TrailVerdict } from "#app/ui/trail/TrailVerdict.tsx";

export const loader = inJit("trail.read", async ({ actor, jit, me, request }) => {
  const { filters, refusal } = readFilters(new URL(request.url).searchParams);
  const page = await listActivity(actor, jit.id, filters, me.timeZone);
  return { jit, page, filters, refusal, zone: me.timeZone, ownState: me.actor.state };
});

export const action = inJit("trail.verify", async ({ actor, jit }) => ({ verdict: await verifyTrail(actor, jit.id) }));

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => [t("audit.title"), data?.jit.names.en]);

export default function ActivityPage() {
  const { t } = useTranslation();
  const { jit, page, filters, refusal, zone, ownState } = useLoaderData<typeof loader>();
  const verdict = useActionData<typeof action>()?.verdict ?? null;
  const base = `/jits/${jit.reference}/activity`;
  const addressOf = (before?: number) => addressWith(base, { ...filters, before });
  return (
    <Page wide>
      <Masthead
        title={t("audit.title")}
        sub={t(page.whole ? "audit.sub" : "audit.subOwn")}
        symbol={useExtent(page, zone)}
      />
      <TrailVerdict verdict={verdict} zone={zone} base={base} />
      <ActivityFilters
        key={JSON.stringify(filters)}
        chosen={filters}
        refusal={refusal}
        people={page.people}
        states={page.states}
        base={base}
        csv={addressWith(`${base}.csv`, { ...filters, before: undefined })}
      />
      {page.entries.length > 0 ? (
        <ActivityList entries={page.entries} zone={zone} ownState={ownState} sealed={page.sealed} />
      ) : (
        <EmptyState lead={t("audit.empty.lead")} action={<LinkButton to={base}>{t("audit.filters.clear")}</LinkButton>}>
          {t("audit.empty.why")}
        </EmptyState>
      )}
      <div className="btn-row trail-pages">
        {filters.before !== undefined && <LinkButton to={addressOf()}>{t("audit.newest")}</LinkButton>}
        {page.next !== null && <LinkButton to={addressOf(page.next)}>{t("audit.older")}</LinkButton>}
      </div>
    </Page>
  );
}

type Extent = Pick<Awaited<ReturnType<typeof listActivity>>, "size" | "since" | "sealed">;

function useExtent({ size, since, sealed }: Extent, zone: string) {
  const { t, i18n } = useTranslation();
  const day = since ? formatInstant(since, { language: i18n.language, zone, form: "day" }) : "";
  return [
    { label: t("audit.symbol.entries"), value: t("audit.entriesSince", { count: size, day }) },
    {
      label: t("audit.symbol.sealed"),
      value: sealed ? t("audit.sealedTo", { entry: sealed.size.toLocaleString("en") }) : t("audit.notSealed"),
    },
    {
      label: t("audit.symbol.zone"),
      value: zoneName(zone) === "UTC" ? t("audit.zoneUtc") : t("audit.zone", { zone: zoneName(zone) }),
    },
  ];
}

function addressWith(path: string, filters: Record<string, string | number | undefined>): string {
  const chosen = Object.entries(filters).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return chosen.length > 0 ? `${path}?${new URLSearchParams(chosen)}` : path;
}

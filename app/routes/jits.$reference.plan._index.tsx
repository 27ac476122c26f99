import "#app/i18n/english/plan.ts";
import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Plus } from "lucide-react";
import { can, mayEver } from "#app/domain/access.ts";
import { namedCharacters } from "#app/domain/export/character-names.ts";
import { planTextOf } from "#app/domain/plan/narrative.server.ts";
import { readPlan } from "#app/domain/plan/reading.server.ts";
import { standingOf } from "#app/domain/plan/row.ts";
import { readStanding } from "#app/domain/plan/versions.server.ts";
import { inJit } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { now } from "#app/platform/clock.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { EmptyState } from "#app/ui/EmptyState.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { PlanTables } from "#app/ui/plan/PlanTables.tsx";
import { PlanText } from "#app/ui/plan/PlanText.tsx";
import { StandingBanner, versionInWords } from "#app/ui/plan/StandingBanner.tsx";
import { Timeline } from "#app/ui/plan/Timeline.tsx";
import { ViewBar } from "#app/ui/ViewBar.tsx";
import { Views } from "#app/ui/Views.tsx";

export const loader = inJit("plan.read", async ({ actor, jit, me, access, request }) => ({
  jit,
  standing: await readStanding(actor, jit.id),
  text: await planTextOf(actor, jit.id),
  mayStartText: can(access, "annex.start", {}) === "yes",
  view: new URL(request.url).searchParams.get("view") === "table" ? ("table" as const) : ("timeline" as const),
  unprinted: unprintedIn(new URL(request.url).searchParams),
  plan: await readPlan(actor, jit.id),
  now: now().toISOString(),
  zone: me.timeZone,
  ownState: actor.state,
  mayAdd: mayEver(access, "plan.add"),
  mayChange: mayEver(access, "plan.change"),
}));

/** What stood against the last try to print; only code points are taken from the address, never words. */
function unprintedIn(address: URLSearchParams): { missing: string } | "busy" | null {
  if (address.get("busy") === "on") return "busy";
  const points = (address.get("missing") ?? "").split("-").filter((one) => /^[0-9a-f]{1,5}$/.test(one));
  if (points.length === 0) return null;
  return { missing: namedCharacters(points.map((one) => String.fromCodePoint(Number.parseInt(one, 16)))) };
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => [t("plan.title"), data?.jit.names.en]);

export default function PlanPage() {
  const { t, i18n } = useTranslation();
  const { jit, view, plan, unprinted, now, zone, ownState, mayAdd, mayChange, standing, ...more } =
    useLoaderData<typeof loader>();
  const base = `/jits/${jit.reference}/plan`;
  const { rows, members, parties, removed } = plan;
  const actions = rows.filter(({ kind }) => kind === "action");
  const lines = rows.filter(({ kind }) => kind === "line").length;
  const late = actions.filter((row) => standingOf(row, rows, now) === "late").length;
  const shown = { rows, members, parties, base, ownState, now, language: i18n.language };
  const heads = ["number", "action", "state", "when"] as const;
  return (
    <Page wide>
      <Masthead
        title={t("plan.title")}
        sub={t("plan.sub")}
        symbol={[
          {
            label: t("plan.symbol.size"),
            value: t("plan.size", {
              lines: t("plan.lines", { count: lines }),
              actions: t("plan.actions", { count: actions.length }),
            }),
          },
          { label: t("plan.symbol.soon"), value: t("plan.lateCount", { count: late }) },
          { label: t("plan.versions.symbol"), value: versionInWords(t, standing) },
        ]}
      />
      <ViewBar
        end={
          <>
            <LinkButton to={`${base}/day`} small>
              {t("plan.versions.dayLink")}
            </LinkButton>
            <LinkButton to={`${base}/versions`} small>
              {t("plan.versions.link")}
            </LinkButton>
            {(["A4", "A3"] as const).map((paper) => (
              <LinkButton key={paper} to={`${base}.pdf?paper=${paper}`} small download>
                {t(`plan.print.${paper}`)}
              </LinkButton>
            ))}
            {mayAdd && (
              <LinkButton to={`${base}/line/new`} small>
                {t("plan.addLine")}
              </LinkButton>
            )}
            {mayAdd && lines > 0 && (
              <LinkButton to={`${base}/action/new`} tone="primary" small icon={Plus}>
                {t("plan.addAction")}
              </LinkButton>
            )}
          </>
        }
      >
        <Views
          label={t("plan.views.label")}
          views={(["timeline", "table"] as const).map((one) => ({
            label: t(`plan.views.${one}`),
            to: `?view=${one}`,
            current: one === view,
          }))}
        />
      </ViewBar>
      <StandingBanner standing={standing} parties={parties.length} base={base} />
      {unprinted && (
        <Banner tone="stop" live>
          {unprinted === "busy" ? t("plan.paper.busy") : t("plan.paper.missing", { characters: unprinted.missing })}
        </Banner>
      )}
      {rows.length === 0 && (
        <EmptyState heads={heads.map((head) => t(`plan.empty.heads.${head}`))} lead={t("plan.empty.lead")}>
          {t("plan.empty.why")}
        </EmptyState>
      )}
      {view === "timeline" ? (
        lines + actions.length > 0 && <Timeline {...shown} mayChange={mayChange} />
      ) : (
        <PlanTables {...shown} removed={removed} mayAdd={mayAdd} zone={zone} />
      )}
      <PlanText text={more.text} mayStart={more.mayStartText} reference={jit.reference} />
    </Page>
  );
}

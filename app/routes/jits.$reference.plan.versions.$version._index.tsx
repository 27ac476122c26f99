import "#app/i18n/english/plan.ts";
import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { stateName } from "#app/domain/names/names.ts";
import { readVersion, versionNumber } from "#app/domain/plan/versions.server.ts";
import { FrozenText } from "#app/editor/FrozenText.tsx";
import { inJit } from "#app/http.server.ts";
import { formatInstant } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { Digest } from "#app/ui/Digest.tsx";
import { FactList } from "#app/ui/FactList.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { PlanTables } from "#app/ui/plan/PlanTables.tsx";
import { Section } from "#app/ui/Section.tsx";
import { ViewBar } from "#app/ui/ViewBar.tsx";

export const loader = inJit("plan.read", async ({ actor, jit, me, params }) => ({
  jit,
  version: await readVersion(actor, { jit: jit.id, version: versionNumber(params.version ?? "") }),
  ownState: actor.state,
  zone: me.timeZone,
}));

export const meta: MetaFunction<typeof loader> = ({ data, params, matches }) =>
  pageTitle(matches, (t) => [t("plan.versions.crumb", { number: params.version ?? "" }), data?.jit.names.en]);

export default function VersionPage() {
  const { t, i18n } = useTranslation();
  const { jit, version, ownState, zone } = useLoaderData<typeof loader>();
  const { number, digest, approvedAt, approvals, narrative, readsText, changed, ...shown } = version;
  const base = `/jits/${jit.reference}/plan`;
  const { language } = i18n;
  const at = (instant: string) => formatInstant(instant, { language, zone });
  return (
    <Page wide>
      <Masthead
        title={t("plan.versions.crumb", { number })}
        sub={t("plan.versions.asApproved", { day: at(approvedAt) })}
        crumbs={[
          { label: t("plan.title"), to: base },
          { label: t("plan.versions.title"), to: `${base}/versions` },
          { label: t("plan.versions.crumb", { number }) },
        ]}
      />
      <ViewBar
        end={(["A4", "A3"] as const).map((paper) => (
          <LinkButton key={paper} to={`${base}.pdf?paper=${paper}&version=${number}`} small download>
            {t(`plan.versions.print.${paper}`)}
          </LinkButton>
        ))}
      />
      {changed ? (
        <Banner
          tone="warn"
          title={t("plan.versions.changed", { number })}
          action={
            <LinkButton to={`${base}/versions/${number}/changes`} small>
              {t("plan.versions.seeChanges")}
            </LinkButton>
          }
        />
      ) : (
        <Banner tone="good">{t("plan.versions.stillHolds")}</Banner>
      )}
      <FactList
        facts={[
          ...approvals.map(({ state, latinName, at: given }) => ({
            label: stateName(state, language),
            value: t("plan.versions.gave", { name: latinName, at: at(given) }),
          })),
          { label: t("plan.versions.digestHead"), value: <Digest value={digest} /> },
        ]}
      />
      <PlanTables
        {...{ ...shown, base: null, ownState, language, now: approvedAt, zone }}
        removed={[]}
        mayAdd={false}
      />
      <Section title={t("plan.text.title")}>
        {narrative ? (
          Object.entries(narrative.languages).map(([code, doc]) => (
            <FrozenText key={code} doc={doc} fields={narrative.fields} language={code} />
          ))
        ) : (
          <p className="hint">{t(readsText ? "plan.versions.noText" : "plan.versions.textKept")}</p>
        )}
      </Section>
    </Page>
  );
}

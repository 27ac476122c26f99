import { type MetaFunction, redirect } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { type Access, can, mayEver } from "#app/domain/access.ts";
import type { Action } from "#app/domain/actions.ts";
import { latestActivity } from "#app/domain/audit/activity.server.ts";
import type { ActivityEntry } from "#app/domain/audit/activity.ts";
import { isClosed, nameIn } from "#app/domain/jits/jit.ts";
import { overviewOf } from "#app/domain/jits/overview.server.ts";
import { type Overview, stepsOf, whoSees } from "#app/domain/jits/overview.ts";
import { inJit } from "#app/http.server.ts";
import { formatInstant } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { now } from "#app/platform/clock.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { Columns } from "#app/ui/Columns.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Section } from "#app/ui/Section.tsx";
import { ClosingSteps } from "#app/ui/team/ClosingSteps.tsx";
import { EndOfTeam } from "#app/ui/team/EndOfTeam.tsx";
import { LatestInTeam } from "#app/ui/team/LatestInTeam.tsx";
import { PartiesOfTeam } from "#app/ui/team/PartiesOfTeam.tsx";
import { SettingUpSteps } from "#app/ui/team/SettingUpSteps.tsx";
import { TeamDates } from "#app/ui/team/TeamDates.tsx";
import type { TeamView } from "#app/ui/team/team-view.ts";

export const loader = inJit("jit.read", async ({ actor, jit, access, me }) => {
  // A State that is still joining has a place in the texts alone.
  if (access.only) throw redirect(`/jits/${jit.reference}/annexes`);
  const overview = await overviewOf(actor, jit.id);
  return {
    jit,
    overview,
    may: mayOf(access, overview),
    own: access.partyId,
    ownState: actor.state,
    latest: mayEver(access, "trail.read") ? await latestActivity(actor, jit.id, 4) : null,
    zone: me.timeZone,
    at: now(),
  };
});

const shown = [
  "jit.describe",
  "party.add",
  "document.start",
  "document.read",
  "document.finalise",
  "signing.open",
  "jit.proposeClosure",
  "jit.archive",
] as const satisfies readonly Action[];

/** Of these, what a closed team no longer takes. */
const writes: readonly Action[] = ["jit.describe", "party.add"];

/** What the reader may do now, as the page asks it; the domain asks again at the act. */
function mayOf(access: Access, { agreement, parties }: Overview): TeamView["may"] {
  const documentState = agreement?.state;
  const subject = { documentState, documentId: agreement?.id };
  const open = isClosed(documentState) ? [] : parties;
  const invites = open.filter((party) => can(access, "member.invite", { partyId: party.id }) === "yes");
  const cases = open.filter((party) => can(access, "party.changeNationalCase", { partyId: party.id }) === "yes");
  return {
    ...(Object.fromEntries(
      shown.map((action) => [
        action,
        can(access, action, subject) === "yes" && !(writes.includes(action) && open.length === 0),
      ]),
    ) as Record<(typeof shown)[number], boolean>),
    invitesTo: invites.map((party) => party.id),
    entersCaseOf: cases.map((party) => party.id),
  };
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => [t("shell.nav.overview"), data?.jit.names.en]);

export default function OverviewPage() {
  const { t, i18n } = useTranslation();
  const view = useLoaderData<typeof loader>();
  const { jit, overview, zone } = view;
  const language = i18n.language;
  const title = nameIn(language, jit.names);
  const others = Object.entries(jit.names).filter(([, text]) => text !== title);
  const state = overview.agreement?.state ?? null;
  const settingUp = stepsOf(overview).some((step) => step.state !== "done") && state !== "withdrawn";
  const closing = state === "expired" || state === "terminated" || state === "closing" || state === "archived";
  return (
    <Page>
      <Masthead
        title={<bdi>{title}</bdi>}
        names={others.map(([lang, text]) => ({ lang, text }))}
        sub={jit.summary && <span dir="auto">{jit.summary}</span>}
        symbol={[
          { label: t("jits.reference"), value: jit.reference },
          { label: t("jits.phase"), value: <Phase overview={overview} zone={zone} /> },
          { label: t("jits.basis"), value: t("jits.convention") },
        ]}
      />
      {state === "suspended" && (
        <Banner tone="hold" title={t("jits.overview.suspended.title")}>
          {t("jits.overview.suspended.body")}
        </Banner>
      )}
      {(state === "in_force" || state === "suspended") && <EndOfTeam view={view} />}
      {state === "terminated" && overview.agreement?.expiresAt && (
        <Banner tone="hold" title={t("jits.overview.terminated.title")}>
          {t("jits.overview.terminated.body", {
            instant: formatInstant(overview.agreement.expiresAt, {
              language,
              zone: overview.agreement.timeZone ?? "UTC",
              form: "legal",
            }),
          })}
        </Banner>
      )}
      {state === "expired" && overview.agreement?.expiresAt && (
        <Banner tone="hold" title={t("jits.overview.expired.title")}>
          {t("jits.overview.expired.body", {
            instant: formatInstant(overview.agreement.expiresAt, { language, zone: "UTC", form: "legal" }),
          })}
        </Banner>
      )}
      {state === "withdrawn" && <Banner tone="plain">{t("jits.overview.withdrawn")}</Banner>}
      <Columns side={<Side view={view} />}>
        {settingUp && <SettingUpSteps view={view} />}
        {closing && <ClosingSteps view={view} />}
        <PartiesOfTeam view={view} />
      </Columns>
    </Page>
  );
}

function Phase({ overview: { agreement }, zone }: { overview: Overview; zone: string }) {
  const { t, i18n } = useTranslation();
  const state = t(`states.${agreement?.state ?? "none"}`);
  const since = agreement?.state === "in_force" ? agreement.inForceAt : agreement?.stateSince;
  if (!agreement || !since) return t("jits.overview.settingUp", { state: state.toLocaleLowerCase(i18n.language) });
  const day = formatInstant(since, { language: i18n.language, zone, form: "day" });
  const early = ["draft", "negotiation", "finalised", "signing"].includes(agreement.state);
  return early
    ? t("jits.overview.settingUpSince", { state: state.toLocaleLowerCase(i18n.language), day })
    : t("jits.overview.standingSince", { state, day });
}

type SideView = TeamView & { latest: ActivityEntry[] | null; ownState: string | null };

function Side({ view }: { view: SideView }) {
  const { t } = useTranslation();
  const { jit, overview, may, latest, ownState, zone, at } = view;
  const sees = whoSees(overview);
  const base = `/jits/${jit.reference}`;
  return (
    <>
      <TeamDates view={view} />
      {latest && <LatestInTeam entries={latest} {...{ ownState, base, zone, at }} />}
      <Section title={t("jits.overview.seen")}>
        <p>
          {t("jits.overview.seenAll", {
            states: t("jits.states", { count: sees.states }),
            people: t("shell.people", { count: sees.people }),
          })}{" "}
          {sees.observers.length > 0 && t("jits.overview.seenObservers", { names: sees.observers.join(", ") })}
        </p>
        {may["jit.describe"] && (
          <p className="more">
            <Link to={`${base}/settings`}>{t("jits.settings.link")}</Link>
          </p>
        )}
      </Section>
    </>
  );
}

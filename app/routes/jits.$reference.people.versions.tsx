import "#app/i18n/english/lifecycle.ts";
import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { can, mayEver } from "#app/domain/access.ts";
import { listVersions } from "#app/domain/jits/member-notice.server.ts";
import type { ListedMember, ListVersion } from "#app/domain/jits/member-notice.ts";
import { overviewOf } from "#app/domain/jits/overview.server.ts";
import { stateName } from "#app/domain/names/names.ts";
import type { JitRole } from "#app/domain/roles.ts";
import { inJit } from "#app/http.server.ts";
import { formatInstant } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { now } from "#app/platform/clock.ts";
import { Digest } from "#app/ui/Digest.tsx";
import { EmptyState } from "#app/ui/EmptyState.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Section } from "#app/ui/Section.tsx";
import { Sub } from "#app/ui/Sub.tsx";
import { Table } from "#app/ui/Table.tsx";

export const loader = inJit("member.list", async ({ actor, jit, access, me }) => {
  const [versions, { parties, agreement }] = await Promise.all([
    listVersions(actor, jit.id),
    overviewOf(actor, jit.id),
  ]);
  return {
    versions,
    mayGive:
      mayEver(access, "member.notify") &&
      parties.some((one) => can(access, "member.notify", { partyId: one.id }) === "yes"),
    legalZone: agreement?.timeZone ?? "UTC",
    zone: me.timeZone,
    at: now(),
    base: `/jits/${jit.reference}/people`,
  };
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("lifecycle.versions.title")]);

export default function VersionsPage() {
  const { t } = useTranslation();
  const { versions, mayGive, base } = useLoaderData<typeof loader>();
  const give = mayGive && <LinkButton to={`${base}/notice`}>{t("lifecycle.notice.link")}</LinkButton>;
  return (
    <Page wide>
      <Masthead
        title={t("lifecycle.versions.title")}
        sub={t("lifecycle.versions.lead")}
        crumbs={[{ label: t("jits.people.title"), to: base }, { label: t("lifecycle.versions.crumb") }]}
      />
      {versions.length === 0 ? (
        <EmptyState lead={t("lifecycle.versions.none.lead")} action={give || undefined}>
          {t("lifecycle.versions.none.why")}
        </EmptyState>
      ) : (
        <>
          <Versions />
          {give && <p className="more">{give}</p>}
          <Section
            title={t("lifecycle.versions.list", { version: versions[0]!.version })}
            count={t("lifecycle.versions.people", { count: versions[0]!.list.length })}
          >
            <List members={versions[0]!.list} label={t("lifecycle.versions.list", { version: versions[0]!.version })} />
          </Section>
          {versions.slice(1).map(({ version, list }) => (
            <details key={version}>
              <summary>{t("lifecycle.versions.list", { version })}</summary>
              <List members={list} label={t("lifecycle.versions.list", { version })} />
            </details>
          ))}
        </>
      )}
    </Page>
  );
}

function Versions() {
  const { t } = useTranslation();
  const { versions } = useLoaderData<typeof loader>();
  const columns = "lifecycle.versions.columns" as const;
  return (
    <Table
      label={t("lifecycle.versions.table")}
      columns={[
        t(`${columns}.version`),
        t(`${columns}.change`),
        t(`${columns}.given`),
        t(`${columns}.holds`),
        t(`${columns}.digest`),
      ]}
    >
      {versions.map((version) => (
        <VersionRow key={version.version} version={version} />
      ))}
    </Table>
  );
}

function VersionRow({ version: one }: { version: ListVersion }) {
  const { t, i18n } = useTranslation();
  const { legalZone, zone, at } = useLoaderData<typeof loader>();
  const language = i18n.language;
  const state = one.partyState ? stateName(one.partyState, language) : "";
  const given = formatInstant(one.givenAt, { language, zone, form: "day" });
  return (
    <tr>
      <th scope="row" className="num">
        {one.version}
      </th>
      <td>
        {t(`lifecycle.versions.changes.${one.kind}`, { state, name: one.member?.latinName ?? "" })}
        {one.words && (
          <Sub>
            <span dir="auto">{one.words}</span>
          </Sub>
        )}
      </td>
      <td>{one.givenBy ? t("lifecycle.versions.given", { instant: given, name: one.givenBy.latinName }) : given}</td>
      <td>
        <time dateTime={one.holdsFrom.toISOString()}>
          {formatInstant(one.holdsFrom, { language, zone: legalZone, form: "legal" })}
        </time>
        {one.holdsFrom > at && <Sub>{t("lifecycle.versions.ahead")}</Sub>}
      </td>
      <td>
        <Digest value={one.digest} short />
      </td>
    </tr>
  );
}

function List({ members, label }: { members: readonly ListedMember[]; label: string }) {
  const { t, i18n } = useTranslation();
  const { legalZone } = useLoaderData<typeof loader>();
  const language = i18n.language;
  const day = (instant: string) => formatInstant(new Date(instant), { language, zone: legalZone, form: "date" });
  return (
    <Table
      label={label}
      kind="narrow"
      columns={[t("lifecycle.versions.who"), t("lifecycle.versions.place"), t("lifecycle.versions.period")]}
    >
      {members.map(({ name, latinName, state, role, from, until, function: office }) => (
        <tr key={`${state}${latinName}${role}${from}`}>
          <th scope="row">
            <bdi>{name}</bdi>
            <Sub>
              {latinName}, {state ? stateName(state, language) : ""}
            </Sub>
          </th>
          <td>
            {t(`roles.${role as JitRole}`)}
            <Sub>
              <bdi>{office}</bdi>
            </Sub>
          </td>
          <td>
            {until
              ? t("lifecycle.versions.span", {
                  from: day(from),
                  until: day(new Date(Date.parse(until) - 1).toISOString()),
                })
              : t("lifecycle.versions.open", { from: day(from) })}
          </td>
        </tr>
      ))}
    </Table>
  );
}

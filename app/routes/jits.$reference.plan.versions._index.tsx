import "#app/i18n/english/plan.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "#app/domain/access.ts";
import { mayExport } from "#app/domain/export/may-export.ts";
import { stateName } from "#app/domain/names/names.ts";
import { ApprovePlan, approvePlan, readVersions } from "#app/domain/plan/versions.server.ts";
import { form, inJit, type Refusal } from "#app/http.server.ts";
import { formatInstant } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { Digest } from "#app/ui/Digest.tsx";
import { Form } from "#app/ui/Form.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { Plate } from "#app/ui/Plate.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { ApprovalRounds } from "#app/ui/plan/ApprovalRounds.tsx";
import { LeftBanner } from "#app/ui/plan/LeftBanner.tsx";
import { StandingBanner } from "#app/ui/plan/StandingBanner.tsx";
import { RecordToCheck } from "#app/ui/RecordToCheck.tsx";
import { Section } from "#app/ui/Section.tsx";
import { Status } from "#app/ui/Status.tsx";
import { Table } from "#app/ui/Table.tsx";

export const loader = inJit("plan.read", async ({ actor, jit, me, access }) => ({
  jit,
  ...(await readVersions(actor, jit.id)),
  own: access.partyId,
  ownState: actor.state,
  mayApprove: can(access, "plan.approve", { partyId: access.partyId }) === "yes",
  mayExport: mayExport(access, jit.agreement),
  zone: me.timeZone,
}));

export const action = inJit("plan.approve", async ({ actor, jit, access, request }) => {
  const { digest } = await form(request, ApprovePlan);
  await approvePlan(actor, { jit: jit.id, party: access.partyId ?? "", digest });
  return redirect(`/jits/${jit.reference}/plan/versions`);
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => [t("plan.versions.title"), data?.jit.names.en]);

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function VersionsPage() {
  const { t } = useTranslation();
  const loaded = useLoaderData<typeof loader>();
  const { jit, digest, version, changed, parties, rounds, round, zone } = loaded;
  const base = `/jits/${jit.reference}/plan`;
  const settled = version !== null && !changed;
  const earlier = rounds.filter(({ number }) => !(round?.holds && number === round.number));
  return (
    <Page>
      <Masthead
        title={t("plan.versions.title")}
        crumbs={[{ label: t("plan.title"), to: base }, { label: t("plan.versions.title") }]}
      />
      <StandingBanner standing={loaded} parties={parties.length} base={base} there />
      {settled && <Banner tone="good">{t("plan.versions.same", { number: version.number })}</Banner>}
      <Section title={t("plan.versions.digest")}>
        <p>
          <Digest value={digest} />
        </p>
        <p className="hint">{t("plan.versions.digestHint")}</p>
      </Section>
      {!settled && (
        <Section title={t("plan.versions.parties")}>
          <Parties {...loaded} />
          {loaded.left.length > 0 && <LeftBanner left={loaded.left} />}
          <Say {...loaded} />
        </Section>
      )}
      <Section title={t("plan.versions.list")} count={loaded.versions.length}>
        <Versions {...loaded} base={base} />
        {loaded.mayExport && loaded.versions.length > 0 && (
          <RecordToCheck team={`/jits/${jit.reference}`} hint={t("plan.versions.recordHint")} />
        )}
      </Section>
      {earlier.length > 0 && (
        <Section title={t("plan.versions.history")}>
          <ApprovalRounds rounds={earlier} zone={zone} />
        </Section>
      )}
    </Page>
  );
}

function Parties({ parties, round, own, zone }: Loaded) {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  return (
    <Table
      kind="narrow"
      label={t("plan.versions.tables.parties")}
      columns={[t("plan.versions.party"), t("plan.versions.leaders"), t("plan.versions.stand")]}
    >
      {parties.map(({ id, state, leaders }) => {
        const given = round?.holds ? round.approvals.find(({ partyId }) => partyId === id) : undefined;
        return (
          <tr key={id}>
            <td>
              <Plate code={state} name={stateName(state, language)} own={id === own} />
            </td>
            <td>{leaders.length === 0 ? t("plan.versions.noLeader") : <bdi>{leaders.join(", ")}</bdi>}</td>
            <td>
              {given ? (
                <Status tone="good">
                  {t("plan.versions.gave", {
                    name: given.latinName,
                    at: formatInstant(given.at, { language, zone }),
                  })}
                </Status>
              ) : (
                <Status tone={leaders.length === 0 ? "hold" : "plain"}>{t("plan.versions.waits")}</Status>
              )}
            </td>
          </tr>
        );
      })}
    </Table>
  );
}

/** The own party's say: to approve, or why not. */
function Say({ digest, parties, own, mayApprove, round, version }: Loaded) {
  const { t, i18n } = useTranslation();
  const refusal = useActionData<Refusal>();
  const mine = parties.find(({ id }) => id === own);
  if (!mine || !mayApprove) return <p className="hint">{t("plan.versions.notYours")}</p>;
  const state = stateName(mine.state, i18n.language);
  const given = round?.holds && round.approvals.some(({ partyId }) => partyId === own);
  const waiting = parties.some(({ id }) => !round?.approvals.some(({ partyId }) => partyId === id));
  if (given && waiting) return <p>{t("plan.versions.mine", { state })}</p>;
  return (
    <Form refusal={refusal}>
      <input type="hidden" name="digest" value={digest} />
      <p className="consequence">{t("plan.versions.consequence", { state, number: (version?.number ?? 0) + 1 })}</p>
      <ButtonRow>
        <Button type="submit" tone="primary" working={t("plan.versions.approving")}>
          {t("plan.versions.approve", { state })}
        </Button>
      </ButtonRow>
    </Form>
  );
}

function Versions({ versions, rounds, base, zone }: Loaded & { base: string }) {
  const { t, i18n } = useTranslation();
  if (versions.length === 0) return <p className="hint">{t("plan.versions.listNone")}</p>;
  const heads = ["number", "approvedAt", "by", "digestHead"] as const;
  return (
    <Table
      label={t("plan.versions.tables.list")}
      columns={[
        ...heads.map((head) => t(`plan.versions.${head}`)),
        { label: t("plan.versions.changes"), hidden: true },
      ]}
    >
      {versions.map(({ number, approvedAt, digest }) => {
        const approvals = rounds.find((one) => one.version === number)?.approvals ?? [];
        return (
          <tr key={number}>
            <td>
              <Link to={`${base}/versions/${number}`}>{t("plan.versions.crumb", { number })}</Link>
            </td>
            <td className="num">{formatInstant(approvedAt, { language: i18n.language, zone })}</td>
            <td>
              <bdi>{approvals.map(({ latinName, state }) => `${latinName} (${state})`).join(", ")}</bdi>
            </td>
            <td>
              <Digest value={digest} short />
            </td>
            <td>
              <LinkButton to={`${base}/versions/${number}/changes`} small>
                {t("plan.versions.changes")}
              </LinkButton>
            </td>
          </tr>
        );
      })}
    </Table>
  );
}

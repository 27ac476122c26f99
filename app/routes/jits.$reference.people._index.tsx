import "#app/i18n/english/lifecycle.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData, useSearchParams } from "@remix-run/react";
import { Plus } from "lucide-react";
import { z } from "zod";
import { can, mayEver } from "#app/domain/access.ts";
import { isLiving } from "#app/domain/documents/states.ts";
import { withdrawInvitation } from "#app/domain/jits/invitations.server.ts";
import type { InvitationLine } from "#app/domain/jits/invitations.ts";
import { isClosed } from "#app/domain/jits/jit.ts";
import { listVersions } from "#app/domain/jits/member-notice.server.ts";
import type { MemberLine } from "#app/domain/jits/members.ts";
import { overviewOf } from "#app/domain/jits/overview.server.ts";
import { inReadersOrder, stateName } from "#app/domain/names/names.ts";
import { form, inJit, type Refusal } from "#app/http.server.ts";
import { formatInstant } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { Form } from "#app/ui/Form.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { Plate } from "#app/ui/Plate.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Section } from "#app/ui/Section.tsx";
import { Status } from "#app/ui/Status.tsx";
import { Sub } from "#app/ui/Sub.tsx";
import { Table } from "#app/ui/Table.tsx";
import { TableGroup } from "#app/ui/TableGroup.tsx";
import { TextButton } from "#app/ui/TextButton.tsx";
import { MemberRow } from "#app/ui/team/MemberRow.tsx";
import { roleList } from "#app/ui/team/words.ts";
import { ViewBar } from "#app/ui/ViewBar.tsx";
import { Views } from "#app/ui/Views.tsx";

export const loader = inJit("member.list", async ({ actor, jit, access, me }) => {
  const [{ parties, members, invitations, agreement }, [newest]] = await Promise.all([
    overviewOf(actor, jit.id),
    listVersions(actor, jit.id),
  ]);
  const closed = isClosed(jit.agreement?.state);
  const invitesTo = (closed ? [] : parties).filter(
    (party) => can(access, "member.invite", { partyId: party.id }) === "yes",
  );
  return {
    jit,
    parties,
    members: members.map((member) => ({
      ...member,
      mayRevoke: can(access, "member.revoke", { partyId: member.partyId }) === "yes",
    })),
    invitations: invitations.map((one) => ({
      ...one,
      mayWithdraw: can(access, "invitation.withdraw", { partyId: one.partyId }) === "yes",
    })),
    invitesTo: invitesTo.map((party) => party.id),
    newest: newest ? { ...newest, list: undefined, legalZone: agreement?.timeZone ?? "UTC" } : null,
    mayGiveNotice: agreement !== null && isLiving(agreement.state) && mayEver(access, "member.notify"),
    mayChange: !closed && mayEver(access, "member.changeRoles"),
    own: access.partyId,
    zone: me.timeZone,
  };
});

const Withdraw = z.object({ invitation: z.string("required") });

export const action = inJit("invitation.withdraw", async ({ actor, jit, request }) => {
  const { invitation } = await form(request, Withdraw);
  await withdrawInvitation(actor, { jit: jit.id, invitation });
  return redirect(`/jits/${jit.reference}/people`);
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => [t("jits.people.title"), data?.jit.names.en]);

export default function PeoplePage() {
  const { t } = useTranslation();
  const data = useLoaderData<typeof loader>();
  const [query] = useSearchParams();
  const former = query.get("show") === "former";
  const { jit, members, invitations, invitesTo, own } = data;
  const base = `/jits/${jit.reference}/people`;
  const invite = own && invitesTo.includes(own) ? own : invitesTo[0];
  return (
    <Page wide>
      <Masthead title={t("jits.people.title")} sub={t("jits.people.sub")} symbol={useCounts(members, invitations)} />
      <ViewBar
        end={
          invite && (
            <InviteButton
              to={`${base}/invite?party=${invite}`}
              party={data.parties.find(({ id }) => id === invite)}
              several={invitesTo.length > 1}
            />
          )
        }
      >
        <Views
          label={t("jits.people.views")}
          views={[
            { label: t("jits.people.now"), to: base, current: !former },
            { label: t("jits.people.former"), to: `${base}?show=former`, current: former },
          ]}
        />
      </ViewBar>
      <Told data={data} base={base} />
      <People data={data} former={former} />
      <p className="more">
        {data.mayGiveNotice && (
          <>
            <Link to={`${base}/notice`}>{t("lifecycle.notice.link")}</Link>{" "}
          </>
        )}
        <Link to={`${base}/versions`}>{t("lifecycle.versions.link")}</Link>
      </p>
      {!former && invitations.length > 0 && <Invitations invitations={invitations} zone={data.zone} />}
    </Page>
  );
}

/** The newest notice, told to everybody in the team. */
function Told({ data: { newest }, base }: { data: Data; base: string }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  if (!newest?.partyState) return null;
  const { partyState, version, holdsFrom, legalZone: zone } = newest;
  return (
    <Banner
      tone="note"
      title={t("lifecycle.told", {
        state: stateName(partyState, language),
        version,
        instant: formatInstant(holdsFrom, { language, zone, form: "legal" }),
      })}
      action={<LinkButton to={`${base}/versions`}>{t("lifecycle.toldLink")}</LinkButton>}
    />
  );
}

type Data = ReturnType<typeof useLoaderData<typeof loader>>;

function useCounts(members: readonly MemberLine[], invitations: readonly InvitationLine[]) {
  const { t } = useTranslation();
  const here = members.filter((member) => member.roles.length > 0);
  const observers = here.filter((member) => member.partyId === null).length;
  const signatories = here.filter((member) => member.roles.some(({ role }) => role === "signatory")).length;
  return [
    {
      label: t("jits.people.symbolPeople"),
      value: t("jits.people.counted", {
        members: t("jits.members", { count: here.length - observers }),
        signatories: t("jits.people.signatories", { count: signatories }),
      }),
    },
    { label: t("jits.people.symbolParticipants"), value: t("jits.people.observers", { count: observers }) },
    {
      label: t("jits.people.symbolInvitations"),
      value: t("jits.people.pending", { count: invitations.filter((one) => one.standing === "open").length }),
    },
  ];
}

function InviteButton({ to, party, several }: { to: string; party?: { state: string }; several: boolean }) {
  const { t, i18n } = useTranslation();
  return (
    <LinkButton to={to} tone="primary" icon={Plus}>
      {several || !party
        ? t("jits.people.invite")
        : t("jits.people.inviteOf", { state: stateName(party.state, i18n.language) })}
    </LinkButton>
  );
}

function People({ data, former }: { data: Data; former: boolean }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  const columns = t("jits.people.columns", { returnObjects: true });
  const shown = data.members.filter((member) => member.roles.length > 0 !== former);
  const parties = inReadersOrder(
    data.parties.map((party) => ({ ...party, code: party.state, own: party.id === data.own })),
    language,
  );
  const observers = shown.filter((member) => member.partyId === null);
  if (former && shown.length === 0) return <p className="blank-why">{t("jits.people.noFormer")}</p>;
  const row = (member: Data["members"][number]) => (
    <MemberRow
      key={member.id}
      member={member}
      you={member.id === data.jit.memberId}
      to={`/jits/${data.jit.reference}/people/${member.id}`}
      acts={{ change: data.mayChange && !former, remove: member.mayRevoke && !former }}
    />
  );
  return (
    <Table
      kind="people"
      label={t("jits.people.title")}
      columns={[
        columns.name,
        columns.office,
        columns.role,
        columns.days,
        { label: columns.actions, end: true, hidden: true },
      ]}
    >
      {parties.map((party) => {
        const members = shown.filter((member) => member.partyId === party.id);
        const people = t("shell.people", { count: members.length });
        if (former && members.length === 0) return null;
        return [
          <TableGroup
            key={party.id}
            columns={5}
            code={party.code}
            name={stateName(party.code, language)}
            own={party.own}
            note={party.own ? t("jits.people.own", { people }) : members.length > 0 ? people : t("jits.people.nobody")}
          />,
          ...members.map(row),
        ];
      })}
      {observers.length > 0 && (
        <TableGroup columns={5} name={t("jits.people.observersGroup")} note={t("jits.people.observersNote")} />
      )}
      {observers.map(row)}
    </Table>
  );
}

type Withdrawable = InvitationLine & { mayWithdraw: boolean };

function Invitations({ invitations, zone }: { invitations: readonly Withdrawable[]; zone: string }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  const refusal = useActionData<Refusal>();
  const columns = t("jits.people.invitationColumns", { returnObjects: true });
  return (
    <Section title={t("jits.people.invitations")} count={invitations.length}>
      <Form refusal={refusal}>
        <Table
          kind="people"
          label={t("jits.people.invitationsLabel")}
          columns={[
            columns.who,
            columns.roles,
            columns.by,
            columns.until,
            { label: columns.actions, end: true, hidden: true },
          ]}
        >
          {invitations.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                <bdi dir="ltr">{one.email}</bdi>
                <Sub>
                  <Plate code={one.partyState} name={stateName(one.partyState, language)} />
                </Sub>
              </th>
              <td>{roleList(t, language, one.roles)}</td>
              <td>
                <bdi>{one.invitedBy}</bdi>
              </td>
              <td className="num">
                <LinkEnd one={one} zone={zone} />
              </td>
              <td className="end">
                {one.mayWithdraw && (
                  <TextButton type="submit" name="invitation" value={one.id}>
                    {t("jits.people.withdraw")}
                    <span className="vh"> {t("jits.people.withdrawWho", { email: one.email })}</span>
                  </TextButton>
                )}
              </td>
            </tr>
          ))}
        </Table>
      </Form>
    </Section>
  );
}

function LinkEnd({ one, zone }: { one: InvitationLine; zone: string }) {
  const { t, i18n } = useTranslation();
  const day = formatInstant(one.expiresAt, { language: i18n.language, zone, form: "day" });
  return one.standing === "open" ? day : <Status tone="hold">{t("jits.people.expired", { day })}</Status>;
}

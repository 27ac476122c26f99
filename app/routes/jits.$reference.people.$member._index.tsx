import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { can, mayEver } from "#app/domain/access.ts";
import { isClosed, nameIn } from "#app/domain/jits/jit.ts";
import { getMember } from "#app/domain/jits/member-list.server.ts";
import { changeRoles } from "#app/domain/jits/members.server.ts";
import { ChangeRoles, type MemberLine } from "#app/domain/jits/members.ts";
import { stateName } from "#app/domain/names/names.ts";
import { jitRoles } from "#app/domain/roles.ts";
import { form, inJit, type Refusal } from "#app/http.server.ts";
import { formatDay, formatInstant, zoneName } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { FactList } from "#app/ui/FactList.tsx";
import { Form } from "#app/ui/Form.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { PartyName } from "#app/ui/PartyName.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Section } from "#app/ui/Section.tsx";
import { officeOf } from "#app/ui/team/office.ts";
import { RoleDays } from "#app/ui/team/RoleDays.tsx";
import { RolesFields } from "#app/ui/team/RolesFields.tsx";
import { roleList } from "#app/ui/team/words.ts";

export const loader = inJit("member.list", async ({ actor, jit, access, params }) => {
  const member = await getMember(actor, { jit: jit.id, member: params.member ?? "" });
  return {
    jit,
    member,
    own: access.partyId,
    mayChange: !isClosed(jit.agreement?.state) && mayEver(access, "member.changeRoles"),
    mayRevoke: can(access, "member.revoke", { partyId: member.partyId }) === "yes",
  };
});

export const action = inJit("member.changeRoles", async ({ actor, jit, request, params }) => {
  const input = await form(request, ChangeRoles);
  await changeRoles(actor, { ...input, jit: jit.id, member: params.member ?? "" });
  return redirect(`/jits/${jit.reference}/people`);
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, () => [data?.member.latinName, data?.jit.names.en]);

export default function MemberPage() {
  const { t, i18n } = useTranslation();
  const { jit, member, mayRevoke, mayChange } = useLoaderData<typeof loader>();
  const base = `/jits/${jit.reference}/people`;
  const own = member.name === member.latinName ? [] : [{ text: member.name, lang: member.language }];
  const here = member.roles.length > 0;
  return (
    <Page form>
      <Masthead
        title={<bdi>{member.latinName}</bdi>}
        names={own}
        crumbs={[{ label: t("jits.people.title"), to: base }, { label: <bdi>{member.latinName}</bdi> }]}
      />
      <Entry member={member} />
      {here && (
        <Section title={t("jits.member.roles")}>
          {mayChange ? (
            <RolesForm member={member} />
          ) : (
            <>
              <p>
                {roleList(
                  t,
                  i18n.language,
                  member.roles.map(({ role }) => role),
                )}
              </p>
              <p className="hint">
                <RoleDays roles={member.roles} day={(date) => formatDay(date, i18n.language)} />
              </p>
              <p className="hint">{t("jits.member.administratorOnly")}</p>
            </>
          )}
        </Section>
      )}
      {here && mayRevoke && (
        <ButtonRow>
          <LinkButton to={`${base}/${member.id}/revoke`} tone="danger">
            {t("jits.member.remove")}
          </LinkButton>
        </ButtonRow>
      )}
    </Page>
  );
}

function Entry({ member }: { member: MemberLine }) {
  const { t, i18n } = useTranslation();
  const { own } = useLoaderData<typeof loader>();
  const language = i18n.language;
  const { partyState: state, leftAt, timeZone: zone } = member;
  return (
    <Section title={t("jits.member.facts")}>
      <FactList
        facts={[
          {
            label: t("jits.member.party"),
            value: state ? (
              <PartyName code={state} name={stateName(state, language)} own={member.partyId === own} />
            ) : (
              t("jits.member.noParty")
            ),
          },
          { label: t("jits.member.office"), value: <bdi>{nameIn(language, member.authorityNames)}</bdi> },
          { label: t("jits.member.function"), value: <span dir="auto">{officeOf(t, member.function)}</span> },
          ...(member.capacity
            ? [{ label: t("jits.member.capacity"), value: <span dir="auto">{officeOf(t, member.capacity)}</span> }]
            : []),
        ]}
      />
      {leftAt && <p>{t("jits.member.left", { instant: formatInstant(leftAt, { language, zone, form: "full" }) })}</p>}
    </Section>
  );
}

function RolesForm({ member }: { member: MemberLine }) {
  const { t } = useTranslation();
  const roles = jitRoles.filter((role) => (member.partyId === null) === (role === "participant_observer"));
  return (
    <Form refusal={useActionData<Refusal>()} labels={{ roles: t("jits.member.role") }}>
      <RolesFields
        label={t("jits.member.role")}
        hint={t("jits.member.rolesSub", { zone: zoneName(member.timeZone) })}
        roles={roles.map((role) => ({ role, held: member.roles.find((one) => one.role === role) }))}
      />
      <ButtonRow>
        <Button type="submit" tone="primary" working={t("jits.member.acting")}>
          {t("jits.member.act")}
        </Button>
      </ButtonRow>
    </Form>
  );
}

import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { can } from "#app/domain/access.ts";
import { Forbidden } from "#app/domain/errors.ts";
import { getMember } from "#app/domain/jits/member-list.server.ts";
import { revokeMember } from "#app/domain/jits/members.server.ts";
import { RevokeMember } from "#app/domain/jits/members.ts";
import { overviewOf } from "#app/domain/jits/overview.server.ts";
import { form, inJit, type Refusal } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { Form } from "#app/ui/Form.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { TextArea } from "#app/ui/TextArea.tsx";

export const loader = inJit("member.revoke", async ({ actor, jit, access, params }) => {
  const member = await getMember(actor, { jit: jit.id, member: params.member ?? "" });
  if (can(access, "member.revoke", { partyId: member.partyId }) !== "yes") throw new Forbidden();
  const { slots } = await overviewOf(actor, jit.id);
  return {
    jit,
    member,
    self: member.id === jit.memberId,
    waits: slots.some((slot) => slot.memberId === member.id && slot.state === "waiting"),
  };
});

export const action = inJit("member.revoke", async ({ actor, jit, request, params }) => {
  const input = await form(request, RevokeMember);
  const member = params.member ?? "";
  await revokeMember(actor, { ...input, jit: jit.id, member });
  return redirect(member === jit.memberId ? "/home" : `/jits/${jit.reference}/people`);
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => [t("jits.revoke.title", { name: data?.member.latinName ?? "" }), data?.jit.names.en]);

export default function RevokePage() {
  const { t } = useTranslation();
  const { jit, member, self, waits } = useLoaderData<typeof loader>();
  const refusal = useActionData<Refusal>();
  const name = member.latinName;
  const base = `/jits/${jit.reference}/people`;
  return (
    <Page form>
      <Masthead
        title={t("jits.revoke.title", { name })}
        sub={t("jits.revoke.lead", { name })}
        crumbs={[
          { label: t("jits.people.title"), to: base },
          { label: <bdi>{name}</bdi>, to: `${base}/${member.id}` },
          { label: t("jits.revoke.crumb") },
        ]}
      />
      {self && <Banner tone="warn">{t("jits.revoke.self")}</Banner>}
      {waits && <Banner tone="warn">{t("jits.revoke.waits", { name })}</Banner>}
      {member.roles.length === 0 ? (
        <Banner tone="plain">{t("jits.revoke.gone")}</Banner>
      ) : (
        <Form refusal={refusal} labels={{ reason: t("jits.revoke.reason") }}>
          <p>{t("jits.revoke.stays", { name })}</p>
          <TextArea name="reason" label={t("jits.revoke.reason")} hint={t("jits.revoke.reasonHint")} rows={3} />
          <ButtonRow>
            <Button type="submit" tone="danger" working={t("jits.revoke.acting")}>
              {t("jits.revoke.act")}
            </Button>
            <LinkButton to={base} tone="quiet">
              {t("shell.cancel")}
            </LinkButton>
          </ButtonRow>
        </Form>
      )}
    </Page>
  );
}

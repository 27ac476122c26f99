import "#app/i18n/english/lifecycle.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { can } from "#app/domain/access.ts";
import { giveNotice, readNoticeTerms } from "#app/domain/jits/member-notice.server.ts";
import { GiveNotice } from "#app/domain/jits/member-notice.ts";
import { overviewOf } from "#app/domain/jits/overview.server.ts";
import { inReadersOrder, stateName } from "#app/domain/names/names.ts";
import { form, inJit, type Refusal } from "#app/http.server.ts";
import { zoneName } from "#app/i18n/dates.ts";
import { problemSentence } from "#app/i18n/problem.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { DateField } from "#app/ui/DateField.tsx";
import { FieldPair } from "#app/ui/FieldPair.tsx";
import { Form } from "#app/ui/Form.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { RadioGroup } from "#app/ui/RadioGroup.tsx";
import { Select } from "#app/ui/Select.tsx";
import { TextArea } from "#app/ui/TextArea.tsx";
import { TextField } from "#app/ui/TextField.tsx";

export const loader = inJit("member.notify", async ({ actor, jit, access }) => {
  const [{ parties, members }, terms] = await Promise.all([overviewOf(actor, jit.id), readNoticeTerms(actor, jit.id)]);
  const open = parties.filter((party) => can(access, "member.notify", { partyId: party.id }) === "yes");
  const listed = members.filter(
    ({ partyId, roles }) =>
      open.some(({ id }) => id === partyId) &&
      roles.some(({ role }) => role === "member" || role === "seconded_member"),
  );
  return {
    terms,
    parties: open.map(({ id, state }) => ({ id, state })),
    listed: listed.map(({ id, latinName, partyState }) => ({ id, latinName, state: partyState ?? "" })),
    own: access.partyId,
    base: `/jits/${jit.reference}/people`,
  };
});

export const action = inJit("member.notify", async ({ actor, jit, request }) => {
  await giveNotice(actor, { ...(await form(request, GiveNotice)), jit: jit.id });
  return redirect(`/jits/${jit.reference}/people/versions`);
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("lifecycle.notice.title")]);

export default function NoticePage() {
  const { t } = useTranslation();
  const { terms, base } = useLoaderData<typeof loader>();
  return (
    <Page form>
      <Masthead
        title={t("lifecycle.notice.title")}
        sub={t("lifecycle.notice.lead")}
        crumbs={[{ label: t("jits.people.title"), to: base }, { label: t("lifecycle.notice.crumb") }]}
      />
      {terms.reason ? (
        <Banner tone="hold" title={t("lifecycle.notice.notNow")}>
          {problemSentence(t, terms.reason)}
        </Banner>
      ) : (
        <NoticeForm />
      )}
    </Page>
  );
}

function NoticeForm() {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  const { terms, parties, listed, own, base } = useLoaderData<typeof loader>();
  const refusal = useActionData<Refusal>();
  const words = "lifecycle.notice" as const;
  const labels = {
    kind: t(`${words}.kind`),
    email: t(`${words}.email`),
    member: t(`${words}.member`),
    day: t(`${words}.day`),
    until: t(`${words}.until`),
  };
  const choices = inReadersOrder(
    parties.map((party) => ({ ...party, code: party.state, own: party.id === own })),
    language,
  );
  const dayHint =
    terms.rule === "day_of_notice"
      ? t(`${words}.dayOf`)
      : terms.rule === "day_after_notice"
        ? t(`${words}.dayAfter`)
        : t(`${words}.dayHint`, { zone: zoneName(terms.zone) });
  return (
    <Form refusal={refusal} labels={labels}>
      <RadioGroup
        name="kind"
        label={labels.kind}
        defaultValue="add"
        options={(["add", "change", "remove"] as const).map((value) => ({
          value,
          label: t(`${words}.kinds.${value}`),
        }))}
      />
      {choices.length > 1 ? (
        <Select
          name="party"
          label={t(`${words}.party`)}
          defaultValue={own ?? undefined}
          options={choices.map(({ id, code }) => ({ value: id, label: stateName(code, language) }))}
        />
      ) : (
        <input type="hidden" name="party" value={choices[0]?.id ?? ""} />
      )}
      <TextField
        name="email"
        type="email"
        label={labels.email}
        hint={t(`${words}.emailHint`)}
        required={false}
        autoComplete="off"
      />
      <Select
        name="member"
        label={labels.member}
        hint={t(`${words}.memberHint`)}
        required={false}
        emptyLabel={t(listed.length > 0 ? `${words}.memberNone` : `${words}.nobody`)}
        options={listed.map(({ id, latinName, state }) => ({
          value: id,
          label: `${latinName}, ${stateName(state, language)}`,
        }))}
      />
      <RadioGroup
        name="role"
        label={t(`${words}.role`)}
        defaultValue="seconded_member"
        options={(["seconded_member", "member"] as const).map((role) => ({ value: role, label: t(`roles.${role}`) }))}
      />
      <TextField name="capacity" label={t(`${words}.capacity`)} hint={t(`${words}.capacityHint`)} required={false} />
      <FieldPair>
        <DateField name="day" label={labels.day} hintAfter={dayHint} required={false} />
        <DateField name="until" label={labels.until} hintAfter={t(`${words}.untilHint`)} required={false} />
      </FieldPair>
      <TextArea name="words" label={t(`${words}.words`)} rows={3} required={false} />
      <ButtonRow>
        <Button type="submit" tone="primary" working={t(`${words}.acting`)}>
          {t(`${words}.act`)}
        </Button>
        <LinkButton to={base} tone="quiet">
          {t("shell.cancel")}
        </LinkButton>
      </ButtonRow>
    </Form>
  );
}

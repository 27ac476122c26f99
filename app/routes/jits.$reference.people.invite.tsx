import type { MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData, useSearchParams } from "@remix-run/react";
import { Copy } from "lucide-react";
import { useState } from "react";
import { z } from "zod";
import { can } from "#app/domain/access.ts";
import { inviteMember } from "#app/domain/jits/invitations.server.ts";
import { InviteMember } from "#app/domain/jits/invitations.ts";
import { overviewOf } from "#app/domain/jits/overview.server.ts";
import { inReadersOrder, stateName } from "#app/domain/names/names.ts";
import { jitRoles } from "#app/domain/roles.ts";
import { form, inJit, type Refusal } from "#app/http.server.ts";
import { formatInstant, zoneName } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { config } from "#app/platform/config.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { CheckboxGroup } from "#app/ui/CheckboxGroup.tsx";
import { DateField } from "#app/ui/DateField.tsx";
import { FieldPair } from "#app/ui/FieldPair.tsx";
import { Form } from "#app/ui/Form.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Select } from "#app/ui/Select.tsx";
import { TextField } from "#app/ui/TextField.tsx";
import { WhoSees } from "#app/ui/WhoSees.tsx";

export const loader = inJit("member.invite", async ({ actor, jit, access, me }) => {
  const { parties } = await overviewOf(actor, jit.id);
  const open = parties.filter((party) => can(access, "member.invite", { partyId: party.id }) === "yes");
  return {
    jit,
    parties: open.map(({ id, state, timeZone }) => ({ id, state, timeZone })),
    roles: jitRoles.filter((role) => role !== "space_admin" || access.roles.includes("space_admin")),
    own: access.partyId,
    zone: me.timeZone,
  };
});

type Made = { made: { link: string; email: string; expiresAt: Date } };

export const action = inJit("member.invite", async ({ actor, jit, request }): Promise<Made> => {
  const input = await form(request, InviteMember.extend({ party: z.string("required") }));
  const { token, expiresAt } = await inviteMember(actor, { ...input, jit: jit.id });
  return { made: { link: `${config().PUBLIC_ORIGIN}/invitations/${token}`, email: input.email, expiresAt } };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => [t("jits.invite.title"), data?.jit.names.en]);

export default function InvitePage() {
  const { t, i18n } = useTranslation();
  const { jit, parties } = useLoaderData<typeof loader>();
  const answer = useActionData<Made | Refusal>();
  const made = answer && "made" in answer ? answer.made : null;
  const refusal = answer && "problems" in answer ? answer : null;
  const only = parties.length === 1 ? parties[0] : undefined;
  const base = `/jits/${jit.reference}/people`;
  return (
    <Page form>
      <Masthead
        title={
          only ? t("jits.invite.titleOf", { state: stateName(only.state, i18n.language) }) : t("jits.invite.title")
        }
        sub={t("jits.invite.sub")}
        crumbs={[{ label: t("jits.people.title"), to: base }, { label: t("jits.invite.crumb") }]}
      />
      {made ? <MadeLink made={made} base={base} /> : <InviteForm refusal={refusal} base={base} />}
    </Page>
  );
}

function InviteForm({ refusal, base }: { refusal: Refusal | null; base: string }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  const { parties, roles, own } = useLoaderData<typeof loader>();
  const [query] = useSearchParams();
  const asked =
    parties.find(({ id }) => id === query.get("party")) ?? parties.find(({ id }) => id === own) ?? parties[0];
  const choices = inReadersOrder(
    parties.map((party) => ({ ...party, code: party.state, own: party.id === own })),
    language,
  );
  return (
    <Form refusal={refusal} labels={{ email: t("jits.invite.email"), roles: t("jits.invite.role") }}>
      {parties.length > 1 ? (
        <Select
          name="party"
          label={t("jits.invite.party")}
          hint={t("jits.invite.partyHint")}
          defaultValue={asked?.id}
          options={choices.map(({ id, code }) => ({ value: id, label: stateName(code, language) }))}
        />
      ) : (
        <input type="hidden" name="party" value={asked?.id ?? ""} />
      )}
      <TextField
        name="email"
        type="email"
        label={t("jits.invite.email")}
        hint={t("jits.invite.emailHint")}
        defaultValue={query.get("email") ?? undefined}
        autoComplete="off"
      />
      <TextField
        name="capacity"
        label={t("jits.invite.capacity")}
        hint={t("jits.invite.capacityHint")}
        required={false}
      />
      <FieldPair>
        <DateField name="from" label={t("jits.invite.from")} hintAfter={t("jits.invite.fromHint")} required={false} />
        <DateField
          name="until"
          label={t("jits.invite.until")}
          hintAfter={t("jits.invite.untilHint")}
          required={false}
        />
      </FieldPair>
      {asked && <p className="hint">{t("jits.invite.zoneNote", { zone: zoneName(asked.timeZone) })}</p>}
      <CheckboxGroup
        name="roles"
        label={t("jits.invite.role")}
        options={roles.map((role) => ({ value: role, label: t(`roles.${role}`), hint: t(`roles.meaning.${role}`) }))}
      />
      <WhoSees>{t("jits.invite.sees")}</WhoSees>
      <ButtonRow>
        <Button type="submit" tone="primary" working={t("jits.invite.acting")}>
          {t("jits.invite.act")}
        </Button>
        <LinkButton to={base} tone="quiet">
          {t("shell.cancel")}
        </LinkButton>
      </ButtonRow>
    </Form>
  );
}

/** The one time the link is shown. */
function MadeLink({ made, base }: { made: Made["made"]; base: string }) {
  const { t, i18n } = useTranslation();
  const { zone } = useLoaderData<typeof loader>();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(made.link);
    setCopied(true);
  };
  return (
    <>
      <Banner tone="good" title={t("jits.invite.made.title", { email: made.email })} live>
        {t("jits.invite.made.body", {
          instant: formatInstant(made.expiresAt, { language: i18n.language, zone, form: "full" }),
        })}
      </Banner>
      <TextField name="link" label={t("jits.invite.made.label")} defaultValue={made.link} dir="ltr" readOnly />
      <ButtonRow>
        <span className="script-only">
          <Button tone="primary" icon={Copy} onPress={copy}>
            {copied ? t("jits.invite.made.copied") : t("jits.invite.made.copy")}
          </Button>
        </span>
        <LinkButton to={base}>{t("jits.invite.made.back")}</LinkButton>
        <LinkButton to={`${base}/invite`} tone="quiet">
          {t("jits.invite.made.another")}
        </LinkButton>
      </ButtonRow>
    </>
  );
}

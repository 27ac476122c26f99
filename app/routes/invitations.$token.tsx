import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { signIn } from "#app/domain/accounts/sign-in.server.ts";
import { NotFound } from "#app/domain/errors.ts";
import { acceptInvitation, findInvitation } from "#app/domain/jits/accepting.server.ts";
import type { FoundInvitation } from "#app/domain/jits/invitations.ts";
import { nameIn } from "#app/domain/jits/jit.ts";
import { JoinByInvitation, joinByInvitation } from "#app/domain/jits/joining.server.ts";
import { stateName } from "#app/domain/names/names.ts";
import { anyone, form, originOf, type Refusal } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { EmptyState } from "#app/ui/EmptyState.tsx";
import { ExerciseStrip } from "#app/ui/ExerciseStrip.tsx";
import { FactList } from "#app/ui/FactList.tsx";
import { FieldPair } from "#app/ui/FieldPair.tsx";
import { Form } from "#app/ui/Form.tsx";
import { Frame } from "#app/ui/Frame.tsx";
import { useInstallation } from "#app/ui/HomeFrame.tsx";
import { Instant } from "#app/ui/Instant.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { PartyName } from "#app/ui/PartyName.tsx";
import { PasswordField } from "#app/ui/PasswordField.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Section } from "#app/ui/Section.tsx";
import { TextField } from "#app/ui/TextField.tsx";
import { TopBar } from "#app/ui/TopBar.tsx";
import { roleList } from "#app/ui/team/words.ts";

export const loader = anyone(async ({ me, params }) => {
  const invitation = await findInvitation(params.token ?? "");
  if (!invitation) throw new NotFound();
  return {
    invitation,
    path: `/invitations/${params.token}`,
    me: me && {
      name: me.latinName,
      email: me.email,
      isInvited: invitation.status === "open" && invitation.email === me.email,
    },
    zone: me?.timeZone ?? "UTC",
  };
});

export const action = anyone(async ({ me, params, request, context }) => {
  const token = params.token ?? "";
  if (me) {
    const { reference } = await acceptInvitation(me.actor, { token });
    return redirect(`/jits/${reference}`);
  }
  const input = await form(request, JoinByInvitation);
  const invitation = await findInvitation(token);
  const { reference } = await joinByInvitation({ ...input, token });
  if (invitation?.status !== "open") return redirect("/");
  const { cookie } = await signIn({ email: invitation.email, password: input.password }, originOf(request, context));
  return redirect(`/jits/${reference}`, { headers: { "Set-Cookie": cookie } });
});

export const meta: MetaFunction<typeof loader> = ({ matches }) =>
  pageTitle(matches, (t) => [t("jits.invitation.title")]);

type Open = Extract<FoundInvitation, { status: "open" }>;

export default function InvitationPage() {
  const { i18n } = useTranslation();
  const installation = useInstallation();
  const { invitation } = useLoaderData<typeof loader>();
  return (
    <Frame
      strip={invitation.status === "open" && invitation.exercise && <ExerciseStrip />}
      bar={<TopBar installation={installation} home="/" language={i18n.language} />}
    >
      <Page form>
        {invitation.status === "open" ? (
          <OpenInvitation invitation={invitation} />
        ) : (
          <Closed status={invitation.status} />
        )}
      </Page>
    </Frame>
  );
}

function Closed({ status }: { status: "used" | "expired" | "withdrawn" }) {
  const { t } = useTranslation();
  return (
    <>
      <Masthead title={t("jits.invitation.titleClosed")} />
      <EmptyState
        lead={t(`jits.invitation.closed.${status}.lead`)}
        action={<LinkButton to="/">{t("jits.invitation.closed.act")}</LinkButton>}
      >
        {t(`jits.invitation.closed.${status}.why`)}
      </EmptyState>
    </>
  );
}

function OpenInvitation({ invitation }: { invitation: Open }) {
  const { t, i18n } = useTranslation();
  const { me, path, zone } = useLoaderData<typeof loader>();
  const language = i18n.language;
  const name = nameIn(language, invitation.names);
  const party = stateName(invitation.partyState, language);
  const facts = t("jits.invitation.facts", { returnObjects: true });
  return (
    <>
      <Masthead
        title={t("jits.invitation.title")}
        sub={<span dir="auto">{t("jits.invitation.lead", { person: invitation.invitedBy, name, party })}</span>}
      />
      <FactList
        facts={[
          { label: facts.team, value: <bdi>{`${name} (${invitation.reference})`}</bdi> },
          {
            label: facts.party,
            value: <PartyName code={invitation.partyState} name={party} />,
            hint: <bdi>{nameIn(language, invitation.authorityNames)}</bdi>,
          },
          { label: facts.roles, value: roleList(t, language, invitation.roles) },
          { label: facts.email, value: <bdi dir="ltr">{invitation.email}</bdi> },
          { label: facts.until, value: <Instant at={invitation.expiresAt} zone={zone} /> },
        ]}
      />
      {me ? (
        <Accept me={me} />
      ) : invitation.hasAccount ? (
        <SignInFirst path={path} why={t("jits.invitation.signInWhy")} act={t("jits.invitation.signIn")} />
      ) : (
        <Join invitation={invitation} />
      )}
    </>
  );
}

function Accept({ me }: { me: { name: string; email: string; isInvited: boolean } }) {
  const { t } = useTranslation();
  const refusal = useActionData<Refusal>();
  return (
    <Section title={t("jits.invitation.accept")}>
      <p>{t("jits.invitation.signedInAs", me)}</p>
      <Form refusal={refusal}>
        <ButtonRow>
          <Button
            type="submit"
            tone="primary"
            working={t("jits.invitation.accepting")}
            notPossible={me.isInvited ? null : t("jits.invitation.otherWhy")}
          >
            {t("jits.invitation.accept")}
          </Button>
        </ButtonRow>
      </Form>
    </Section>
  );
}

function SignInFirst({ path, why, act }: { path: string; why: string; act: string }) {
  return (
    <>
      <p className="mt-6">{why}</p>
      <ButtonRow>
        <LinkButton to={`/?next=${encodeURIComponent(path)}`} tone="primary">
          {act}
        </LinkButton>
      </ButtonRow>
    </>
  );
}

function Join({ invitation }: { invitation: Open }) {
  const { t, i18n } = useTranslation();
  const words = t("jits.invitation", { returnObjects: true });
  const labels = { name: words.name, latinName: words.latinName, function: words.function, password: words.password };
  return (
    <Section title={words.join}>
      <p>{t("jits.invitation.joinWhy", { authority: nameIn(i18n.language, invitation.authorityNames) })}</p>
      <Form refusal={useActionData<Refusal>()} labels={labels}>
        <FieldPair>
          <TextField
            name="latinName"
            label={words.latinName}
            hint={words.latinNameHint}
            lang="und-Latn"
            autoComplete="name"
          />
          <TextField name="name" label={words.name} autoComplete="off" />
        </FieldPair>
        <TextField name="function" label={words.function} hint={words.functionHint} autoComplete="organization-title" />
        <PasswordField name="password" label={words.password} hint={words.passwordHint} autoComplete="new-password" />
        <ButtonRow>
          <Button type="submit" tone="primary" working={words.joining}>
            {words.joinAct}
          </Button>
        </ButtonRow>
      </Form>
    </Section>
  );
}

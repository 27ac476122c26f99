import "#app/i18n/english/accounts.ts";
import "#app/i18n/english/admin.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import {
  ChangeGlobalRoles,
  changeGlobalRoles,
  clearFactorsOf,
  disablePerson,
  enablePerson,
  getPerson,
  renewLink,
} from "#app/domain/accounts/people.server.ts";
import { stateName } from "#app/domain/names/names.ts";
import { form, type Refusal, signedIn } from "#app/http.server.ts";
import { languageChoices } from "#app/i18n/choices.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { config } from "#app/platform/config.ts";
import { readerOf } from "#app/reader.server.ts";
import { AccountStatus } from "#app/ui/AccountStatus.tsx";
import { Banner } from "#app/ui/Banner.tsx";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { FactList } from "#app/ui/FactList.tsx";
import { Form } from "#app/ui/Form.tsx";
import { FormProblems } from "#app/ui/FormProblems.tsx";
import { GlobalRoleChoice } from "#app/ui/GlobalRoleChoice.tsx";
import { HomeFrame } from "#app/ui/HomeFrame.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { PasswordLink } from "#app/ui/PasswordLink.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Section } from "#app/ui/Section.tsx";

export const loader = signedIn("person.list", async ({ actor, me, params }) => {
  const person = await getPerson(actor, params.person ?? "");
  const names = languageChoices(me.language, person.languages);
  return {
    person,
    languages: names.filter(({ value }) => person.languages.includes(value)).map(({ label }) => label),
    reader: readerOf(me),
  };
});

const Act = z.discriminatedUnion("act", [
  ChangeGlobalRoles.extend({ act: z.literal("roles") }),
  z.object({ act: z.enum(["close", "open", "renew", "clear"]) }),
]);
type Answer = { link: string } | { done: "roles" | "clear" };

export const action = signedIn("person.change", async ({ actor, request, params }): Promise<Answer> => {
  const input = await form(request, Act);
  const person = params.person ?? "";
  if (input.act === "roles") {
    await changeGlobalRoles(actor, { person, globalRoles: input.globalRoles });
    return { done: "roles" };
  }
  if (input.act === "clear") {
    await clearFactorsOf(actor, person);
    return { done: "clear" };
  }
  if (input.act === "renew") {
    return { link: `${config().PUBLIC_ORIGIN}/password/${(await renewLink(actor, person)).token}` };
  }
  await (input.act === "close" ? disablePerson : enablePerson)(actor, person);
  throw redirect(`/admin/people/${person}`);
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => [data?.person.latinName, t("admin.people.title")]);

export default function PersonPage() {
  const { t } = useTranslation();
  const { person, reader } = useLoaderData<typeof loader>();
  const answer = useActionData<Answer | Refusal>();
  const link = answer && "link" in answer ? answer.link : null;
  return (
    <HomeFrame reader={reader}>
      <Page form>
        <Masthead
          title={person.latinName}
          sub={person.name === person.latinName ? undefined : <bdi>{person.name}</bdi>}
          crumbs={[{ label: t("admin.people.title"), to: "/admin/people" }, { label: person.latinName }]}
        />
        {answer && "problems" in answer && <FormProblems problems={answer.problems} />}
        {answer && "done" in answer && (
          <Banner tone="good" title={t(`admin.people.${answer.done === "clear" ? "cleared" : "rolesSaved"}`)} live />
        )}
        {link && <PasswordLink link={link} name={person.latinName} />}
        <PersonFacts />
        <Section title={t("admin.people.columns.roles")}>
          <Form>
            <input type="hidden" name="act" value="roles" />
            <GlobalRoleChoice chosen={person.globalRoles} />
            <ButtonRow>
              <Button tone="primary" type="submit" working={t("admin.people.changingRoles")}>
                {t("admin.people.changeRoles")}
              </Button>
            </ButtonRow>
          </Form>
        </Section>
        <Section title={t("admin.people.account")}>
          {person.disabledAt === null && <AccountAct act="renew" />}
          {person.disabledAt === null && <AccountAct act="clear" />}
          <AccountAct act={person.disabledAt === null ? "close" : "reopen"} />
        </Section>
      </Page>
    </HomeFrame>
  );
}

function PersonFacts() {
  const { t, i18n } = useTranslation();
  const { person, languages } = useLoaderData<typeof loader>();
  const { status } = t("admin.people.columns", { returnObjects: true });
  return (
    <FactList
      facts={[
        { label: status, value: <AccountStatus closed={person.disabledAt !== null} chosen={person.hasPassword} /> },
        { label: t("accounts.person.email"), value: <bdi dir="ltr">{person.email}</bdi> },
        { label: t("accounts.person.function"), value: <bdi>{person.function}</bdi> },
        {
          label: t("accounts.person.authority"),
          value: <bdi>{person.authority}</bdi>,
          hint: person.state ? stateName(person.state, i18n.language) : undefined,
        },
        {
          label: t("admin.people.languages"),
          value: new Intl.ListFormat(i18n.language).format(languages),
        },
      ]}
    />
  );
}

const acts = {
  renew: { value: "renew", working: "renewing", lead: "renewLead" },
  clear: { value: "clear", working: "clearing", lead: "clearLead" },
  close: { value: "close", working: "closing", lead: "closeLead" },
  reopen: { value: "open", working: "reopening", lead: "reopenLead" },
} as const;

/** One thing that can be done with the account, and what follows from it. */
function AccountAct({ act }: { act: keyof typeof acts }) {
  const { t } = useTranslation();
  const { value, working, lead } = acts[act];
  return (
    <Form apart>
      <p className="hint">{t(`admin.people.${lead}`)}</p>
      <ButtonRow>
        <Button type="submit" name="act" value={value} working={t(`admin.people.${working}`)}>
          {t(`admin.people.${act}`)}
        </Button>
      </ButtonRow>
    </Form>
  );
}

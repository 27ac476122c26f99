import "#app/i18n/english/accounts.ts";
import "#app/i18n/english/admin.ts";
import type { MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { listAuthorities } from "#app/domain/accounts/authorities.server.ts";
import { AddPerson, addPerson, listPeople } from "#app/domain/accounts/people.server.ts";
import { stateName } from "#app/domain/names/names.ts";
import { form, type Refusal, signedIn } from "#app/http.server.ts";
import { languageChoices } from "#app/i18n/choices.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { config } from "#app/platform/config.ts";
import { readerOf } from "#app/reader.server.ts";
import { AccountStatus } from "#app/ui/AccountStatus.tsx";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { CheckboxGroup } from "#app/ui/CheckboxGroup.tsx";
import { FieldPair } from "#app/ui/FieldPair.tsx";
import { Form } from "#app/ui/Form.tsx";
import { GlobalRoleChoice, givenRoles } from "#app/ui/GlobalRoleChoice.tsx";
import { HomeFrame } from "#app/ui/HomeFrame.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { PasswordLink } from "#app/ui/PasswordLink.tsx";
import { PersonName } from "#app/ui/PersonName.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Section } from "#app/ui/Section.tsx";
import { Select } from "#app/ui/Select.tsx";
import { Sub } from "#app/ui/Sub.tsx";
import { Table } from "#app/ui/Table.tsx";
import { TextField } from "#app/ui/TextField.tsx";

const unitedNations = ["en", "fr", "es", "ru", "ar", "zh"];

export const loader = signedIn("person.list", async ({ actor, me }) => {
  const authorities = await listAuthorities(actor);
  const spoken = new Set([...unitedNations, ...authorities.flatMap(({ names }) => Object.keys(names))]);
  return {
    people: await listPeople(actor),
    authorities,
    languages: languageChoices(me.language, [...spoken]).filter(({ value }) => spoken.has(value)),
    reader: readerOf(me),
  };
});

type Made = { made: { link: string; name: string } };

export const action = signedIn("person.add", async ({ actor, request }): Promise<Made> => {
  const input = await form(request, AddPerson);
  const { token } = await addPerson(actor, input);
  return { made: { link: `${config().PUBLIC_ORIGIN}/password/${token}`, name: input.latinName } };
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("admin.people.title")]);

export default function PeoplePage() {
  const { t } = useTranslation();
  const { people, reader } = useLoaderData<typeof loader>();
  const answer = useActionData<Made | Refusal>();
  const made = answer && "made" in answer ? answer.made : null;
  return (
    <HomeFrame reader={reader}>
      <Page wide>
        <Masthead title={t("admin.people.title")} sub={t("admin.people.lead")} />
        {made && <PasswordLink {...made} />}
        <PeopleTable />
        <Section title={t("admin.people.add")} id="add">
          <AddForm key={people.length} refusal={answer && "problems" in answer ? answer : null} />
        </Section>
      </Page>
    </HomeFrame>
  );
}

function PeopleTable() {
  const { t, i18n } = useTranslation();
  const { people } = useLoaderData<typeof loader>();
  const { name, authority, roles, status } = t("admin.people.columns", { returnObjects: true });
  return (
    <Table label={t("admin.people.title")} columns={[name, authority, roles, status]}>
      {people.map((person) => (
        <tr key={person.id}>
          <td>
            <Link to={`/admin/people/${person.id}`}>
              <PersonName name={person.name} latinName={person.latinName} />
            </Link>
            <Sub>
              <bdi dir="ltr">{person.email}</bdi>
            </Sub>
          </td>
          <td>
            {person.state && stateName(person.state, i18n.language)}
            <Sub>
              <bdi>{person.authority}</bdi>
            </Sub>
          </td>
          <td>
            {givenRoles
              .filter((role) => person.globalRoles.includes(role))
              .map((role) => t(`admin.people.globalRoles.${role}`))
              .join(", ")}
          </td>
          <td>
            <AccountStatus closed={person.disabledAt !== null} chosen={person.hasPassword} />
          </td>
        </tr>
      ))}
    </Table>
  );
}

function AddForm({ refusal }: { refusal: Refusal | null }) {
  const { t, i18n } = useTranslation();
  const { authorities, languages } = useLoaderData<typeof loader>();
  const labels = {
    name: t("accounts.person.name"),
    latinName: t("accounts.person.latinName"),
    email: t("accounts.person.email"),
    authority: t("admin.people.authority"),
    function: t("accounts.person.function"),
  };
  return (
    <Form refusal={refusal} labels={labels}>
      <FieldPair>
        <TextField name="name" label={labels.name} />
        <TextField name="latinName" label={labels.latinName} dir="ltr" />
      </FieldPair>
      <FieldPair>
        <TextField name="email" type="email" label={labels.email} autoComplete="off" />
        <TextField name="function" label={labels.function} />
      </FieldPair>
      <Select
        name="authority"
        label={labels.authority}
        emptyLabel={t("admin.people.chooseAuthority")}
        options={authorities.map(({ id, names, state }) => ({
          value: id,
          label: `${state ? `${stateName(state, i18n.language)} – ` : ""}${names.en}`,
        }))}
      />
      <CheckboxGroup
        name="languages"
        label={t("admin.people.languages")}
        hint={t("admin.people.languagesHint")}
        required={false}
        columns
        options={languages}
      />
      <GlobalRoleChoice />
      <ButtonRow>
        <Button tone="primary" type="submit" working={t("admin.people.adding")}>
          {t("admin.people.add")}
        </Button>
      </ButtonRow>
    </Form>
  );
}

import type { MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { listAuthorities } from "#app/domain/accounts/authorities.server.ts";
import { AddPerson, addPerson, disablePerson, enablePerson, listPeople, renewLink } from "#app/domain/accounts/people.server.ts";
import { globalRoles } from "#app/domain/roles.ts";
import { form, signedIn } from "#app/http.server.ts";
import { stateName } from "#app/i18n/states.ts";
import { config } from "#app/platform/config.ts";
import { readerOf } from "#app/reader.server.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { Button } from "#app/ui/Button.tsx";
import { CheckboxGroup } from "#app/ui/CheckboxGroup.tsx";
import { FieldPair } from "#app/ui/FieldPair.tsx";
import { Form } from "#app/ui/Form.tsx";
import { HomeFrame } from "#app/ui/HomeFrame.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { PersonName } from "#app/ui/PersonName.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Section } from "#app/ui/Section.tsx";
import { Select } from "#app/ui/Select.tsx";
import { Status } from "#app/ui/Status.tsx";
import { Sub } from "#app/ui/Sub.tsx";
import { Table } from "#app/ui/Table.tsx";
import { TextField } from "#app/ui/TextField.tsx";

export const loader = signedIn("person.list", async ({ actor, me }) => ({
  people: await listPeople(actor),
  authorities: await listAuthorities(actor),
  reader: readerOf(me),
}));

const Act = z.discriminatedUnion("act", [
  AddPerson.extend({ act: z.literal("add") }),
  z.object({ act: z.enum(["close", "open", "renew"]), person: z.string("required"), called: z.string().optional() }),
]);

export const action = signedIn("person.add", async ({ actor, request }) => {
  const input = await form(request, Act);
  if (input.act === "close") await disablePerson(actor, input.person);
  else if (input.act === "open") await enablePerson(actor, input.person);
  else {
    const { token } = input.act === "add" ? await addPerson(actor, input) : await renewLink(actor, input.person);
    const name = input.act === "add" ? input.latinName : (input.called ?? "");
    return { link: `${config().PUBLIC_ORIGIN}/password/${token}`, name };
  }
  return null;
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("admin.people.title")]);

export default function PeoplePage() {
  const { t, i18n } = useTranslation();
  const { people, authorities, reader } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const made = answer && "link" in answer ? answer : null;
  const refusal = answer && !("link" in answer) ? answer : null;
  const columns = t("admin.people.columns", { returnObjects: true });
  return (
    <HomeFrame reader={reader}>
      <Page wide>
        <Masthead title={t("admin.people.title")} sub={t("admin.people.lead")} />
        {made && (
          <Banner tone="good" title={t("admin.people.link", { name: made.name })}>
            <code className="link-once" dir="ltr">
              {made.link}
            </code>
            <p>{t("admin.people.linkHint")}</p>
          </Banner>
        )}
        <Table label={t("admin.people.title")} columns={[columns.name, columns.authority, columns.roles, columns.status, { label: t("shell.menu"), hidden: true }]}>
          {people.map((person) => (
            <tr key={person.id}>
              <td>
                <PersonName name={person.name} latinName={person.latinName} />
                <Sub>
                  <bdi dir="ltr">{person.email}</bdi>
                </Sub>
              </td>
              <td>
                {person.state ? stateName(person.state, i18n.language) : ""}
                <Sub>
                  <bdi>{person.authority}</bdi>
                </Sub>
              </td>
              <td>{person.globalRoles.filter((role) => role !== "practitioner").map((role) => t(`admin.people.globalRoles.${role as "user_admin"}`)).join(", ")}</td>
              <td>
                <PersonStatus closed={person.disabledAt !== null} chosen={person.hasPassword} />
              </td>
              <td>
                <PersonActs id={person.id} name={person.latinName} closed={person.disabledAt !== null} />
              </td>
            </tr>
          ))}
        </Table>
        <Section title={t("admin.people.add")}>
          <Form refusal={refusal} key={people.length}>
            <input type="hidden" name="act" value="add" />
            <FieldPair>
              <TextField name="name" label={t("accounts.person.name")} />
              <TextField name="latinName" label={t("accounts.person.latinName")} dir="ltr" />
            </FieldPair>
            <TextField name="email" type="email" label={t("accounts.person.email")} autoComplete="off" />
            <FieldPair>
              <Select
                name="authority"
                label={t("admin.people.authority")}
                emptyLabel={t("admin.people.chooseAuthority")}
                options={authorities.map(({ id, names, state }) => ({ value: id, label: `${state ? `${stateName(state, i18n.language)} – ` : ""}${names.en}` }))}
              />
              <TextField name="function" label={t("accounts.person.function")} />
            </FieldPair>
            <CheckboxGroup
              name="globalRoles"
              label={t("admin.people.roles")}
              hint={t("admin.people.rolesHint")}
              options={globalRoles.filter((role) => role !== "practitioner").map((value) => ({ value, label: t(`admin.people.globalRoles.${value}`) }))}
            />
            <Button tone="primary" type="submit" working={t("admin.people.adding")}>
              {t("admin.people.add")}
            </Button>
          </Form>
        </Section>
      </Page>
    </HomeFrame>
  );
}

function PersonStatus({ closed, chosen }: { closed: boolean; chosen: boolean }) {
  const { t } = useTranslation();
  if (closed) return <Status tone="stop">{t("admin.people.closed")}</Status>;
  if (!chosen) return <Status tone="hold">{t("admin.people.invited")}</Status>;
  return <Status tone="good">{t("admin.people.active")}</Status>;
}

function PersonActs({ id, name, closed }: { id: string; name: string; closed: boolean }) {
  const { t } = useTranslation();
  const act = closed ? "open" : "close";
  return (
    <Form apart>
      <input type="hidden" name="person" value={id} />
      <input type="hidden" name="called" value={name} />
      <Button tone="quiet" small type="submit" name="act" value="renew" aria-label={t("admin.people.renewNamed", { name })}>
        {t("admin.people.renew")}
      </Button>
      <Button tone="quiet" small type="submit" name="act" value={act} aria-label={t(closed ? "admin.people.reopenNamed" : "admin.people.closeNamed", { name })}>
        {t(closed ? "admin.people.reopen" : "admin.people.close")}
      </Button>
    </Form>
  );
}

import "#app/i18n/english/admin.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { canGlobally } from "#app/domain/access.ts";
import { AddAuthority, addAuthority, listAuthorities } from "#app/domain/accounts/authorities.server.ts";
import { stateName } from "#app/domain/names/names.ts";
import { form, signedIn } from "#app/http.server.ts";
import { languageChoices, stateChoices } from "#app/i18n/choices.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { readerOf } from "#app/reader.server.ts";
import { AuthorityFields, useAuthorityLabels } from "#app/ui/AuthorityFields.tsx";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { Form } from "#app/ui/Form.tsx";
import { HomeFrame } from "#app/ui/HomeFrame.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Section } from "#app/ui/Section.tsx";
import { Sub } from "#app/ui/Sub.tsx";
import { Table } from "#app/ui/Table.tsx";

export const loader = signedIn("authority.list", async ({ actor, me }) => ({
  authorities: await listAuthorities(actor),
  mayAdd: canGlobally(actor.globalRoles, "authority.add"),
  choices: { states: stateChoices(me.language), languages: languageChoices(me.language) },
  reader: readerOf(me),
}));

export const action = signedIn("authority.add", async ({ actor, request }) => {
  await addAuthority(actor, await form(request, AddAuthority));
  return redirect("/admin/authorities");
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("admin.authorities.title")]);

export default function AuthoritiesPage() {
  const { t, i18n } = useTranslation();
  const { authorities, mayAdd, choices, reader } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  const labels = useAuthorityLabels();
  const words = t("admin.authorities.columns", { returnObjects: true });
  return (
    <HomeFrame reader={reader}>
      <Page>
        <Masthead title={t("admin.authorities.title")} sub={t("admin.authorities.lead")} />
        <Table
          label={t("admin.authorities.title")}
          columns={[words.state, words.name, words.kind, { label: words.people, end: true }]}
        >
          {byState(authorities, i18n.language).map(({ id, state, kind, names, people }) => (
            <tr key={id}>
              <td>{state ? stateName(state, i18n.language) : <Sub>{t("admin.authorities.noState")}</Sub>}</td>
              <td>
                <bdi>{names.en}</bdi>
                {Object.entries(names)
                  .filter(([code]) => code !== "en")
                  .map(([code, name]) => (
                    <Sub key={code}>
                      <bdi lang={code}>{name}</bdi>
                    </Sub>
                  ))}
              </td>
              <td>{t(`admin.authorities.kinds.${kind as "court"}`)}</td>
              <td className="end num">{people}</td>
            </tr>
          ))}
        </Table>
        {mayAdd && (
          <Section title={t("admin.authorities.add")}>
            <Form refusal={refusal} labels={labels} key={authorities.length}>
              <AuthorityFields {...choices} />
              <ButtonRow>
                <Button tone="primary" type="submit" working={t("admin.authorities.adding")}>
                  {t("admin.authorities.add")}
                </Button>
              </ButtonRow>
            </Form>
          </Section>
        )}
      </Page>
    </HomeFrame>
  );
}

/** By the name of the State, as it is read; organisations of no State come last. */
function byState<Line extends { state: string | null }>(lines: readonly Line[], language: string): Line[] {
  const { compare } = new Intl.Collator(language);
  const nameOf = ({ state }: Line) => (state ? stateName(state, language) : null);
  return [...lines].sort((a, b) => {
    const [first, second] = [nameOf(a), nameOf(b)];
    if (first === null || second === null) return Number(first === null) - Number(second === null);
    return compare(first, second);
  });
}

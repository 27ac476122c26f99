import "#app/i18n/english/library.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { changeLibraryClause, getLibraryClause } from "#app/domain/templates/library.server.ts";
import { ChangeLibraryClause } from "#app/domain/templates/library.ts";
import { allWordings } from "#app/domain/templates/library-found.ts";
import { topicTitles, valueNames } from "#app/domain/templates/library-topics.ts";
import { form, type Refusal, signedIn } from "#app/http.server.ts";
import { languageChoices } from "#app/i18n/choices.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { readerOf } from "#app/reader.server.ts";
import { HomeFrame } from "#app/ui/HomeFrame.tsx";
import { LibraryForm } from "#app/ui/library/LibraryForm.tsx";
import { WordingList } from "#app/ui/library/WordingList.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Section } from "#app/ui/Section.tsx";

export const loader = signedIn("library.change", async ({ actor, me, params }) => {
  const { clause } = await getLibraryClause(actor, params.clause ?? "");
  return {
    clause,
    wordings: allWordings(clause.wordings),
    topics: topicTitles(me.language),
    values: valueNames(),
    languages: languageChoices(me.language, Object.keys(clause.wordings)),
    reader: readerOf(me),
  };
});

export const action = signedIn("library.change", async ({ actor, request, params }) => {
  const reference = params.clause ?? "";
  await changeLibraryClause(actor, { ...(await form(request, ChangeLibraryClause)), reference });
  return redirect(`/library/${reference}`);
});

/** Who comes second saves over what stands now, having seen it: the page asks for it after the refusal. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => [t("library.changeTitle", { title: data?.clause.title ?? "" }), t("library.title")]);

export default function ChangeLibraryClausePage() {
  const { t } = useTranslation();
  const { clause, wordings, topics, values, languages, reader } = useLoaderData<typeof loader>();
  const refusal = useActionData<Refusal>();
  const base = `/library/${clause.reference}`;
  const title = t("library.changeTitle", { title: clause.title });
  return (
    <HomeFrame reader={reader}>
      <Page form>
        <Masthead
          title={<bdi>{title}</bdi>}
          sub={t("library.changeLead")}
          crumbs={[
            { label: t("library.title"), to: "/library" },
            { label: clause.reference, to: base },
            { label: t("library.change") },
          ]}
        />
        <LibraryForm
          clause={clause}
          refusal={refusal}
          topics={topics}
          values={values}
          languages={languages}
          act={t("library.save")}
          acting={t("library.changing")}
          back={base}
        />
        {refusal?.problems[""] === "library-changed" && (
          <Section title={t("library.standsNow", { version: clause.version })}>
            <p>
              <bdi>{clause.title}</bdi>
            </p>
            <p className="hint">
              <bdi>{clause.source}</bdi>
            </p>
            <WordingList wordings={wordings} />
          </Section>
        )}
      </Page>
    </HomeFrame>
  );
}

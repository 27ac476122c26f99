import "#app/i18n/english/library.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { addLibraryClause } from "#app/domain/templates/library.server.ts";
import { WriteLibraryClause } from "#app/domain/templates/library.ts";
import { topicTitles, valueNames } from "#app/domain/templates/library-topics.ts";
import { form, type Refusal, signedIn } from "#app/http.server.ts";
import { languageChoices } from "#app/i18n/choices.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { readerOf } from "#app/reader.server.ts";
import { HomeFrame } from "#app/ui/HomeFrame.tsx";
import { LibraryForm } from "#app/ui/library/LibraryForm.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";

export const loader = signedIn("library.add", async ({ me }) => ({
  topics: topicTitles(me.language),
  values: valueNames(),
  languages: languageChoices(me.language),
  reader: readerOf(me),
}));

export const action = signedIn("library.add", async ({ actor, request }) => {
  const { reference } = await addLibraryClause(actor, await form(request, WriteLibraryClause));
  return redirect(`/library/${reference}`);
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("library.add"), t("library.title")]);

export default function NewLibraryClausePage() {
  const { t } = useTranslation();
  const { topics, values, languages, reader } = useLoaderData<typeof loader>();
  const refusal = useActionData<Refusal>();
  return (
    <HomeFrame reader={reader}>
      <Page form>
        <Masthead
          title={t("library.add")}
          sub={t("library.newLead")}
          crumbs={[{ label: t("library.title"), to: "/library" }, { label: t("library.add") }]}
        />
        <LibraryForm
          refusal={refusal}
          topics={topics}
          values={values}
          languages={languages}
          act={t("library.add")}
          acting={t("library.adding")}
          back="/library"
        />
      </Page>
    </HomeFrame>
  );
}

import "#app/i18n/english/library.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { getLibraryClause, retireLibraryClause } from "#app/domain/templates/library.server.ts";
import { RetireLibraryClause } from "#app/domain/templates/library.ts";
import { form, type Refusal, signedIn } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { readerOf } from "#app/reader.server.ts";
import { HomeFrame } from "#app/ui/HomeFrame.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { StepPage } from "#app/ui/StepPage.tsx";

export const loader = signedIn("library.retire", async ({ actor, me, params }) => {
  const { clause } = await getLibraryClause(actor, params.clause ?? "");
  return { reference: clause.reference, title: clause.title, retired: clause.retired !== null, reader: readerOf(me) };
});

export const action = signedIn("library.retire", async ({ actor, request, params }) => {
  const reference = params.clause ?? "";
  await retireLibraryClause(actor, { ...(await form(request, RetireLibraryClause)), reference });
  return redirect(`/library/${reference}`);
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => [t("library.retireTitle", { title: data?.title ?? "" }), t("library.title")]);

export default function RetireLibraryClausePage() {
  const { t } = useTranslation();
  const { reference, title, retired, reader } = useLoaderData<typeof loader>();
  const refusal = useActionData<Refusal>();
  return (
    <HomeFrame reader={reader}>
      <StepPage
        title={t("library.retireTitle", { title })}
        lead={t("library.retireLead")}
        reason={t("library.reason")}
        refusal={refusal}
        act={t("library.retireAct")}
        acting={t("library.retiring")}
        notPossible={retired ? t("problems.library-retired") : null}
        back={{ to: `/library/${reference}`, label: t("library.back") }}
      />
    </HomeFrame>
  );
}

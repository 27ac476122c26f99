import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { can } from "#app/domain/access.ts";
import { listAnnexes, listLeadersAnnexes, StartAnnex, startAnnex } from "#app/domain/documents/annexes.server.ts";
import { nameIn } from "#app/domain/jits/jit.ts";
import { annexKinds } from "#app/domain/templates/annex.ts";
import { form, inJit, type Refusal } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { AnnexTable } from "#app/ui/agreement/AnnexTable.tsx";
import { textPath } from "#app/ui/agreement/text-path.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { EmptyState } from "#app/ui/EmptyState.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Section } from "#app/ui/Section.tsx";

export const loader = inJit("document.read", async ({ actor, jit, access, me }) => {
  const state = jit.agreement?.state ?? null;
  const [annexes, byLeaders] = await Promise.all([listAnnexes(actor, jit.id), listLeadersAnnexes(actor, jit.id)]);
  return {
    annexes,
    state,
    byLeaders,
    mayStart: can(access, "annex.start", {}) === "yes",
    jit: { reference: jit.reference, names: jit.names },
    zone: me.timeZone,
  };
});

export const action = inJit("annex.start", async ({ actor, jit, request }) => {
  const { annex } = await startAnnex(actor, { ...(await form(request, StartAnnex)), jit: jit.id });
  return redirect(textPath(jit.reference, annex));
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => [t("documents.annexes.title"), data && nameIn("en", data.jit.names)]);

export default function AnnexesPage() {
  const { t } = useTranslation();
  const { state, annexes, jit, ...rest } = useLoaderData<typeof loader>();
  const refusal = useActionData<Refusal>();
  const open = annexes.filter((one) => one.state === "draft" || one.state === "negotiation");
  const waiting = state === "draft" || state === "negotiation" ? open : [];
  const table = { annexes, reference: jit.reference, refusal, ...rest };
  return (
    <Page wide>
      <Masthead title={t("documents.annexes.title")} sub={t("documents.annexes.lead")} />
      {state === null ? (
        <EmptyState
          lead={t("documents.annexes.none.lead")}
          action={<LinkButton to={textPath(jit.reference, null)}>{t("documents.annexes.none.act")}</LinkButton>}
        >
          {t("documents.annexes.none.why")}
        </EmptyState>
      ) : (
        <>
          {waiting.length > 0 && (
            <Banner
              tone="note"
              title={t("documents.annexes.openOnes", { annexes: waiting.map(({ annex }) => annex).join(", ") })}
            />
          )}
          <Section title={t("documents.annexes.signedWith")}>
            <p className="hint">{t("documents.annexes.signedWithHint")}</p>
            <p className="hint">{t("documents.annexes.inEnglish")}</p>
            <AnnexTable
              {...table}
              state={state}
              kinds={annexKinds.slice(0, 7)}
              label={t("documents.annexes.signedWithTable")}
            />
          </Section>
          <Section title={t("documents.annexes.later")}>
            <p className="hint">{t("documents.annexes.laterHint")}</p>
            <AnnexTable
              {...table}
              state={state}
              kinds={annexKinds.slice(7)}
              label={t("documents.annexes.laterTable")}
            />
          </Section>
        </>
      )}
    </Page>
  );
}

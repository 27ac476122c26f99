import "#app/i18n/english/library.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { canGlobally } from "#app/domain/access.ts";
import { NotFound } from "#app/domain/errors.ts";
import { getLibraryClause, restoreLibraryClause } from "#app/domain/templates/library.server.ts";
import { allWordings } from "#app/domain/templates/library-found.ts";
import { topicTitles } from "#app/domain/templates/library-topics.ts";
import { type Refusal, signedIn } from "#app/http.server.ts";
import { formatInstant } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { readerOf } from "#app/reader.server.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { Button } from "#app/ui/Button.tsx";
import { FactList } from "#app/ui/FactList.tsx";
import { Form } from "#app/ui/Form.tsx";
import { HomeFrame } from "#app/ui/HomeFrame.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { HistoryTable } from "#app/ui/library/HistoryTable.tsx";
import { useTopicName } from "#app/ui/library/topics.ts";
import { WordingList } from "#app/ui/library/WordingList.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Section } from "#app/ui/Section.tsx";
import { ViewBar } from "#app/ui/ViewBar.tsx";

export const loader = signedIn("library.read", async ({ actor, me, params, request }) => {
  const version = new URL(request.url).searchParams.get("version");
  if (version !== null && !/^[1-9]\d{0,8}$/.test(version)) throw new NotFound();
  const found = await getLibraryClause(actor, params.clause ?? "", version === null ? undefined : Number(version));
  const { wordings, ...clause } = found.clause;
  return {
    ...found,
    clause,
    wordings: allWordings(wordings),
    topics: topicTitles(me.language),
    may: canGlobally(actor.globalRoles, "library.change"),
    zone: me.timeZone,
    reader: readerOf(me),
  };
});

export const action = signedIn("library.restore", async ({ actor, params }) => {
  const reference = params.clause ?? "";
  await restoreLibraryClause(actor, reference);
  return redirect(`/library/${reference}`);
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => [data?.clause.title, t("library.title")]);

export default function LibraryClausePage() {
  const { t } = useTranslation();
  const { clause, wordings, history, topics, zone, reader } = useLoaderData<typeof loader>();
  const topicName = useTopicName(topics);
  return (
    <HomeFrame reader={reader}>
      <Page>
        <Masthead
          title={<bdi>{clause.title}</bdi>}
          sub={topicName(clause.topic)}
          symbol={[
            { label: t("library.reference"), value: clause.reference },
            { label: t("library.status"), value: t("library.version", { version: clause.version }) },
          ]}
          crumbs={[{ label: t("library.title"), to: "/library" }, { label: clause.reference }]}
        />
        <Standing />
        <Acts />
        <FactList
          facts={[
            { label: t("library.source"), value: <bdi>{clause.source}</bdi> },
            ...(clause.whenToUse ? [{ label: t("library.whenToUse"), value: <bdi>{clause.whenToUse}</bdi> }] : []),
          ]}
        />
        <Section title={t("library.wording")}>
          <WordingList wordings={wordings} />
        </Section>
        <Section title={t("library.history")}>
          <HistoryTable history={history} reference={clause.reference} zone={zone} />
        </Section>
      </Page>
    </HomeFrame>
  );
}

function Standing() {
  const { t, i18n } = useTranslation();
  const { clause, latest, zone } = useLoaderData<typeof loader>();
  const { retired } = clause;
  return (
    <>
      {clause.version !== latest && (
        <Banner
          tone="note"
          title={t("library.earlier", { version: clause.version })}
          action={<LinkButton to={`/library/${clause.reference}`}>{t("library.toLatest")}</LinkButton>}
        />
      )}
      {retired && (
        <Banner
          tone="warn"
          title={t("library.retiredSince", {
            day: formatInstant(retired.at, { language: i18n.language, zone, form: "date" }),
          })}
        >
          <bdi>{t("library.retiredReason", { reason: retired.reason })}</bdi>
        </Banner>
      )}
    </>
  );
}

/** What a reference editor can do with the clause that stands. */
function Acts() {
  const { t } = useTranslation();
  const { clause, latest, may } = useLoaderData<typeof loader>();
  const refusal = useActionData<Refusal>();
  if (!may || clause.version !== latest) return null;
  const base = `/library/${clause.reference}`;
  if (!clause.retired) {
    return (
      <ViewBar
        end={
          <>
            <LinkButton to={`${base}/change`}>{t("library.change")}</LinkButton>
            <LinkButton to={`${base}/retire`}>{t("library.retire")}</LinkButton>
          </>
        }
      />
    );
  }
  return (
    <Form refusal={refusal} className="lib-restore">
      <p className="hint">{t("library.restoreLead")}</p>
      <div className="btn-row">
        <Button type="submit" working={t("library.restoring")}>
          {t("library.restore")}
        </Button>
      </div>
    </Form>
  );
}

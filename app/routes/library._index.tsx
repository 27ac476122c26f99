import "#app/i18n/english/library.ts";
import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { Plus } from "lucide-react";
import { canGlobally } from "#app/domain/access.ts";
import { searchLibrary } from "#app/domain/templates/library.server.ts";
import { questionIn } from "#app/domain/templates/library.ts";
import { foundClause, languageFound } from "#app/domain/templates/library-found.ts";
import { topicTitles } from "#app/domain/templates/library-topics.ts";
import { signedIn } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { readerOf } from "#app/reader.server.ts";
import { EmptyState } from "#app/ui/EmptyState.tsx";
import { HomeFrame } from "#app/ui/HomeFrame.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { LibraryEntry } from "#app/ui/library/LibraryEntry.tsx";
import { LibrarySearch } from "#app/ui/library/LibrarySearch.tsx";
import { useTopicName } from "#app/ui/library/topics.ts";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { ViewBar } from "#app/ui/ViewBar.tsx";

export const loader = signedIn("library.read", async ({ actor, me, request }) => {
  const question = questionIn(new URL(request.url).searchParams);
  const { clauses, more } = await searchLibrary(actor, question);
  return {
    question,
    clauses: clauses.map((clause) => foundClause(clause, languageFound(clause, question.q, me.language))),
    more,
    topics: topicTitles(me.language),
    mayAdd: canGlobally(actor.globalRoles, "library.add"),
    reader: readerOf(me),
  };
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("library.title")]);

export default function LibraryPage() {
  const { t } = useTranslation();
  const { question, clauses, more, topics, mayAdd, reader } = useLoaderData<typeof loader>();
  const topicName = useTopicName(topics);
  const add = mayAdd && (
    <LinkButton to="/library/new" tone="primary" icon={Plus}>
      {t("library.add")}
    </LinkButton>
  );
  return (
    <HomeFrame reader={reader}>
      <Page>
        <Masthead title={t("library.title")} sub={t("library.lead")} />
        {add && <ViewBar end={add} />}
        <LibrarySearch key={JSON.stringify(question)} question={question} topics={topics} />
        <p className="hint" role="status">
          {more
            ? t("library.search.more", { count: clauses.length })
            : t("library.search.found", { count: clauses.length })}
        </p>
        {clauses.length === 0 ? (
          <EmptyState lead={t("library.search.none")}>{t("library.search.noneWhy")}</EmptyState>
        ) : (
          <ul className="lib-list" aria-label={t("library.list")}>
            {clauses.map((clause) => (
              <LibraryEntry
                key={clause.reference}
                clause={clause}
                topic={topicName(clause.topic)}
                title={
                  <Link to={`/library/${clause.reference}`}>
                    <bdi>{clause.title}</bdi>
                  </Link>
                }
              />
            ))}
          </ul>
        )}
      </Page>
    </HomeFrame>
  );
}

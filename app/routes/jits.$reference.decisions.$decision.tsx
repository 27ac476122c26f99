import "#app/i18n/english/decisions.ts";
import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { can } from "#app/domain/access.ts";
import { decisionReference } from "#app/domain/decisions/decision.ts";
import { readDecision } from "#app/domain/decisions/decisions.server.ts";
import { meetingReference } from "#app/domain/meetings/meeting.ts";
import { taskReference } from "#app/domain/tasks/task.ts";
import { inJit } from "#app/http.server.ts";
import { formatInstant } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { DecidedBy, decidedWhen } from "#app/ui/decisions/words.tsx";
import { FactList } from "#app/ui/FactList.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";

export const loader = inJit("decision.read", async ({ actor, jit, me, access, params }) => ({
  jit,
  decision: await readDecision(actor, { jit: jit.id, decision: params.decision ?? "" }),
  zone: me.timeZone,
  ownState: actor.state,
  mayRecord: can(access, "decision.record") === "yes",
}));

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => [
    data ? decisionReference(data.decision.number) : t("decisions.title"),
    data?.jit.names.en,
  ]);

export default function DecisionPage() {
  const { t, i18n } = useTranslation();
  const { jit, decision, zone, ownState, mayRecord } = useLoaderData<typeof loader>();
  const base = `/jits/${jit.reference}`;
  const reference = decisionReference(decision.number);
  const said = (words: string) => <span dir="auto">{words}</span>;
  const linked = (numbers: readonly string[], at: string) =>
    numbers.map((number) => (
      <span key={number}>
        <Link to={`${base}/${at}/${number}`}>{number}</Link>{" "}
      </span>
    ));
  const recorded = formatInstant(decision.recordedAt, { language: i18n.language, zone });
  const facts = [
    { label: t("decisions.words"), value: said(decision.words) },
    { label: t("decisions.reason"), value: said(decision.reason) },
    { label: t("decisions.decidedBy"), value: <DecidedBy decision={decision} ownState={ownState} /> },
    { label: t("decisions.dissent"), value: decision.dissent ? said(decision.dissent) : t("decisions.noDissent") },
    { label: t("decisions.start"), value: decidedWhen(t, decision, i18n.language) },
    decision.clauses.length > 0 && { label: t("decisions.clauses"), value: decision.clauses.join(", ") },
    decision.tasks.length > 0 && { label: t("decisions.tasks"), value: linked(decision.tasks, "tasks") },
    decision.cards.length > 0 && {
      label: t("decisions.cards"),
      value: decision.cards.map(({ number, title }) => (
        <span key={number} className="block">
          <Link to={`${base}/tasks/${taskReference(number)}`}>
            {taskReference(number)} <bdi>{title}</bdi>
          </Link>
        </span>
      )),
    },
    decision.meeting !== null && {
      label: t("decisions.meeting"),
      value: (
        <Link to={`${base}/meetings/${meetingReference(decision.meeting.number)}`}>
          {meetingReference(decision.meeting.number)} <bdi>{decision.meeting.title}</bdi>
        </Link>
      ),
    },
    decision.corrects !== null && {
      label: t("decisions.corrects"),
      value: linked([decisionReference(decision.corrects)], "decisions"),
    },
    ...decision.correctedBy.map((number) => ({
      label: t("decisions.corrected", { reference: decisionReference(number) }),
      value: linked([decisionReference(number)], "decisions"),
    })),
    { label: t("decisions.recorded"), value: t("decisions.recordedBy", { when: recorded, who: decision.recordedBy }) },
  ].filter((fact) => fact !== false);
  return (
    <Page>
      <Masthead
        title={<bdi>{decision.topic}</bdi>}
        crumbs={[{ label: t("decisions.title"), to: `${base}/decisions` }, { label: reference }]}
      />
      <FactList facts={facts} />
      <p className="hint">{t("decisions.final")}</p>
      {mayRecord && (
        <LinkButton to={`${base}/decisions/new?corrects=${reference}`}>{t("decisions.correct")}</LinkButton>
      )}
    </Page>
  );
}

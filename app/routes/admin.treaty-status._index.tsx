import "#app/i18n/english/treaty-status.ts";
import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { listTreatyStatus, type StatusLine } from "#app/domain/law/treaty-status.server.ts";
import { declarationKinds, recordHoldsDays } from "#app/domain/law/treaty-status.ts";
import { stateName } from "#app/domain/names/names.ts";
import { searchable, wordsSought } from "#app/domain/templates/library-search.ts";
import { signedIn } from "#app/http.server.ts";
import { stateChoices } from "#app/i18n/choices.ts";
import { formatDay } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { readerOf } from "#app/reader.server.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { Button } from "#app/ui/Button.tsx";
import { EmptyState } from "#app/ui/EmptyState.tsx";
import { Form } from "#app/ui/Form.tsx";
import { HomeFrame } from "#app/ui/HomeFrame.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { StandingStatus } from "#app/ui/law/StandingStatus.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Status } from "#app/ui/Status.tsx";
import { Sub } from "#app/ui/Sub.tsx";
import { Table } from "#app/ui/Table.tsx";
import { TextField } from "#app/ui/TextField.tsx";
import { ViewBar } from "#app/ui/ViewBar.tsx";

export const loader = signedIn("treatyStatus.read", async ({ actor, me, request }) => {
  const asked = new URL(request.url).searchParams;
  const q = (asked.get("q") ?? "").trim().slice(0, 100);
  const recorded = /^\d{1,3}$/.test(asked.get("recorded") ?? "") ? Number(asked.get("recorded")) : null;
  return { q, recorded, lines: sought(await listTreatyStatus(actor), q, me.language), reader: readerOf(me) };
});

/** Those whose name or code holds all the words, among all States when something is asked for; by their names. */
function sought(lines: readonly StatusLine[], q: string, language: string): StatusLine[] {
  const words = wordsSought(q);
  const known = new Map(lines.map((line) => [line.state, line]));
  const named = new Map(stateChoices(language).map(({ value, label }) => [value, label]));
  for (const { state } of lines) if (!named.has(state)) named.set(state, stateName(state, language));
  const { compare } = new Intl.Collator(language);
  return [...named]
    .filter(([state, name]) => {
      const text = searchable(`${state} ${name}`);
      return words.length === 0 ? known.has(state) : words.every((word) => text.includes(word));
    })
    .sort(([, one], [, other]) => compare(one, other))
    .map(([state]) => known.get(state) ?? { state, status: null });
}

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("treatyStatus.title")]);

export default function TreatyStatusPage() {
  const { t } = useTranslation();
  const { q, recorded, lines, reader } = useLoaderData<typeof loader>();
  const open = <LinkButton to="/admin/treaty-status/import">{t("treatyStatus.import.open")}</LinkButton>;
  return (
    <HomeFrame reader={reader}>
      <Page wide>
        <Masthead title={t("treatyStatus.title")} sub={t("treatyStatus.lead")} />
        {recorded !== null && <Banner tone="good" title={t("treatyStatus.imported", { count: recorded })} live />}
        <ViewBar end={open} />
        <StateSearch key={q} q={q} />
        <p className="hint" role="status">
          {q ? t("treatyStatus.search.found", { count: lines.length }) : t("treatyStatus.listed")}
        </p>
        {lines.length === 0 ? (
          <EmptyState lead={t("treatyStatus.search.none")}>{t("treatyStatus.search.noneWhy")}</EmptyState>
        ) : (
          <StatusTable lines={lines} />
        )}
      </Page>
    </HomeFrame>
  );
}

function StateSearch({ q }: { q: string }) {
  const { t } = useTranslation();
  return (
    <search>
      <Form
        method="get"
        action="/admin/treaty-status"
        aria-label={t("treatyStatus.search.label")}
        className="lib-search"
      >
        <TextField
          name="q"
          type="search"
          label={t("treatyStatus.search.words")}
          hint={t("treatyStatus.search.wordsHint")}
          maxLength={100}
          defaultValue={q}
        />
        <div className="btn-row">
          <Button type="submit">{t("treatyStatus.search.act")}</Button>
          {q && (
            <LinkButton to="/admin/treaty-status" tone="quiet">
              {t("treatyStatus.search.clear")}
            </LinkButton>
          )}
        </div>
      </Form>
    </search>
  );
}

function StatusTable({ lines }: { lines: readonly StatusLine[] }) {
  const { t, i18n } = useTranslation();
  const { state, party, declarations, record } = t("treatyStatus.columns", { returnObjects: true });
  return (
    <Table
      label={t("treatyStatus.list")}
      columns={[state, party, declarations, { label: record, end: true }]}
      kind="people"
    >
      {lines.map((line) => (
        <tr key={line.state}>
          <td>
            <Link to={`/admin/treaty-status/${line.state}`}>{stateName(line.state, i18n.language)}</Link>
          </td>
          <td>
            <StandingStatus status={line.status} />
          </td>
          <td>
            {declarationKinds
              .filter((kind) => line.status?.declarations[kind])
              .map((kind) => t(`treatyStatus.short.${kind}`))
              .join(", ")}
          </td>
          <td>{line.status && <LookedUp {...line.status} />}</td>
        </tr>
      ))}
    </Table>
  );
}

function LookedUp({ lookedUpOn, old }: { lookedUpOn: string; old: boolean }) {
  const { t, i18n } = useTranslation();
  const day = formatDay(lookedUpOn, i18n.language);
  if (old) return <Status tone="warn">{t("treatyStatus.old", { day, count: recordHoldsDays })}</Status>;
  return <Sub>{t("treatyStatus.lookedUp", { day })}</Sub>;
}

import "#app/i18n/english/decisions.ts";
import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { Plus } from "lucide-react";
import { can } from "#app/domain/access.ts";
import { decisionReference } from "#app/domain/decisions/decision.ts";
import { listDecisions } from "#app/domain/decisions/decisions.server.ts";
import { inJit } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { DecidedBy, decidedWhen } from "#app/ui/decisions/words.tsx";
import { EmptyState } from "#app/ui/EmptyState.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Status } from "#app/ui/Status.tsx";
import { Table } from "#app/ui/Table.tsx";
import { ViewBar } from "#app/ui/ViewBar.tsx";

export const loader = inJit("decision.read", async ({ actor, jit, access }) => ({
  jit,
  decisions: await listDecisions(actor, jit.id),
  ownState: actor.state,
  mayRecord: can(access, "decision.record") === "yes",
}));

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => [t("decisions.title"), data?.jit.names.en]);

export default function DecisionsPage() {
  const { t, i18n } = useTranslation();
  const { jit, decisions, ownState, mayRecord } = useLoaderData<typeof loader>();
  const base = `/jits/${jit.reference}/decisions`;
  const heads = [t("decisions.number"), t("decisions.topic"), t("decisions.decidedBy"), t("decisions.start")];
  return (
    <Page wide>
      <Masthead
        title={t("decisions.title")}
        symbol={[{ label: t("decisions.symbol"), value: t("decisions.count", { count: decisions.length }) }]}
      />
      <ViewBar
        end={
          <>
            <LinkButton to={`${base}.csv`} small download>
              {t("decisions.download")}
            </LinkButton>
            {mayRecord && (
              <LinkButton to={`${base}/new`} tone="primary" small icon={Plus}>
                {t("decisions.add")}
              </LinkButton>
            )}
          </>
        }
      >
        {null}
      </ViewBar>
      {decisions.length === 0 ? (
        <EmptyState heads={heads} lead={t("decisions.none")}>
          {t("decisions.noneWhy")}
        </EmptyState>
      ) : (
        <Table label={t("decisions.table")} columns={heads}>
          {decisions.map((one) => (
            <tr key={one.id}>
              <td className="num">{decisionReference(one.number)}</td>
              <td>
                <Link to={`${base}/${decisionReference(one.number)}`} dir="auto">
                  {one.topic}
                </Link>{" "}
                {one.dissent && <Status tone="warn">{t("decisions.dissented")}</Status>}{" "}
                {one.correctedBy.map((number) => (
                  <Status key={number} tone="warn">
                    {t("decisions.corrected", { reference: decisionReference(number) })}
                  </Status>
                ))}
              </td>
              <td>
                <DecidedBy decision={one} ownState={ownState} />
              </td>
              <td className="num">{decidedWhen(t, one, i18n.language)}</td>
            </tr>
          ))}
        </Table>
      )}
    </Page>
  );
}

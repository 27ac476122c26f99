import "#app/i18n/english/plan.ts";
import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import type { Content } from "#app/domain/documents/content.ts";
import { readChangesSince, versionNumber } from "#app/domain/plan/versions.server.ts";
import { findClause } from "#app/domain/templates/agreement.ts";
import { FrozenText } from "#app/editor/FrozenText.tsx";
import { inJit } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { EmptyState } from "#app/ui/EmptyState.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { fieldLabel, valueInWords } from "#app/ui/plan/words.ts";
import { Section } from "#app/ui/Section.tsx";
import { Status } from "#app/ui/Status.tsx";
import { Table } from "#app/ui/Table.tsx";

export const loader = inJit("plan.read", async ({ actor, jit, params }) => {
  const version = versionNumber(params.version ?? "");
  const { changes, clauses, text, members, parties } = await readChangesSince(actor, { jit: jit.id, version });
  return {
    jit,
    version,
    changes,
    members,
    parties,
    clauses: clauses.map((id) => ({
      id,
      title: findClause(id)?.titles.en ?? id,
      before: clauseOf(text?.before ?? null, id),
      after: clauseOf(text?.after ?? null, id),
    })),
  };
});

/** One clause of a text as a text of its own, in each of its languages. */
function clauseOf(content: Content | null, id: string) {
  const languages = Object.entries(content?.languages ?? {}).flatMap(([language, doc]) => {
    const own = (doc.content ?? []).filter((clause) => clause.attrs?.clauseId === id);
    return own.length > 0 ? [{ language, doc: { ...doc, content: own } }] : [];
  });
  return { languages, fields: content?.fields ?? {} };
}

export const meta: MetaFunction<typeof loader> = ({ data, params, matches }) =>
  pageTitle(matches, (t) => [t("plan.versions.changesTitle", { number: params.version ?? "" }), data?.jit.names.en]);

const tones = { added: "good", removed: "stop", changed: "note" } as const;

export default function ChangesPage() {
  const { t, i18n } = useTranslation();
  const { jit, version, changes, clauses, members, parties } = useLoaderData<typeof loader>();
  const base = `/jits/${jit.reference}/plan`;
  const named = { members, parties, language: i18n.language };
  const title = t("plan.versions.changesTitle", { number: version });
  return (
    <Page wide>
      <Masthead
        title={title}
        crumbs={[
          { label: t("plan.title"), to: base },
          { label: t("plan.versions.title"), to: `${base}/versions` },
          { label: t("plan.versions.crumb", { number: version }), to: `${base}/versions/${version}` },
          { label: t("plan.versions.changes") },
        ]}
      />
      {changes.length + clauses.length === 0 && <EmptyState lead={t("plan.versions.nothing", { number: version })} />}
      {changes.length > 0 && (
        <Section title={t("plan.versions.rowsTitle")} count={changes.length}>
          <Table
            label={t("plan.versions.tables.rows")}
            columns={[t("plan.versions.row"), t("plan.fields.title"), t("plan.versions.what")]}
          >
            {changes.map(({ kind, code, title: row, how, fields }) => (
              <tr key={`${kind} ${code} ${how}`}>
                <td>
                  {how === "removed" ? (
                    t(`plan.numbered.${kind}`, { number: code })
                  ) : (
                    <Link to={`${base}/${kind}/${code}`}>{t(`plan.numbered.${kind}`, { number: code })}</Link>
                  )}
                </td>
                <td>
                  <bdi>{row}</bdi>
                </td>
                <td>
                  <Status tone={tones[how]}>{t(`plan.versions.how.${how}`)}</Status>
                  {fields.map(({ name, before, after }) => {
                    const words = (value: string) => valueInWords(t, kind, name, value, named);
                    return (
                      <p key={name} dir="auto">
                        {t("plan.versions.fromTo", {
                          field: fieldLabel(t, kind, name),
                          before: words(before) || t("plan.versions.empty"),
                          after: words(after) || t("plan.versions.empty"),
                        })}
                      </p>
                    );
                  })}
                </td>
              </tr>
            ))}
          </Table>
        </Section>
      )}
      {clauses.length > 0 && (
        <Section title={t("plan.versions.clausesTitle")} count={clauses.length}>
          {clauses.map(({ id, title: clause, before, after }) => (
            <Section key={id} title={<bdi>{clause}</bdi>}>
              <h3>{t("plan.versions.before", { number: version })}</h3>
              <ClauseSide {...before} none={t("plan.versions.clauseNew")} />
              <h3>{t("plan.versions.after")}</h3>
              <ClauseSide {...after} none={t("plan.versions.clauseGone")} />
            </Section>
          ))}
        </Section>
      )}
    </Page>
  );
}

function ClauseSide({ languages, fields, none }: ReturnType<typeof clauseOf> & { none: string }) {
  if (languages.length === 0) return <p className="hint">{none}</p>;
  return languages.map(({ language, doc }) => (
    <FrozenText key={language} doc={doc} fields={fields} language={language} />
  ));
}

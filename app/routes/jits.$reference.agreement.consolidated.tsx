import "#app/i18n/english/lifecycle.ts";
import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { getAgreement } from "#app/domain/documents/document.server.ts";
import { readForInformation } from "#app/domain/lifecycle/consolidated.server.ts";
import type { Note } from "#app/domain/lifecycle/consolidated.ts";
import { languageName, stateName } from "#app/domain/names/names.ts";
import { annexIdOf } from "#app/domain/templates/annex.ts";
import { FrozenText } from "#app/editor/FrozenText.tsx";
import { inJit } from "#app/http.server.ts";
import { formatInstant } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { textPath } from "#app/ui/agreement/text-path.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { Digest } from "#app/ui/Digest.tsx";
import { DocumentStatus } from "#app/ui/DocumentStatus.tsx";
import { FileLink } from "#app/ui/FileLink.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Section } from "#app/ui/Section.tsx";
import { Sub } from "#app/ui/Sub.tsx";
import { Table } from "#app/ui/Table.tsx";
import { useInstrumentWord } from "#app/ui/team/instrument.ts";

export const loader = inJit("document.read", async ({ actor, jit }) => {
  const { id } = await getAgreement(actor, jit.id);
  return { ...(await readForInformation(actor, { jit: jit.id, document: id })), reference: jit.reference };
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("lifecycle.consolidated.title")]);

export default function ConsolidatedPage() {
  const { t, i18n } = useTranslation();
  const { texts, fields, at, version, digest, timeZone, reference } = useLoaderData<typeof loader>();
  const instant = formatInstant(at, { language: i18n.language, zone: timeZone, form: "legal" });
  return (
    <Page wide>
      <Masthead
        title={t("lifecycle.consolidated.title")}
        sub={t("lifecycle.consolidated.lead")}
        crumbs={[
          { label: useInstrumentWord(), to: textPath(reference, null) },
          { label: t("lifecycle.consolidated.crumb") },
        ]}
      />
      <Banner tone="hold" title={t("lifecycle.consolidated.forInformation")}>
        {t("lifecycle.consolidated.notSigned", { reference, version, instant })} <Digest value={digest} short />
      </Banner>
      <div className="mt-5">
        <ButtonRow>
          <FileLink to={`${textPath(reference, null)}/consolidated/pdf`} tone="secondary" small>
            {t("lifecycle.consolidated.pdf")}
          </FileLink>
        </ButtonRow>
      </div>
      <Children />
      {Object.entries(texts).map(([language, { doc, notes, withoutClause }]) => (
        <Section
          key={language}
          title={`${t("lifecycle.consolidated.text")} – ${languageName(language, i18n.language)}`}
        >
          <FrozenText
            doc={doc}
            fields={fields}
            language={language}
            below={(clause) => <Notes notes={notes[clause] ?? []} />}
          />
          <Notes notes={withoutClause} />
        </Section>
      ))}
    </Page>
  );
}

/** What was done to the arrangement since its signature, and what is still being done, each with where it stands. */
function Children() {
  const { t, i18n } = useTranslation();
  const { children, signed, timeZone, reference } = useLoaderData<typeof loader>();
  const columns = "lifecycle.consolidated.columns" as const;
  return (
    <Section title={t("lifecycle.consolidated.changes")}>
      {children.length === 0 ? (
        <p className="hint">{t("lifecycle.consolidated.none")}</p>
      ) : (
        <Table
          label={t("lifecycle.consolidated.list")}
          kind="narrow"
          columns={[t(`${columns}.change`), t(`${columns}.state`), t(`${columns}.effect`)]}
        >
          {children.map(({ id, annex, about, state }) => {
            const effect = signed.find((one) => one.annex === annex);
            return (
              <tr key={id}>
                <th scope="row">
                  <Link to={textPath(reference, annex)}>
                    {t("documents.annexes.name", { annex, name: t(`documents.annexNames.${annexIdOf(annex)}`) })}
                  </Link>
                  {about && (
                    <Sub>
                      <bdi>{about}</bdi>
                    </Sub>
                  )}
                </th>
                <td>
                  <DocumentStatus state={state} />
                </td>
                <td>
                  {effect
                    ? formatInstant(effect.from, { language: i18n.language, zone: timeZone, form: "legal" })
                    : t("lifecycle.consolidated.noEffect")}
                </td>
              </tr>
            );
          })}
        </Table>
      )}
    </Section>
  );
}

function Notes({ notes }: { notes: readonly Note[] }) {
  const { t, i18n } = useTranslation();
  const { timeZone } = useLoaderData<typeof loader>();
  return notes.map((note) => {
    const day = formatInstant(note.from, { language: i18n.language, zone: timeZone, form: "legal" });
    const state = "state" in note ? stateName(note.state, i18n.language) : "";
    const key = note.kind === "amended" ? (note.inText ? "amended" : "amendedBeside") : note.kind;
    return (
      <aside key={`${note.annex}${JSON.stringify(note)}`} className="note-for-information">
        <p>
          {t(`lifecycle.notes.${key}`, {
            ...{ annex: note.annex, day, state },
            by: note.kind === "extended" ? note.by : "",
            authority: note.kind === "acceded" ? note.authority : "",
          })}
        </p>
        {note.kind === "amended" && (
          <>
            <p>
              <span className="hint">{t("lifecycle.notes.old")}</span> <del dir="auto">{note.oldText}</del>
            </p>
            <p>
              <span className="hint">{t("lifecycle.notes.new")}</span> <ins dir="auto">{note.newText}</ins>
            </p>
          </>
        )}
      </aside>
    );
  });
}

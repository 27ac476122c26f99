import "#app/i18n/english/editor.ts";
import "#app/i18n/english/meetings.ts";
import type { MetaFunction } from "@remix-run/node";
import { Outlet, type ShouldRevalidateFunctionArgs, useLoaderData } from "@remix-run/react";
import { lazy, Suspense, useEffect, useState } from "react";
import { can } from "#app/domain/access.ts";
import { mayExport } from "#app/domain/export/may-export.ts";
import { openMinutes, readApproved } from "#app/domain/meetings/minutes.server.ts";
import { readMeeting } from "#app/domain/meetings/reading.server.ts";
import { inJit } from "#app/http.server.ts";
import { formatInstant } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { Digest } from "#app/ui/Digest.tsx";
import { useKeeper } from "#app/ui/keeper.ts";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { ApprovedTable } from "#app/ui/meetings/ApprovedTable.tsx";
import { MinutesStatus } from "#app/ui/meetings/MeetingTable.tsx";
import { MinutesText } from "#app/ui/meetings/MinutesText.tsx";
import { meetingWhen } from "#app/ui/meetings/words.ts";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { RecordToCheck } from "#app/ui/RecordToCheck.tsx";
import { Section } from "#app/ui/Section.tsx";
import { ViewBar } from "#app/ui/ViewBar.tsx";

const PlainEditor = lazy(() =>
  import("#app/editor/PlainEditor.tsx").then((module) => ({ default: module.PlainEditor })),
);

export const loader = inJit("meeting.read", async ({ actor, jit, me, access, params, request }) => {
  const of = { jit: jit.id, meeting: params.meeting ?? "" };
  const { number, title, startsAt, endsAt, timeZone } = await readMeeting(actor, of);
  const minutes = await openMinutes(actor, of);
  const asked = Number(new URL(request.url).searchParams.get("version"));
  const shown = asked || (minutes.state === "finalised" ? minutes.version : 0);
  const subject = { documentId: minutes.document, documentKind: "minutes", documentState: minutes.state } as const;
  return {
    jit,
    base: `/jits/${jit.reference}/meetings/${params.meeting}`,
    meeting: { number, title, startsAt, endsAt, timeZone },
    minutes,
    approved: shown ? await readApproved(actor, { ...of, version: shown }) : null,
    person: actor.personId,
    zone: me.timeZone,
    may: {
      edit: can(access, "document.edit", subject) === "yes",
      export: mayExport(access, jit.agreement),
      approve: can(access, "minutes.approve", subject) === "yes",
      correct: can(access, "minutes.correct", subject) === "yes",
    },
  };
});

/** The text is opened once, not with every decision that is made from it: opening stands in the trail. */
export function shouldRevalidate({
  formAction,
  currentUrl,
  nextUrl,
  defaultShouldRevalidate,
}: ShouldRevalidateFunctionArgs) {
  const stays = currentUrl.pathname === nextUrl.pathname && currentUrl.search === nextUrl.search;
  return formAction?.includes("/minutes") && stays ? false : defaultShouldRevalidate;
}

export const meta: MetaFunction<typeof loader> = ({ data, params, matches }) =>
  pageTitle(matches, (t) => [
    t("meetings.minutes.of", { reference: params.meeting ?? "" }),
    data?.meeting.title,
    data?.jit.names.en,
  ]);

export default function MinutesPage() {
  const { t, i18n } = useTranslation();
  const { jit, base, meeting, minutes, approved, person, zone, may } = useLoaderData<typeof loader>();
  const keepsCopy = useKeeper() === person;
  const here = useInBrowser();
  const reference = base.split("/").at(-1) ?? "";
  const when = approved && formatInstant(approved.approvedAt, { language: i18n.language, zone });
  return (
    <Page>
      <Masthead
        title={t("meetings.minutes.of", { reference })}
        sub={
          <>
            <bdi>{meeting.title}</bdi>
            {" · "}
            {meetingWhen(t, meeting, i18n.language)}
          </>
        }
        crumbs={[
          { label: t("meetings.title"), to: `/jits/${jit.reference}/meetings` },
          { label: reference, to: base },
          { label: t("meetings.minutes.title") },
        ]}
      />
      <ViewBar
        end={
          <>
            {may.correct && (
              <LinkButton to={`${base}/minutes/correct`} small>
                {t("meetings.minutes.correct")}
              </LinkButton>
            )}
            {may.approve && (
              <LinkButton to={`${base}/minutes/approve`} tone="primary" small>
                {t("meetings.minutes.approve")}
              </LinkButton>
            )}
          </>
        }
      >
        <MinutesStatus state={minutes.state} />{" "}
        <span>{t("meetings.minutes.version", { version: minutes.version })}</span>
      </ViewBar>
      {approved ? (
        <>
          <Banner tone={approved.replaced ? "note" : "good"} title={t("meetings.minutes.approvedTitle")}>
            {t("meetings.minutes.approvedText", {
              version: approved.version,
              who: approved.approvedBy ?? "–",
              when: when ?? "",
            })}{" "}
            {minutes.version > approved.version &&
              minutes.state === "draft" &&
              t("meetings.minutes.beingCorrected", { version: minutes.version })}
          </Banner>
          <p className="minutes-digest">
            {t("meetings.minutes.digest")}: <Digest value={approved.digest} />
          </p>
          {may.export && <RecordToCheck team={`/jits/${jit.reference}`} hint={t("meetings.minutes.recordHint")} />}
          <MinutesText head={approved.head} languages={approved.languages} />
        </>
      ) : (
        <div className="doc annex minutes">
          {!may.edit && <Banner tone="plain" title={t("meetings.minutes.readOnly")} />}
          <noscript>
            <Banner tone="hold" title={t("meetings.minutes.noScript")}>
              <a href={`${base}/minutes/approve`}>{t("meetings.minutes.readStored")}</a>
            </Banner>
          </noscript>
          {here && (
            <Suspense fallback={<p className="sheet-wait">{t("editor.loading")}</p>}>
              <PlainEditor
                document={minutes.document}
                epoch={minutes.epoch}
                reference={jit.reference}
                language="en"
                person={person}
                keepsCopy={keepsCopy}
                mayEdit={may.edit}
                zone={zone}
                label={t("meetings.minutes.text")}
              />
            </Suspense>
          )}
        </div>
      )}
      <Outlet />
      {minutes.approved.length > 0 && (
        <Section title={t("meetings.minutes.approved")}>
          <ApprovedTable approved={minutes.approved} base={`${base}/minutes`} zone={zone} />
        </Section>
      )}
    </Page>
  );
}

/** The editor needs a browser; the server sends the page around it. */
function useInBrowser(): boolean {
  const [here, setHere] = useState(false);
  useEffect(() => setHere(true), []);
  return here;
}

import "#app/i18n/english/meetings.ts";
import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { CalendarSearch, Plus } from "lucide-react";
import { can } from "#app/domain/access.ts";
import { stateOfMeeting } from "#app/domain/meetings/meeting.ts";
import { listMeetings } from "#app/domain/meetings/reading.server.ts";
import { inJit } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { now } from "#app/platform/clock.ts";
import { EmptyState } from "#app/ui/EmptyState.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { MeetingTable } from "#app/ui/meetings/MeetingTable.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Section } from "#app/ui/Section.tsx";
import { ViewBar } from "#app/ui/ViewBar.tsx";

export const loader = inJit("meeting.read", async ({ actor, jit, access }) => {
  const meetings = await listMeetings(actor, jit.id);
  const coming = meetings.filter((one) => stateOfMeeting(one, now()) === "coming").reverse();
  return {
    jit,
    coming,
    past: meetings.filter((one) => !coming.includes(one)),
    mayCall: can(access, "meeting.call") === "yes",
  };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => [t("meetings.title"), data?.jit.names.en]);

export default function MeetingsPage() {
  const { t } = useTranslation();
  const { jit, coming, past, mayCall } = useLoaderData<typeof loader>();
  const base = `/jits/${jit.reference}/meetings`;
  const count = coming.length + past.length;
  return (
    <Page wide>
      <Masthead
        title={t("meetings.title")}
        symbol={[{ label: t("meetings.symbol"), value: t("meetings.count", { count }) }]}
      />
      <ViewBar
        end={
          <>
            <LinkButton to={`${base}/times`} small icon={CalendarSearch}>
              {t("meetings.findTime")}
            </LinkButton>
            {mayCall && (
              <LinkButton to={`${base}/new`} tone="primary" small icon={Plus}>
                {t("meetings.call")}
              </LinkButton>
            )}
          </>
        }
      >
        {null}
      </ViewBar>
      {count === 0 ? (
        <EmptyState
          heads={[t("meetings.number"), t("meetings.subject"), t("meetings.when"), t("meetings.minutesColumn")]}
          lead={t("meetings.none")}
        >
          {t("meetings.noneWhy")}
        </EmptyState>
      ) : (
        <>
          <Section title={t("meetings.coming")} count={coming.length} first>
            {coming.length > 0 ? (
              <MeetingTable meetings={coming} label={t("meetings.coming")} base={base} />
            ) : (
              <p className="prose">{t("meetings.noneComing")}</p>
            )}
          </Section>
          {past.length > 0 && (
            <Section title={t("meetings.past")} count={past.length}>
              <MeetingTable meetings={past} label={t("meetings.past")} base={base} past />
            </Section>
          )}
        </>
      )}
    </Page>
  );
}

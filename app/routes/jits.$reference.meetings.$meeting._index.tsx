import "#app/i18n/english/meetings.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { can } from "#app/domain/access.ts";
import { readHours } from "#app/domain/meetings/calendars.server.ts";
import { hindrancesAt, localTimes } from "#app/domain/meetings/common-hours.ts";
import { meetingReference, stateOfMeeting } from "#app/domain/meetings/meeting.ts";
import { beginMinutes } from "#app/domain/meetings/minutes.server.ts";
import { readMeeting } from "#app/domain/meetings/reading.server.ts";
import { inJit, type Refusal } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { now } from "#app/platform/clock.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { Button } from "#app/ui/Button.tsx";
import { FactList } from "#app/ui/FactList.tsx";
import { Form } from "#app/ui/Form.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { MadeList } from "#app/ui/meetings/MadeList.tsx";
import { MeetingHistory } from "#app/ui/meetings/MeetingHistory.tsx";
import { MeetingPeople } from "#app/ui/meetings/MeetingPeople.tsx";
import { MinutesStatus } from "#app/ui/meetings/MeetingTable.tsx";
import { PartyTimes } from "#app/ui/meetings/PartyTimes.tsx";
import { meetingWhen } from "#app/ui/meetings/words.ts";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Section } from "#app/ui/Section.tsx";
import { Status } from "#app/ui/Status.tsx";
import { ViewBar } from "#app/ui/ViewBar.tsx";

export const loader = inJit("meeting.read", async ({ actor, jit, me, access, params }) => {
  const meeting = await readMeeting(actor, { jit: jit.id, meeting: params.meeting ?? "" });
  const [startsAt, endsAt] = [new Date(meeting.startsAt), new Date(meeting.endsAt)];
  // A day more at each side: it may be another day for some party.
  const day = (at: Date, shift: number) => new Date(at.getTime() + shift * 86_400_000).toISOString().slice(0, 10);
  const hours = await readHours(actor, { jit: jit.id, first: day(startsAt, -1), last: day(endsAt, 1) });
  const state = stateOfMeeting(meeting, now());
  return {
    jit,
    meeting,
    state,
    local: localTimes(hours, startsAt, endsAt),
    hindrances: hindrancesAt(hours, startsAt, endsAt),
    zone: me.timeZone,
    ownState: actor.state,
    may: {
      change: can(access, "meeting.change") === "yes" && state !== "calledOff",
      callOff: can(access, "meeting.callOff") === "yes" && state === "coming",
      begin: can(access, "minutes.begin") === "yes" && state !== "calledOff" && meeting.minutes === null,
    },
  };
});

export const action = inJit("minutes.begin", async ({ actor, jit, params }) => {
  await beginMinutes(actor, { jit: jit.id, meeting: params.meeting ?? "" });
  return redirect(`/jits/${jit.reference}/meetings/${params.meeting}/minutes`);
});

export const meta: MetaFunction<typeof loader> = ({ data, params, matches }) =>
  pageTitle(matches, () => [`${params.meeting} – ${data?.meeting.title ?? ""}`, data?.jit.names.en]);

export default function MeetingPage() {
  const { t, i18n } = useTranslation();
  const { jit, meeting, state, local, hindrances, zone, ownState, may } = useLoaderData<typeof loader>();
  const refusal = useActionData<Refusal>();
  const { values, minutes, decisions, tasks } = meeting;
  const team = `/jits/${jit.reference}`;
  const reference = meetingReference(meeting.number);
  const base = `${team}/meetings/${reference}`;
  const own = meeting.timeZone !== zone && meetingWhen(t, { ...meeting, timeZone: zone }, i18n.language);
  const tones = { coming: "note", held: "good", calledOff: "stop" } as const;
  const facts = [
    {
      label: t("meetings.page.when"),
      value: meetingWhen(t, meeting, i18n.language),
      hint: own && t("meetings.page.yourTime", { when: own }),
    },
    {
      label: t("meetings.page.place"),
      value: meeting.place ? (
        <span dir="auto">{meeting.place}</span>
      ) : (
        t(meeting.link ? "meetings.page.noPlace" : "meetings.page.noPlaceAtAll")
      ),
    },
    meeting.link !== "" && {
      label: t("meetings.page.link"),
      value: (
        <a href={meeting.link} rel="noopener noreferrer nofollow" target="_blank" dir="ltr">
          {meeting.link}
        </a>
      ),
    },
    values.guests !== "" && { label: t("meetings.page.guests"), value: <span dir="auto">{values.guests}</span> },
  ].filter((fact) => fact !== false);
  return (
    <Page>
      <Masthead
        title={<bdi>{meeting.title}</bdi>}
        crumbs={[{ label: t("meetings.title"), to: `${team}/meetings` }, { label: reference }]}
      />
      <ViewBar
        end={
          <>
            {may.callOff && (
              <LinkButton to={`${base}/call-off`} tone="quiet" small>
                {t("meetings.page.callOff")}
              </LinkButton>
            )}
            {may.change && (
              <LinkButton to={`${team}/meetings/times?meeting=${reference}`} small>
                {t("meetings.findTime")}
              </LinkButton>
            )}
            {may.change && (
              <LinkButton to={`${base}/attendance`} small>
                {t("meetings.page.attendance")}
              </LinkButton>
            )}
            {may.change && (
              <LinkButton to={`${base}/change`} small>
                {t("meetings.page.change")}
              </LinkButton>
            )}
          </>
        }
      >
        <Status tone={tones[state]}>{t(`meetings.state.${state}`)}</Status>
      </ViewBar>
      {meeting.calledOff && (
        <Banner tone="stop" title={t("meetings.callOff.banner")}>
          <span dir="auto">{meeting.calledOff}</span>
        </Banner>
      )}
      <FactList facts={facts} />
      <Section title={t("meetings.page.agenda")}>
        {values.agenda.length > 0 ? (
          <ol className="prose agenda">
            {values.agenda.map((item, place) => (
              // Two items may read the same; their place tells them apart.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <li key={`${place} ${item}`}>
                <span dir="auto">{item}</span>
              </li>
            ))}
          </ol>
        ) : (
          <p className="prose">{t("meetings.page.noAgenda")}</p>
        )}
      </Section>
      <Section title={t("meetings.page.minutes")}>
        <MinutesStatus state={minutes?.state ?? "none"} />
        {!minutes && <p className="prose">{t("meetings.page.notBegun")}</p>}
        <div className="btn-row">
          {minutes && (
            <LinkButton to={`${base}/minutes`} tone="primary">
              {t("meetings.page.open")}
            </LinkButton>
          )}
          {may.begin && (
            <Form refusal={refusal}>
              <Button type="submit" tone="primary" working={t("meetings.page.beginning")}>
                {t("meetings.page.begin")}
              </Button>
            </Form>
          )}
        </div>
      </Section>
      <Section title={t("meetings.page.people")}>
        <MeetingPeople people={meeting.people} values={values} held={state === "held"} ownState={ownState} />
      </Section>
      {state === "coming" && (
        <Section title={t("meetings.page.byParty")}>
          <PartyTimes local={local} hindrances={hindrances} ownState={ownState} />
        </Section>
      )}
      <Section title={t("meetings.page.made")}>
        <MadeList {...{ team, decisions, tasks }} />
      </Section>
      <Section title={t("meetings.page.history")}>
        <MeetingHistory
          editions={meeting.editions}
          people={meeting.people}
          startsAt={meeting.startsAt}
          zone={meeting.timeZone}
        />
      </Section>
    </Page>
  );
}

import "#app/i18n/english/meetings.ts";
import { parseDate } from "@internationalized/date";
import { type MetaFunction, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData, useLocation } from "@remix-run/react";
import { can } from "#app/domain/access.ts";
import { readHours } from "#app/domain/meetings/calendars.server.ts";
import { commonHours, minutesOf, todayIn, typedIn } from "#app/domain/meetings/common-hours.ts";
import { meetingReference } from "#app/domain/meetings/meeting.ts";
import { TakeTime } from "#app/domain/meetings/meeting-forms.ts";
import { changeMeeting } from "#app/domain/meetings/meetings.server.ts";
import { readMeeting } from "#app/domain/meetings/reading.server.ts";
import { form, inJit, type Refusal } from "#app/http.server.ts";
import { formatDay, formatInstant, time } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { zones } from "#app/i18n/zones.ts";
import { now } from "#app/platform/clock.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { Button } from "#app/ui/Button.tsx";
import { Form } from "#app/ui/Form.tsx";
import { FormProblems } from "#app/ui/FormProblems.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { dayCounts, HoursForm, lengths } from "#app/ui/meetings/HoursForm.tsx";
import { LocalTimes } from "#app/ui/meetings/LocalTimes.tsx";
import { hindranceInWords } from "#app/ui/meetings/words.ts";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Section } from "#app/ui/Section.tsx";
import { Sub } from "#app/ui/Sub.tsx";
import { Table } from "#app/ui/Table.tsx";

export const loader = inJit("meeting.read", async ({ actor, jit, me, access, request }) => {
  const asked = new URL(request.url).searchParams;
  const reference = asked.get("meeting") ?? "";
  const meeting = reference ? await readMeeting(actor, { jit: jit.id, meeting: reference }) : null;
  const { first, days, length, usable } = rangeOf(asked, me.timeZone);
  const last = parseDate(first).add({ days: days + 1 });
  const calendars = await readHours(actor, {
    jit: jit.id,
    first: parseDate(first).subtract({ days: 1 }).toString(),
    last: last.toString(),
  });
  const chosen = asked.getAll("with");
  const parties = calendars.map((usual) => {
    const [from, until] = [asked.get(`from.${usual.state}`), asked.get(`until.${usual.state}`)].map((typed) =>
      typed === null ? undefined : minutesOf(typed),
    );
    const zone = asked.get(`zone.${usual.state}`);
    const hours = typeof from === "number" && typeof until === "number" && from < until ? { from, until } : {};
    return {
      ...usual,
      ...hours,
      ...(zone && zones.includes(zone) ? { timeZone: zone } : {}),
      takesPart: !asked.has("asked") || chosen.includes(usual.state),
      understood: from === undefined || "from" in hours,
    };
  });
  return {
    jit,
    meeting: meeting && {
      ...{ reference: meetingReference(meeting.number), title: meeting.title, edition: meeting.edition },
      timeZone: meeting.timeZone,
    },
    parties: parties.map(({ holidays: _holidays, ...party }) => party),
    usable: usable && parties.every(({ understood }) => understood),
    ...{ first, days, length },
    zone: me.timeZone,
    found: commonHours({
      parties: parties.filter(({ takesPart }) => takesPart),
      timeZone: me.timeZone,
      ...{ first, days, length, after: now() },
    }),
    mayCall: can(access, "meeting.call") === "yes",
  };
});

/** What the address asks for, within what the form offers; the usual values for what cannot be used. */
function rangeOf(asked: URLSearchParams, zone: string) {
  const day = asked.get("first") ?? "";
  const isDay = /^20\d\d-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(`${day}T00:00Z`));
  const number = (name: string, offered: readonly number[], usual: number) => {
    const value = Number(asked.get(name) ?? usual);
    return offered.includes(value) ? value : null;
  };
  const [days, length] = [number("days", dayCounts, 14), number("length", lengths, 60)];
  return {
    first: isDay ? day : todayIn(zone, now()),
    days: days ?? 14,
    length: length ?? 60,
    usable: (isDay || !asked.has("first")) && days !== null && length !== null,
  };
}

/** Takes a time that was found as the time of the meeting. */
export const action = inJit("meeting.change", async ({ actor, jit, request }) => {
  const { meeting, edition, ...fields } = await form(request, TakeTime);
  await changeMeeting(actor, { jit: jit.id, meeting, edition, fields });
  return redirect(`/jits/${jit.reference}/meetings/${meeting}`);
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => [t("meetings.times.title"), data?.jit.names.en]);

export default function CommonHoursPage() {
  const { t, i18n } = useTranslation();
  const { jit, meeting, parties, usable, first, days, length, zone, found, mayCall } = useLoaderData<typeof loader>();
  const refusal = useActionData<Refusal>();
  const team = `/jits/${jit.reference}/meetings`;
  const count = found.reduce((all, day) => all + day.slots.length, 0);
  const { search } = useLocation();
  // The first of each day, unless one day is asked for as a whole.
  const whole = new URLSearchParams(search).get("whole");
  const shown = found
    .filter(({ day }) => whole === null || whole === day)
    .map(({ day, slots }) => ({ day, slots: whole === day ? slots : slots.slice(0, 3), all: slots.length }));
  const wholeOf = (day: string) => {
    const address = new URLSearchParams(search);
    address.set("whole", day);
    return `?${address}`;
  };
  const out = found.filter((day) => day.slots.length === 0);
  const typed = (at: string) => typedIn(meeting?.timeZone ?? zone, at);
  return (
    <Page wide>
      <Masthead
        title={t("meetings.times.title")}
        sub={
          meeting ? (
            <bdi>{t("meetings.times.forMeeting", { reference: meeting.reference, title: meeting.title })}</bdi>
          ) : (
            t("meetings.times.lead")
          )
        }
        crumbs={[
          { label: t("meetings.title"), to: team },
          ...(meeting ? [{ label: meeting.reference, to: `${team}/${meeting.reference}` }] : []),
          { label: t("meetings.times.title") },
        ]}
      />
      {refusal?.problems && <FormProblems problems={refusal.problems} />}
      {!usable && <Banner tone="warn" title={t("meetings.times.wrong")} />}
      <HoursForm {...{ parties, first, days, length }} meeting={meeting?.reference ?? ""} />
      <Section title={t("meetings.times.found")} count={count}>
        {count === 0 ? (
          <Banner tone="warn" title={t("meetings.times.none")}>
            {t("meetings.times.noneWhy")}
          </Banner>
        ) : (
          <Table
            label={t("meetings.times.foundTable")}
            columns={[
              t("meetings.times.begins"),
              t("meetings.times.local"),
              ...(mayCall ? [{ label: t("meetings.times.act"), hidden: true }] : []),
            ]}
          >
            {shown.flatMap(({ day, slots, all }) => [
              ...slots.map(({ startsAt, endsAt, local }) => (
                <tr key={startsAt}>
                  <td className="num">{formatInstant(startsAt, { language: i18n.language, zone })}</td>
                  <td>
                    <LocalTimes local={local} />
                  </td>
                  {mayCall && (
                    <td>
                      {meeting ? (
                        <Form apart>
                          <input type="hidden" name="meeting" value={meeting.reference} />
                          <input type="hidden" name="edition" value={meeting.edition} />
                          <input type="hidden" name="start" value={typed(startsAt)} />
                          <input type="hidden" name="end" value={typed(endsAt)} />
                          <input type="hidden" name="timeZone" value={meeting.timeZone} />
                          <Button type="submit" small working={t("meetings.times.taking")}>
                            {t("meetings.times.take")}
                            <span className="vh">
                              {` ${formatInstant(startsAt, { language: i18n.language, zone: "UTC", form: "list" })}, ${time(new Date(startsAt), "UTC")} UTC`}
                            </span>
                          </Button>
                        </Form>
                      ) : (
                        <LinkButton
                          small
                          to={`${team}/new?${new URLSearchParams({ start: typed(startsAt), end: typed(endsAt), timeZone: zone })}`}
                        >
                          {t("meetings.times.callThen")}
                        </LinkButton>
                      )}
                    </td>
                  )}
                </tr>
              )),
              all > slots.length && (
                <tr key={day}>
                  <td colSpan={mayCall ? 3 : 2}>
                    <Link to={wholeOf(day)}>{t("meetings.times.allOfDay", { count: all })}</Link>{" "}
                    <Sub>{formatDay(day, i18n.language, "full")}</Sub>
                  </td>
                </tr>
              ),
            ])}
          </Table>
        )}
      </Section>
      {out.length > 0 && (
        <Section title={t("meetings.times.out")} count={out.length}>
          <Table
            label={t("meetings.times.outTable")}
            columns={[t("meetings.times.day"), t("meetings.times.why")]}
            kind="narrow"
          >
            {out.map(({ day, hindrances }) => (
              <tr key={day}>
                <td className="num">{formatDay(day, i18n.language, "full")}</td>
                <td>
                  {hindrances.length === 0 && t("meetings.times.gone")}
                  {hindrances.some(({ kind }) => kind === "hours")
                    ? t("meetings.times.neverMeet")
                    : hindrances.map((one) => hindranceInWords(t, one, i18n.language)).join(" ")}
                </td>
              </tr>
            ))}
          </Table>
        </Section>
      )}
      <p className="hint">{t("meetings.times.source")}</p>
    </Page>
  );
}

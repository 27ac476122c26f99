import "#app/i18n/english/action-day.ts";
import "#app/i18n/english/plan.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import { can } from "#app/domain/access.ts";
import { readDay, SayForDay, sayForDay } from "#app/domain/plan/action-day.server.ts";
import { form, inJit, type Refusal } from "#app/http.server.ts";
import { formatDay, time, zoneName } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { now } from "#app/platform/clock.ts";
import { newId } from "#app/platform/ids.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { DayTimeline } from "#app/ui/plan/DayTimeline.tsx";
import { GoTable } from "#app/ui/plan/GoTable.tsx";
import { useLiveDay } from "#app/ui/plan/live-day.ts";
import { OwnWord } from "#app/ui/plan/OwnWord.tsx";
import { PressedList } from "#app/ui/plan/PressedList.tsx";
import { usePressed } from "#app/ui/plan/pressed.ts";

export const loader = inJit("plan.read", async ({ actor, jit, me, access, params }) => ({
  jit,
  day: await readDay(actor, { jit: jit.id, day: params.day ?? "" }),
  own: access.partyId,
  ownState: actor.state,
  mayDecide: can(access, "actionDay.decide", { partyId: access.partyId }) === "yes",
  person: actor.personId,
  zone: me.timeZone,
  now: now().toISOString(),
  // For a browser without script: a form that is sent twice is recorded once.
  key: newId(),
}));

export const action = inJit("actionDay.decide", async ({ actor, jit, access, request, params }) => {
  const day = params.day ?? "";
  const said = await form(request, SayForDay);
  await sayForDay(actor, { ...said, jit: jit.id, day, party: access.partyId ?? "" });
  return redirect(`/jits/${jit.reference}/plan/day/${day}`);
});

export const meta: MetaFunction<typeof loader> = ({ params, data, matches }) =>
  pageTitle(matches, (t) => [t("actionDay.title", { day: params.day ?? "" }), data?.jit.names.en]);

export default function ActionDayPage() {
  const { t, i18n } = useTranslation();
  const { jit, day: made, own, mayDecide, person, zone, now: madeAt, key, ownState } = useLoaderData<typeof loader>();
  const refusal = useActionData<Refusal>();
  const base = `/jits/${jit.reference}/plan`;
  const here = `${base}/day/${made.day}`;
  const sendAgain = useRef(() => {});
  const { day, lost, hear } = useLiveDay(made, { live: `/jits/${jit.reference}/tasks/live`, now: `${here}/now` }, () =>
    sendAgain.current(),
  );
  const { pressed, press, drop, send, signedOut } = usePressed(`${here}/now`, `day ${person} ${here}`, hear);
  useEffect(() => {
    sendAgain.current = () => void send();
  }, [send]);
  const at = useClock(madeAt);
  const mine = day.states.find(({ partyId }) => partyId === own);
  const words = formatDay(day.day, i18n.language, "full");
  return (
    <Page wide>
      <Masthead
        title={t("actionDay.title", { day: words })}
        sub={t("actionDay.lead", { zone: zoneName(day.timeZone) })}
        crumbs={[
          { label: t("plan.title"), to: base },
          { label: t("actionDay.all"), to: `${base}/day` },
          { label: words },
        ]}
        symbol={[
          { label: t("actionDay.timeline.utc"), value: t("actionDay.now", { time: time(new Date(at), "UTC") }) },
        ]}
      />
      {day.elsewhere.length > 0 && (
        <Banner tone="note">
          {t("actionDay.elsewhere", { zone: zoneName(day.timeZone) })}{" "}
          {day.elsewhere.map((other) => (
            <Link key={other} to={`${base}/day/${other}`}>
              {formatDay(other, i18n.language, "full")}
            </Link>
          ))}
        </Banner>
      )}
      {lost && (
        <Banner tone="hold" live>
          {t("actionDay.lost")}
        </Banner>
      )}
      {signedOut && (
        <Banner tone="stop" live>
          {t("actionDay.signedOut")}
        </Banner>
      )}
      <GoTable states={day.states} at={at} own={own} zone={zone} />
      {mine && mayDecide ? (
        <OwnWord mine={mine} at={at} zone={zone} spare={key} refusal={refusal} press={press} memberId={jit.memberId} />
      ) : (
        <p className="hint">{t("actionDay.own.notYours")}</p>
      )}
      <PressedList pressed={pressed} drop={drop} zone={zone} />
      <DayTimeline day={day} at={at} ownState={ownState} />
    </Page>
  );
}

/** The time as the page shows it: the server's when it was made, then that of the device, looked at twice a minute. */
function useClock(made: string): string {
  const [at, setAt] = useState(made);
  useEffect(() => {
    const look = () => setAt(new Date().toISOString());
    look();
    const timer = setInterval(look, 30_000);
    return () => clearInterval(timer);
  }, []);
  return at;
}

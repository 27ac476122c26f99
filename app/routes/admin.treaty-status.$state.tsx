import "#app/i18n/english/treaty-status.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData, useSearchParams } from "@remix-run/react";
import { RecordTreatyStatus } from "#app/domain/law/recording.ts";
import { getTreatyStatus, recordTreatyStatus } from "#app/domain/law/treaty-status.server.ts";
import { stateName } from "#app/domain/names/names.ts";
import { form, type Refusal, signedIn } from "#app/http.server.ts";
import { formatDay } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { readerOf } from "#app/reader.server.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { FactList } from "#app/ui/FactList.tsx";
import { HomeFrame } from "#app/ui/HomeFrame.tsx";
import { DeclarationList } from "#app/ui/law/DeclarationList.tsx";
import { StandingStatus } from "#app/ui/law/StandingStatus.tsx";
import { StatusForm } from "#app/ui/law/StatusForm.tsx";
import { StatusHistory } from "#app/ui/law/StatusHistory.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Section } from "#app/ui/Section.tsx";

export const loader = signedIn("treatyStatus.read", async ({ actor, me, params }) => {
  const state = params.state ?? "";
  return { state, history: await getTreatyStatus(actor, state), zone: me.timeZone, reader: readerOf(me) };
});

export const action = signedIn("treatyStatus.record", async ({ actor, request, params }) => {
  const state = params.state ?? "";
  await recordTreatyStatus(actor, { ...(await form(request, RecordTreatyStatus)), state });
  return redirect(`/admin/treaty-status/${state}?recorded`);
});

/** Who comes second records over what stands now, having seen it: the page asks for it after the refusal. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => [data && stateName(data.state, "en"), t("treatyStatus.title")]);

export default function StateStatusPage() {
  const { t, i18n } = useTranslation();
  const { state, history, zone, reader } = useLoaderData<typeof loader>();
  const answer = useActionData<Refusal>();
  const [parameters] = useSearchParams();
  const [current = null] = history;
  const name = stateName(state, i18n.language);
  const list = "/admin/treaty-status";
  return (
    <HomeFrame reader={reader}>
      <Page>
        <Masthead title={name} crumbs={[{ label: t("treatyStatus.title"), to: list }, { label: name }]} />
        {parameters.has("recorded") && !answer && <Banner tone="good" title={t("treatyStatus.saved")} live />}
        <FactList
          facts={[
            { label: t("treatyStatus.columns.party"), value: <StandingStatus status={current} /> },
            ...(current
              ? [
                  {
                    label: t("treatyStatus.columns.declarations"),
                    value: <DeclarationList declarations={current.declarations} />,
                  },
                  { label: t("treatyStatus.form.source"), value: <bdi>{current.source}</bdi> },
                  {
                    label: t("treatyStatus.form.lookedUpOn"),
                    value: formatDay(current.lookedUpOn, i18n.language),
                  },
                ]
              : []),
          ]}
        />
        <Section title={t("treatyStatus.form.title")}>
          <p className="hint">{t("treatyStatus.form.lead")}</p>
          <StatusForm key={current?.number ?? 0} status={current} refusal={answer ?? null} back={list} />
        </Section>
        <Section title={t("treatyStatus.history")}>
          <StatusHistory history={history} zone={zone} />
        </Section>
      </Page>
    </HomeFrame>
  );
}

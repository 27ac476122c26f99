import "#app/i18n/english/meetings.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { can } from "#app/domain/access.ts";
import { ApproveMinutes } from "#app/domain/meetings/meeting-forms.ts";
import { approveMinutes, readWritten } from "#app/domain/meetings/minutes.server.ts";
import { form, inJit, type Refusal } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { Digest } from "#app/ui/Digest.tsx";
import { Form } from "#app/ui/Form.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { MinutesText } from "#app/ui/meetings/MinutesText.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";

/** The words as they are stored, for everybody who may read them; the button is for who may approve. */
export const loader = inJit("meeting.read", async ({ actor, jit, access, params }) => {
  const written = await readWritten(actor, { jit: jit.id, meeting: params.meeting ?? "" });
  const subject = { documentKind: "minutes", documentState: written.state } as const;
  return {
    written,
    mayApprove: can(access, "minutes.approve", subject) === "yes",
    reference: params.meeting ?? "",
    team: `/jits/${jit.reference}/meetings`,
  };
});

export const action = inJit("minutes.approve", async ({ actor, jit, request, params }) => {
  const { digest } = await form(request, ApproveMinutes);
  await approveMinutes(actor, { jit: jit.id, meeting: params.meeting ?? "", digest });
  return redirect(`/jits/${jit.reference}/meetings/${params.meeting}/minutes`);
});

/** After a refusal the page shows the words as they are by now. */
export const shouldRevalidate = () => true;

export const meta: MetaFunction<typeof loader> = ({ params, matches }) =>
  pageTitle(matches, (t) => [t("meetings.minutes.approve"), params.meeting]);

export default function ApproveMinutesPage() {
  const { t } = useTranslation();
  const { written, mayApprove, reference, team } = useLoaderData<typeof loader>();
  const refusal = useActionData<Refusal>();
  const base = `${team}/${reference}/minutes`;
  return (
    <Page>
      <Masthead
        title={mayApprove ? t("meetings.minutes.approve") : t("meetings.minutes.of", { reference })}
        sub={mayApprove ? t("meetings.minutes.approveLead") : undefined}
        crumbs={[
          { label: t("meetings.title"), to: team },
          { label: reference, to: `${team}/${reference}` },
          { label: t("meetings.minutes.title"), to: base },
          { label: t("meetings.minutes.version", { version: written.version }) },
        ]}
      />
      <MinutesText head={written.head} languages={written.languages} />
      <p className="minutes-digest">
        {t("meetings.minutes.digest")}: <Digest value={written.digest} />
      </p>
      {mayApprove ? (
        <Form refusal={refusal}>
          <input type="hidden" name="digest" value={written.digest} />
          <p className="consequence">{t("meetings.minutes.approveConsequence")}</p>
          <ButtonRow>
            <Button type="submit" tone="primary" working={t("meetings.minutes.approving")}>
              {t("meetings.minutes.approve")}
            </Button>
            <LinkButton to={base} tone="quiet">
              {t("meetings.minutes.back")}
            </LinkButton>
          </ButtonRow>
        </Form>
      ) : (
        <LinkButton to={base} tone="quiet">
          {t("meetings.minutes.back")}
        </LinkButton>
      )}
    </Page>
  );
}

import "#app/i18n/english/accounts.ts";
import "#app/i18n/english/security.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { endOtherSessions, endOwnSession, listSessions } from "#app/domain/accounts/sessions.server.ts";
import { form, signedIn } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { readerOf } from "#app/reader.server.ts";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { Form } from "#app/ui/Form.tsx";
import { HomeFrame } from "#app/ui/HomeFrame.tsx";
import { Instant } from "#app/ui/Instant.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Status } from "#app/ui/Status.tsx";
import { Sub } from "#app/ui/Sub.tsx";
import { Table } from "#app/ui/Table.tsx";

export const loader = signedIn("session.list", async ({ actor, me }) => ({
  sessions: await listSessions(actor),
  zone: me.timeZone,
  reader: readerOf(me),
}));

export const action = signedIn("session.end", async ({ actor, request }) => {
  const { session } = await form(request, z.object({ session: z.string("required") }));
  if (session === "others") await endOtherSessions(actor);
  else await endOwnSession(actor, session);
  return redirect("/me/sessions");
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("accounts.sessions.title")]);

export default function SessionsPage() {
  const { t } = useTranslation();
  const { sessions, zone, reader } = useLoaderData<typeof loader>();
  return (
    <HomeFrame reader={reader}>
      <Page>
        <Masthead title={t("accounts.sessions.title")} sub={t("accounts.sessions.lead")} />
        <Table
          label={t("accounts.sessions.title")}
          kind="slots"
          columns={[
            t("accounts.sessions.device"),
            t("accounts.sessions.since"),
            t("accounts.sessions.last"),
            { label: t("accounts.sessions.end"), hidden: true },
          ]}
        >
          {sessions.map(({ key, device, level, createdAt, lastSeenAt, current }) => (
            <tr key={key} className={current ? "mine" : undefined}>
              <td>
                <bdi>{device}</bdi>
                <Sub>{t(`security.level.${level}`)}</Sub>
              </td>
              <td data-label={t("accounts.sessions.since")}>
                <Instant at={createdAt} zone={zone} />
              </td>
              <td data-label={t("accounts.sessions.last")}>
                <Instant at={lastSeenAt} zone={zone} />
              </td>
              <td>
                {current ? (
                  <Status tone="good">{t("accounts.sessions.current")}</Status>
                ) : (
                  <Form apart>
                    <Button
                      small
                      type="submit"
                      name="session"
                      value={key}
                      working={t("accounts.sessions.ending")}
                      aria-label={t("accounts.sessions.endNamed", { device })}
                    >
                      {t("accounts.sessions.end")}
                    </Button>
                  </Form>
                )}
              </td>
            </tr>
          ))}
        </Table>
        {sessions.length > 1 ? (
          <Form>
            <ButtonRow>
              <Button type="submit" name="session" value="others" working={t("accounts.sessions.ending")}>
                {t("accounts.sessions.endOthers")}
              </Button>
            </ButtonRow>
          </Form>
        ) : (
          <p>{t("accounts.sessions.only")}</p>
        )}
      </Page>
    </HomeFrame>
  );
}

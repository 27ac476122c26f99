import { type MetaFunction, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { isLiving } from "#app/domain/documents/states.ts";
import { Conflict } from "#app/domain/errors.ts";
import { archiveJit, proposeClosure, readOpenTasks } from "#app/domain/jits/closing.server.ts";
import { overviewOf } from "#app/domain/jits/overview.server.ts";
import { stateName } from "#app/domain/names/names.ts";
import { taskReference } from "#app/domain/tasks/task.ts";
import { form, inJit, type Refusal } from "#app/http.server.ts";
import { formatInstant } from "#app/i18n/dates.ts";
import { problemSentence } from "#app/i18n/problem.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { EmptyState } from "#app/ui/EmptyState.tsx";
import { Form } from "#app/ui/Form.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Section } from "#app/ui/Section.tsx";

// Asking and confirming rest on the same right; which of the two it is, the form says and the domain checks.
export const loader = inJit("jit.proposeClosure", async ({ actor, jit, access, me }) => {
  const [{ agreement, closure, parties }, open] = await Promise.all([
    overviewOf(actor, jit.id),
    readOpenTasks(actor, jit.id),
  ]);
  const asking = parties.find((party) => party.id === closure?.partyId);
  return { jit, agreement, closure, open, asking: asking?.state ?? "", own: access.partyId, zone: me.timeZone };
});

const Closing = z.object({ step: z.enum(["ask", "confirm"], "wrong-kind") });

export const action = inJit("jit.proposeClosure", async ({ actor, jit, request }) => {
  const { step } = await form(request, Closing);
  if (!jit.agreement) throw new Conflict("not-in-this-state");
  const target = { jit: jit.id, document: jit.agreement.id };
  await (step === "ask" ? proposeClosure(actor, target) : archiveJit(actor, target));
  return redirect(`/jits/${jit.reference}`);
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => [t("jits.closing.title"), data?.jit.names.en]);

export default function ClosingPage() {
  const { t } = useTranslation();
  const { jit, agreement } = useLoaderData<typeof loader>();
  const base = `/jits/${jit.reference}`;
  const state = agreement?.state;
  return (
    <Page form>
      <Masthead
        title={t("jits.closing.title")}
        crumbs={[{ label: t("shell.nav.overview"), to: base }, { label: t("jits.closing.title") }]}
      />
      {state && (isLiving(state) || state === "expired" || state === "terminated") ? (
        <Ask base={base} />
      ) : state === "closing" ? (
        <Confirm base={base} />
      ) : (
        <Neither base={base} />
      )}
    </Page>
  );
}

function Ask({ base }: { base: string }) {
  const { t, i18n } = useTranslation();
  const { agreement } = useLoaderData<typeof loader>();
  const last = agreement?.expiresAt && new Date(agreement.expiresAt.getTime() - 1000);
  return (
    <Form refusal={useActionData<Refusal>()}>
      <div className="mt-8 space-y-3 max-w-[44rem]">
        <p>{t("jits.closing.propose.lead")}</p>
        {agreement && isLiving(agreement.state) && last && (
          <p>
            {t("jits.closing.propose.inForce", {
              day: formatInstant(last, { language: i18n.language, zone: agreement.timeZone ?? "UTC", form: "day" }),
            })}
          </p>
        )}
        <p>{t("jits.closing.propose.before")}</p>
        <p>{t("jits.closing.propose.undo")}</p>
      </div>
      <OpenTasks base={base} />
      <ButtonRow>
        <Button type="submit" tone="danger" name="step" value="ask" working={t("jits.closing.propose.acting")}>
          {t("jits.closing.propose.act")}
        </Button>
        <LinkButton to={base} tone="quiet">
          {t("shell.cancel")}
        </LinkButton>
      </ButtonRow>
    </Form>
  );
}

function Confirm({ base }: { base: string }) {
  const { t, i18n } = useTranslation();
  const { closure, asking, open, own, zone } = useLoaderData<typeof loader>();
  const isOpen = open.tasks.length > 0 || open.others;
  const language = i18n.language;
  const ownAsked = closure?.partyId === own;
  return (
    <Form refusal={useActionData<Refusal>()}>
      <div className="mt-8 space-y-3 max-w-[44rem]">
        {closure && (
          <p>
            {t("jits.closing.confirm.lead", {
              state: stateName(asking, language),
              instant: formatInstant(closure.proposedAt, { language, zone, form: "full" }),
            })}
          </p>
        )}
        <p>{t("jits.closing.confirm.consequence")}</p>
        <p>{t("jits.closing.confirm.undo")}</p>
      </div>
      <OpenTasks base={base} />
      <ButtonRow>
        <Button
          type="submit"
          tone="danger"
          name="step"
          value="confirm"
          working={t("jits.closing.confirm.acting")}
          notPossible={ownAsked ? t("jits.closing.confirm.own") : isOpen ? problemSentence(t, "tasks-open") : null}
        >
          {t("jits.closing.confirm.act")}
        </Button>
        <LinkButton to={base} tone="quiet">
          {t("shell.cancel")}
        </LinkButton>
      </ButtonRow>
    </Form>
  );
}

/** What stands against archiving, before anybody asks and while the parties wind down. */
function OpenTasks({ base }: { base: string }) {
  const { t } = useTranslation();
  const { tasks, others } = useLoaderData<typeof loader>().open;
  return (
    <Section title={t("jits.closing.tasks.title")}>
      {tasks.length === 0 && !others ? (
        <p>{t("jits.closing.tasks.none")}</p>
      ) : (
        <>
          <p className="hint">{t("jits.closing.tasks.lead")}</p>
          <ul className="mt-3 space-y-2">
            {tasks.map(({ number, title }) => (
              <li key={number}>
                <Link to={`${base}/tasks/${taskReference(number)}`}>
                  <span className="num">{taskReference(number)}</span> <bdi>{title}</bdi>
                </Link>
              </li>
            ))}
          </ul>
          {others && <p>{t("jits.closing.tasks.others")}</p>}
        </>
      )}
    </Section>
  );
}

function Neither({ base }: { base: string }) {
  const { t, i18n } = useTranslation();
  const { agreement, zone } = useLoaderData<typeof loader>();
  if (agreement?.state === "archived") {
    const instant = formatInstant(agreement.stateSince, { language: i18n.language, zone, form: "full" });
    return (
      <EmptyState
        lead={t("jits.closing.archived.lead")}
        action={<LinkButton to={`${base}/activity`}>{t("jits.closing.archived.act")}</LinkButton>}
      >
        {t("jits.closing.archived.why", { instant })}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      lead={t("jits.closing.notYet.lead")}
      action={<LinkButton to={`${base}/agreement`}>{t("jits.closing.notYet.act")}</LinkButton>}
    >
      {t("jits.closing.notYet.why")}
    </EmptyState>
  );
}

import "#app/i18n/english/editor.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { can } from "#app/domain/access.ts";
import {
  CompareClause,
  compareClause,
  OverrideFinding,
  overrideFinding,
  readChecking,
  takeBackOverride,
} from "#app/domain/checks/checking.server.ts";
import { getText, openDocument, StartDocument, startDocument } from "#app/domain/documents/document.server.ts";
import { openForNegotiation } from "#app/domain/documents/freezing.server.ts";
import { BeginLanguage, beginLanguage } from "#app/domain/documents/languages.server.ts";
import { nameIn } from "#app/domain/jits/jit.ts";
import { readTeamFacts } from "#app/domain/jits/team-facts.server.ts";
import { awaitsSeal } from "#app/domain/signing/waiting-seals.server.ts";
import { form, inJit } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { AgreementPage } from "#app/ui/agreement/AgreementPage.tsx";
import { StartAgreement } from "#app/ui/agreement/StartAgreement.tsx";
import { textPath } from "#app/ui/agreement/text-path.ts";
import { pageTitle } from "#app/ui/page-title.ts";

const acts = [
  "document.edit",
  "document.openForNegotiation",
  "document.finalise",
  "document.reopen",
  "annex.revise",
  "document.withdraw",
  "signing.open",
  "signature.sign",
  "document.export",
  "finding.override",
] as const;

export const loader = inJit("document.read", async ({ actor, jit, access, me, params }) => {
  const named = params.annex ? await getText(actor, jit.id, params.annex) : jit.agreement;
  const agreement = named && (await openDocument(actor, { jit: jit.id, document: named.id }));
  const own = agreement?.frozen?.slots.find((slot) => slot.personId === actor.personId);
  const subject = {
    documentId: agreement?.id,
    documentState: agreement?.state,
    partyId: own?.partyId,
    annex: agreement?.annex,
  };
  const may = Object.fromEntries(acts.map((act) => [act, can(access, act, subject)])) as Record<
    (typeof acts)[number],
    "yes" | "suggest" | "no"
  >;
  const [checking, team, unsealed] = await Promise.all([
    agreement && readChecking(actor, { jit: jit.id, document: agreement.id }),
    agreement && may["document.edit"] === "yes" ? readTeamFacts(actor, jit.id) : null,
    agreement?.inForceAt ? awaitsSeal(actor, { jit: jit.id, document: agreement.id }) : false,
  ]);
  const mayStart = can(access, "document.start", {}) === "yes";
  return { agreement, checking, may, mayStart, jit, team, unsealed, person: actor.personId, zone: me.timeZone };
});

const Act = z.discriminatedUnion("act", [
  StartDocument.omit({ jit: true }).extend({ act: z.literal("start") }),
  z.object({ act: z.literal("open"), document: z.string("required") }),
  BeginLanguage.extend({ act: z.literal("begin"), document: z.string("required") }),
  CompareClause.extend({ act: z.literal("compare"), document: z.string("required") }),
  OverrideFinding.extend({ act: z.literal("override"), document: z.string("required") }),
  OverrideFinding.extend({ act: z.literal("takeBackOverride"), document: z.string("required") }),
]);

export const action = inJit("document.read", async ({ actor, jit, request, params }) => {
  const input = await form(request, Act);
  if (input.act === "override") {
    await overrideFinding(actor, { ...input, jit: jit.id });
    return null;
  }
  if (input.act === "takeBackOverride") {
    await takeBackOverride(actor, { ...input, jit: jit.id });
    return null;
  }
  if (input.act === "compare") {
    await compareClause(actor, { ...input, jit: jit.id });
    return null;
  }
  if (input.act === "begin") {
    await beginLanguage(actor, { ...input, jit: jit.id });
    return redirect(`${textPath(jit.reference, params.annex)}?text=${encodeURIComponent(input.language)}`);
  }
  if (input.act === "start") await startDocument(actor, { ...input, jit: jit.id });
  else await openForNegotiation(actor, { jit: jit.id, document: input.document });
  return redirect(textPath(jit.reference, params.annex));
});

/** The text is opened once, not with every word of agreement or in each language: opening stands in the trail. */
export const shouldRevalidate: ShouldRevalidateFunction = ({
  formAction,
  formMethod,
  currentUrl,
  nextUrl,
  defaultShouldRevalidate,
}) => {
  if (formAction?.endsWith("/agreement/assents")) return false;
  const otherLanguage = currentUrl.searchParams.get("text") !== nextUrl.searchParams.get("text");
  if (otherLanguage && !formMethod && currentUrl.pathname === nextUrl.pathname) return false;
  return defaultShouldRevalidate;
};

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => [t("editor.title"), data && nameIn("en", data.jit.names)]);

/** Places in the frame that the editor fills: the clauses below the sections, the clause's panel at the end. */
export const handle = {
  belowSections: (data: unknown) => (hasText(data) ? <div data-slot="outline" /> : null),
  panel: (data: unknown) => (hasText(data) ? <div data-slot="panel" className="panel-slot" /> : null),
};

function hasText(data: unknown): boolean {
  return Boolean((data as { agreement?: unknown } | undefined)?.agreement);
}

export default function AgreementRoute() {
  const { agreement, checking, mayStart, ...rest } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  const { t } = useTranslation();
  if (!agreement || !checking)
    return <StartAgreement mayStart={mayStart} refusal={refusal} title={t("editor.title")} />;
  return <AgreementPage agreement={agreement} checking={checking} refusal={refusal} {...rest} />;
}

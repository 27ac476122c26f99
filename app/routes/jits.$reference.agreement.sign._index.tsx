import { type MetaFunction, redirect } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { can } from "#app/domain/access.ts";
import type { PasskeyAsk } from "#app/domain/accounts/passkeys.server.ts";
import type { Action } from "#app/domain/actions.ts";
import { getText } from "#app/domain/documents/document.server.ts";
import { NotFound } from "#app/domain/errors.ts";
import { nameIn } from "#app/domain/jits/jit.ts";
import { stateName } from "#app/domain/names/names.ts";
import { findHindrance } from "#app/domain/signing/hindrance.server.ts";
import { meaningOf } from "#app/domain/signing/manifest.ts";
import { signingFactors } from "#app/domain/signing/proof.server.ts";
import { findFrozen } from "#app/domain/signing/reading.server.ts";
import { isNeeded, slotsBefore } from "#app/domain/signing/slots.ts";
import { StepUpForm, signWithStepUp } from "#app/domain/signing/step-up.server.ts";
import { annexIdOf } from "#app/domain/templates/annex.ts";
import { FrozenText } from "#app/editor/FrozenText.tsx";
import { form, inJit } from "#app/http.server.ts";
import { problemSentence } from "#app/i18n/problem.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { now } from "#app/platform/clock.ts";
import { textPath } from "#app/ui/agreement/text-path.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { Digest } from "#app/ui/Digest.tsx";
import { EmptyState } from "#app/ui/EmptyState.tsx";
import { FactList } from "#app/ui/FactList.tsx";
import { Instant } from "#app/ui/Instant.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Section } from "#app/ui/Section.tsx";
import { SlotTable } from "#app/ui/SlotTable.tsx";
import { OwnSlot } from "#app/ui/signing/OwnSlot.tsx";
import { SignForm } from "#app/ui/signing/SignForm.tsx";
import { useInstrumentWord } from "#app/ui/team/instrument.ts";

export const loader = inJit("document.read", async ({ actor, jit, access, me, params }) => {
  const agreement = await getText(actor, jit.id, params.annex);
  const frozen = await findFrozen(actor, { jit: jit.id, document: agreement.id });
  const slots = agreement.frozen?.slots ?? [];
  const own = slots.find((slot) => slot.personId === actor.personId && slot.role !== "copy") ?? null;
  const subject = { partyId: access.partyId, documentId: agreement.id, documentState: agreement.state };
  const may = (action: Action) => can(access, action, subject) === "yes";
  const before = own ? slotsBefore(own, slots) : [];
  const maySign = own?.state === "waiting" && before.length === 0 && may("signature.sign");
  const factors = maySign && own.methods.includes("workspace") ? await signingFactors(actor) : null;
  const papers = { handIn: may("paper.handIn"), check: may("paper.confirm"), read: may("paper.read") };
  const ofOwn = { own, maySign, before, mayChange: own !== null && may("signature.withdraw") };
  const { annex } = agreement;
  const hindrance = maySign ? await findHindrance(actor, { jit: jit.id, document: agreement.id }) : null;
  const place = { annex, hindrance, base: textPath(jit.reference, annex) };
  return {
    frozen,
    slots,
    ...place,
    ...ofOwn,
    papers,
    factors,
    ownParty: access.partyId,
    jit,
    zone: me.timeZone,
    at: now(),
  };
});

export const action = inJit(
  "signature.sign",
  async ({ actor, jit, request, params }): Promise<Response | PasskeyAsk> => {
    const input = await form(request, StepUpForm);
    const agreement = await getText(actor, jit.id, params.annex);
    const slot = agreement.frozen?.slots.find((one) => one.personId === actor.personId && one.role !== "copy");
    if (!slot) throw new NotFound();
    const place = {
      jit: jit.id,
      document: agreement.id,
      slot: slot.id,
      meaning: meaningOf(slot.partyState, slot.role),
    };
    const question = await signWithStepUp(actor, place, input);
    if (question) return question;
    return redirect(`${textPath(jit.reference, params.annex)}/sign`);
  },
);

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => [t("signing.crumb"), data && nameIn("en", data.jit.names)]);

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;
type Frozen = NonNullable<Loaded["frozen"]>;

export default function SignPage() {
  const { frozen, ...rest } = useLoaderData<typeof loader>();
  return frozen ? <SignWithText {...rest} frozen={frozen} /> : <NothingToSign base={rest.base} />;
}

function NothingToSign({ base }: { base: string }) {
  const { t } = useTranslation();
  const crumbs = [{ label: useInstrumentWord(), to: base }, { label: t("signing.titleOthers") }];
  return (
    <Page>
      <Masthead title={t("signing.titleOthers")} crumbs={crumbs} />
      <EmptyState
        lead={t("signing.nothing.lead")}
        action={<LinkButton to={base}>{t("signing.nothing.act")}</LinkButton>}
      >
        {t("signing.nothing.why")}
      </EmptyState>
    </Page>
  );
}

function SignWithText({ frozen, slots, own, maySign, factors, ...rest }: Loaded & { frozen: Frozen }) {
  const { before, mayChange, papers, ownParty, jit, zone, at, annex, base, hindrance } = rest;
  const { t, i18n } = useTranslation();
  const instrument = useInstrumentWord();
  const word = annex
    ? t("documents.annexes.heading", { annex, name: t(`documents.annexNames.${annexIdOf(annex)}`) })
    : instrument;
  const needed = slots.filter(isNeeded);
  const made = { signed: needed.filter((slot) => slot.state === "signed").length, all: needed.length };
  const state = own ? stateName(own.partyState, i18n.language) : "";
  return (
    <Page wide>
      <Masthead
        title={maySign ? t("signing.title", { state }) : t("signing.titleOthers")}
        sub={
          own && maySign
            ? t("signing.lead", { capacity: own.capacity, ...made })
            : t(made.signed === made.all && made.all > 0 ? "signing.leadAll" : "signing.leadOthers", made)
        }
        crumbs={[{ label: word, to: base }, { label: maySign ? t("signing.crumb") : t("signing.titleOthers") }]}
        symbol={[
          {
            label: t("signing.versionLabel"),
            value: `${jit.reference}, ${t("signing.version", { version: frozen.version })}`,
          },
          {
            label: t("signing.textLabel"),
            value: (
              <>
                {t("signing.finalised")} <Instant at={frozen.frozenAt} zone={zone} />
              </>
            ),
          },
        ]}
      />
      <div className="sign-grid">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reachable by keyboard */}
        <section className="sign-text" aria-label={t("signing.paper", { version: frozen.version })} tabIndex={0}>
          {Object.entries(frozen.languages).map(([code, doc]) => (
            <FrozenText key={code} doc={doc} fields={frozen.fields} language={code} />
          ))}
        </section>
        <div>
          <WhatYouSign jit={jit} frozen={frozen} base={base} own={maySign} annex={annex} />
          {hindrance && <Banner tone="stop" title={problemSentence(t, hindrance)} />}
          {own && factors && !hindrance && (
            <SignForm slot={own} digest={frozen.digest} state={state} base={base} factors={factors} />
          )}
          {own && mayChange && <OwnSlot slot={own} base={base} maySign={maySign} before={before} />}
        </div>
      </div>
      {slots.length > 0 && (
        <Section title={t("signing.slots.title")} count={t("signing.slots.count", made)}>
          <SlotTable
            slots={slots}
            ownParty={ownParty}
            ownSlot={own?.id ?? null}
            zone={zone}
            at={at}
            papers={{ base: `${base}/sign`, ...papers }}
          />
          <p className="hint">{t("signing.slots.order")}</p>
          <p>
            <Link to={`${textPath(jit.reference, null)}/approvals`}>{t("signing.approvals.link")}</Link>
            {" · "}
            <Link to={`${textPath(jit.reference, null)}/sign/authorities`}>{t("signing.outside.authorities")}</Link>
          </p>
        </Section>
      )}
    </Page>
  );
}

type What = { jit: Loaded["jit"]; frozen: Frozen; base: string; own: boolean; annex: string | null };

function WhatYouSign({ jit, frozen, base, own, annex }: What) {
  const { t, i18n } = useTranslation();
  const kind = t(`documents.kinds.${(frozen.fields.instrumentKind as "arrangement" | undefined) ?? "arrangement"}`);
  const clauses = frozen.languages.en?.content?.length ?? 0;
  return (
    <Section title={t(own ? "signing.what.title" : "signing.what.titleOthers")} first>
      <FactList
        facts={[
          {
            label: t("signing.what.document"),
            value: annex
              ? t("documents.annexes.heading", { annex, name: t(`documents.annexNames.${annexIdOf(annex)}`) })
              : t("signing.what.documentValue", { kind, name: nameIn(i18n.language, jit.names), clauses }),
          },
          { label: t("signing.what.language"), value: t("signing.what.languageValue") },
          {
            label: t("signing.what.digest"),
            value: <Digest value={frozen.digest} />,
            hint: t("signing.what.digestHint"),
          },
          ...(frozen.annexes ?? []).map(({ annex, version, digest }) => ({
            label: t("documents.annexes.name", { annex, name: t(`documents.annexNames.${annexIdOf(annex)}`) }),
            value: (
              <>
                <Link to={textPath(jit.reference, annex)}>{t("signing.version", { version })}</Link>{" "}
                <Digest value={digest} short />
              </>
            ),
          })),
        ]}
      />
      <ButtonRow>
        <LinkButton to={`${base}/pdf`} download>
          {t("signing.downloadPdf")}
        </LinkButton>
      </ButtonRow>
    </Section>
  );
}

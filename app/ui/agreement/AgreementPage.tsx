import "#app/i18n/english/editor.ts";
import { useLocation, useSearchParams } from "@remix-run/react";
import { lazy, Suspense, useEffect, useState } from "react";
import type { Facts } from "#app/domain/checks/facts.ts";
import type { Override } from "#app/domain/checks/overrides.ts";
import type { Agreement } from "#app/domain/documents/document.server.ts";
import { lastDayBefore } from "#app/domain/documents/period.ts";
import { isEditable } from "#app/domain/documents/states.ts";
import type { TeamFacts } from "#app/domain/documents/team-rows.ts";
import { isNeeded } from "#app/domain/signing/slots.ts";
import { annexIdOf, isChild } from "#app/domain/templates/annex.ts";
import { formatDay, formatInstant } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Banner, type BannerTone } from "../Banner.tsx";
import { Button } from "../Button.tsx";
import { DocumentStatus } from "../DocumentStatus.tsx";
import { FileLink } from "../FileLink.tsx";
import { Form } from "../Form.tsx";
import { FormProblems } from "../FormProblems.tsx";
import type { Refusal } from "../form-context.ts";
import { useKeeper } from "../keeper.ts";
import { LinkButton } from "../LinkButton.tsx";
import { useInstrumentWord } from "../team/instrument.ts";
import { textPath } from "./text-path.ts";

const loadEditor = () =>
  import("#app/editor/ArrangementEditor.tsx").then((module) => ({ default: module.ArrangementEditor }));
// In the browser it is asked for with the page's own script: it comes while React takes the page over, not after that.
// What did not come is asked for again when it is to be shown, and only then it is a fault.
const askedFor = typeof document === "undefined" ? null : loadEditor();
askedFor?.catch(() => {});
const ArrangementEditor = lazy(() => askedFor?.catch(loadEditor) ?? loadEditor());

type Decision = "yes" | "suggest" | "no";
type May = Record<
  | "document.edit"
  | "document.openForNegotiation"
  | "document.finalise"
  | "document.reopen"
  | "annex.revise"
  | "document.withdraw"
  | "signing.open"
  | "signature.sign"
  | "document.export"
  | "finding.override",
  Decision
>;

type Props = {
  agreement: Agreement;
  /** what the checks know of the team, and the warnings that were overridden */
  checking: { facts: Facts; overrides: Override[] };
  may: May;
  jit: { reference: string; exercise: boolean };
  /** in force, and the seal of its PDF is still to come */
  unsealed: boolean;
  /** for whoever may write the text; null for readers */
  team: TeamFacts | null;
  person: string;
  zone: string;
  refusal?: Refusal | { problems?: undefined } | null;
};

/** The text of the arrangement with what can be done about it. The editor comes as a part of its own. */
export function AgreementPage({ agreement, checking, may, jit, unsealed, team, person, zone, refusal }: Props) {
  const { t } = useTranslation();
  const title = useTextTitle(agreement);
  const base = textPath(jit.reference, agreement.annex);
  const slots = useSlots();
  const keepsCopy = useKeeper() === person;
  const [asked] = useSearchParams();
  const problems = refusal && "problems" in refusal ? refusal.problems : undefined;
  return (
    <div className={agreement.annex ? "doc annex" : "doc"}>
      <header className="doc-head">
        <h1 dir="auto">{title}</h1>
        <p className="doc-meta">
          <DocumentStatus state={agreement.state} />
          <span>{t("editor.version", { version: agreement.version })}</span>
          <span data-slot="status" />
        </p>
        <Acts agreement={agreement} may={may} base={base} />
      </header>
      <p className="paper-only">{t("documents.paper", { reference: jit.reference, version: agreement.version })}</p>
      {problems && <FormProblems problems={problems} />}
      <StateBanner agreement={agreement} zone={zone} />
      {unsealed && (
        <Banner tone="note" title={t("documents.unsealed.title")}>
          {t("documents.unsealed.why")}
        </Banner>
      )}
      <ReadOnlyBanner agreement={agreement} may={may["document.edit"]} />
      {slots && (
        <Suspense fallback={<p className="sheet-wait">{t("editor.loading")}</p>}>
          <ArrangementEditor
            document={agreement.id}
            epoch={agreement.epoch}
            reference={jit.reference}
            base={base}
            annex={agreement.annex !== null}
            keepsCopy={keepsCopy}
            language={languageAsked(asked.get("text"))}
            person={person}
            mayEdit={may["document.edit"] === "yes"}
            mayOverride={may["finding.override"] === "yes"}
            {...checking}
            exercise={jit.exercise}
            negotiates={agreement.state === "negotiation"}
            zone={zone}
            team={team}
            {...slots}
          />
        </Suspense>
      )}
    </div>
  );
}

/** The language of the text that the address names: English, in which every text begins, unless it says another. */
function languageAsked(asked: string | null): string {
  return asked !== null && /^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}$/.test(asked) ? asked : "en";
}

/** The places of the frame, once the page is in the browser; until then there is no editor to fill them. */
function useSlots() {
  const [slots, setSlots] = useState<{
    outlineSlot: Element | null;
    panelSlot: Element | null;
    statusSlot: Element | null;
  } | null>(null);
  useEffect(() => {
    const find = (name: string) => document.querySelector(`[data-slot="${name}"]`);
    setSlots({ outlineSlot: find("outline"), panelSlot: find("panel"), statusSlot: find("status") });
  }, []);
  return slots;
}

function Acts({ agreement, may, base }: { agreement: Agreement; may: May; base: string }) {
  const { t } = useTranslation();
  // A file comes into the language that is shown.
  const { search } = useLocation();
  const frozen = agreement.frozen !== null;
  const own = may["signature.sign"] === "yes";
  return (
    <div className="doc-acts">
      {may["document.openForNegotiation"] === "yes" && (
        <Form apart>
          <input type="hidden" name="act" value="open" />
          <input type="hidden" name="document" value={agreement.id} />
          <Button tone="primary" small type="submit" working={t("documents.step.opening")}>
            {t("documents.step.open")}
          </Button>
        </Form>
      )}
      {may["document.finalise"] === "yes" && (
        <LinkButton to={`${base}/finalise`} tone="primary" small>
          {t("documents.step.finalise")}
        </LinkButton>
      )}
      {may["signing.open"] === "yes" && (
        <LinkButton to={`${base}/open`} tone="primary" small>
          {t("documents.step.openForSignature")}
        </LinkButton>
      )}
      {frozen && (agreement.annex === null || isChild(agreement.annex)) && (
        <LinkButton to={`${base}/sign`} tone={own ? "primary" : "secondary"} small>
          {t(own ? "documents.step.sign" : "documents.step.signatures")}
        </LinkButton>
      )}
      {agreement.annex === null && agreement.inForceAt && (
        <LinkButton to={`${base}/consolidated`} small>
          {t("documents.step.consolidated")}
        </LinkButton>
      )}
      {may["document.reopen"] === "yes" && (
        <LinkButton to={`${base}/reopen`} tone="quiet" small>
          {t("documents.step.reopen")}
        </LinkButton>
      )}
      {may["annex.revise"] === "yes" && (
        <LinkButton to={`${base}/revise`} tone="secondary" small>
          {t("documents.annexes.revise.act", { next: agreement.version + 1 })}
        </LinkButton>
      )}
      {may["document.withdraw"] === "yes" && (
        <LinkButton to={`${base}/withdraw`} tone="quiet" small>
          {t("documents.step.withdraw")}
        </LinkButton>
      )}
      {frozen && (
        <FileLink to={`${base}/pdf`} tone="quiet" small>
          {t("documents.step.pdf")}
        </FileLink>
      )}
      <LinkButton to={`${base}/docx`} tone="quiet" small download>
        {t("documents.step.docx")}
      </LinkButton>
      {may["document.edit"] === "yes" && (
        <LinkButton to={`${base}/import${search}`} tone="quiet" small>
          {t("documents.step.import")}
        </LinkButton>
      )}
      {frozen && may["document.export"] === "yes" && (
        <FileLink to={`${base}/export`} tone="quiet" small>
          {t("documents.step.bundle")}
        </FileLink>
      )}
    </div>
  );
}

/** The word of the parties for their arrangement; number, name and body of an annex. */
function useTextTitle({ annex, about }: Agreement): string {
  const { t } = useTranslation();
  const word = useInstrumentWord();
  if (annex === null) return word;
  const title = t("documents.annexes.heading", { annex, name: t(`documents.annexNames.${annexIdOf(annex)}`) });
  return about ? `${title} – ${about}` : title;
}

const tones: Partial<Record<Agreement["state"], BannerTone>> = {
  in_force: "good",
  suspended: "hold",
  expired: "stop",
  terminated: "stop",
  closing: "hold",
};

/** Where a text that nobody can change stands, since when, until when. */
function StateBanner({ agreement, zone }: { agreement: Agreement; zone: string }) {
  const { t, i18n } = useTranslation();
  const { state, stateSince, frozen, inForceAt, expiresAt, referenceTimeZone, suspendedFrom } = agreement;
  if (state === "draft" || state === "negotiation") return null;
  const language = i18n.language;
  const lastDay = expiresAt
    ? formatDay(lastDayBefore(new Date(expiresAt), referenceTimeZone ?? "UTC"), language, "full")
    : "";
  const instant = formatInstant(state === "in_force" && inForceAt ? inForceAt : stateSince, {
    language,
    zone,
    form: "full",
  });
  const suspended = suspendedFrom ? formatInstant(suspendedFrom, { language, zone, form: "full" }) : "";
  const needed = frozen?.slots.filter(isNeeded) ?? [];
  const all = needed.length;
  const signed = needed.filter((slot) => slot.state === "signed").length;
  if (agreement.annex !== null && isChild(agreement.annex)) return <ChildBanner agreement={agreement} zone={zone} />;
  if (agreement.annex !== null && (state === "finalised" || state === "withdrawn"))
    return <Banner tone="note" title={t(`documents.annexes.banner.${state}`, { instant })} />;
  return (
    <Banner
      tone={tones[state] ?? "note"}
      title={t(`documents.banner.${state}`, { instant, lastDay, signed, all, suspended })}
    />
  );
}

/** Where a text stands that extends, changes or ends the arrangement; its effect in the reference zone. */
function ChildBanner({ agreement: { state, stateSince, frozen, inForceAt, referenceTimeZone }, zone }: Around) {
  const { t, i18n } = useTranslation();
  const instant = formatInstant(stateSince, { language: i18n.language, zone, form: "full" });
  const effect = inForceAt
    ? formatInstant(inForceAt, { language: i18n.language, zone: referenceTimeZone ?? "UTC", form: "legal" })
    : "";
  const needed = frozen?.slots.filter(isNeeded) ?? [];
  const all = needed.length;
  const signed = needed.filter((slot) => slot.state === "signed").length;
  const known = state === "finalised" || state === "signing" || state === "in_force" ? state : "withdrawn";
  const tone = known === "in_force" ? "good" : "note";
  return <Banner tone={tone} title={t(`documents.annexes.child.${known}`, { instant, effect, signed, all })} />;
}

type Around = { agreement: Agreement; zone: string };

function ReadOnlyBanner({ agreement, may }: { agreement: Agreement; may: Decision }) {
  const { t } = useTranslation();
  if (may === "yes" || !isEditable(agreement.state)) return null;
  return <Banner tone="plain" title={t(may === "suggest" ? "editor.readOnly.suggest" : "editor.readOnly.reader")} />;
}

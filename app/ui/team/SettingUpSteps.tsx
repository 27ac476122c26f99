import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { leadersOf, partiesWithoutDrafter, type StepName, stepsOf, whoSees } from "#app/domain/jits/overview.ts";
import { inReadersOrder, stateName } from "#app/domain/names/names.ts";
import { slotsBefore } from "#app/domain/signing/slots.ts";
import { formatInstant } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { LinkButton } from "../LinkButton.tsx";
import { Section } from "../Section.tsx";
import { Step } from "../Step.tsx";
import { StepList } from "../StepList.tsx";
import type { TeamView } from "./team-view.ts";

type Act = { to: string; label: string };

/** The checklist that is the page until the arrangement is in force. One primary button: the first the reader can do. */
export function SettingUpSteps({ view }: { view: TeamView }) {
  const { t } = useTranslation();
  const steps = stepsOf(view.overview);
  const acts = useActs(view);
  const sentences = useSentences(view);
  const possible = steps.filter((step) => step.state !== "done" && step.state !== "later" && acts[step.name]);
  const first = possible[0]?.name;
  return (
    <Section title={t("jits.overview.checklist")}>
      <StepList>
        {steps.map(({ name, state }, index) => {
          const act = state === "done" || state === "later" ? null : acts[name];
          const button = act && (
            <LinkButton to={act.to} tone={name === first ? "primary" : "secondary"} wide>
              {act.label}
            </LinkButton>
          );
          return (
            <Step
              key={name}
              number={index + 1}
              state={state}
              title={t(`jits.overview.steps.${name}.title`)}
              action={button || undefined}
            >
              {sentences[name]}
            </Step>
          );
        })}
      </StepList>
    </Section>
  );
}

/** What the reader can do about each step; absent when it is for others. */
function useActs({ jit, overview, may, own }: TeamView): Partial<Record<StepName, Act>> {
  const { t } = useTranslation();
  const base = `/jits/${jit.reference}`;
  const words = (key: "parties" | "members" | "text" | "finalise") => t(`jits.overview.steps.${key}.act`);
  const state = overview.agreement?.state ?? null;
  const missing = partiesWithoutDrafter(overview).find((party) => may.invitesTo.includes(party.id));
  const invite = missing?.id ?? (own && may.invitesTo.includes(own) ? own : may.invitesTo[0]);
  const acts: Partial<Record<StepName, Act>> = {};
  if (may["party.add"]) acts.parties = { to: `${base}/parties/new`, label: words("parties") };
  if (invite) acts.members = { to: `${base}/people/invite?party=${invite}`, label: words("members") };
  if (state === null && may["document.start"]) {
    acts.text = { to: `${base}/agreement`, label: t("jits.overview.steps.text.start") };
  }
  if (state !== null && may["document.read"]) acts.text = { to: `${base}/agreement`, label: words("text") };
  if (state === "negotiation" && may["document.finalise"]) {
    acts.finalise = { to: `${base}/agreement/finalise`, label: t("jits.overview.steps.finalise.title") };
  }
  const signing = signAct(state, overview.slots, { jit, own, may });
  if (signing) acts.sign = { to: `${base}/agreement/sign`, label: t(`jits.overview.steps.sign.${signing}`) };
  return acts;
}

function signAct(
  state: string | null,
  slots: TeamView["overview"]["slots"],
  { jit, may }: Pick<TeamView, "jit" | "own" | "may">,
): "open" | "act" | "see" | null {
  if (state === "finalised" && may["signing.open"]) return "open";
  if (state !== "signing") return null;
  const own = slots.find((slot) => slot.memberId === jit.memberId && slot.state === "waiting");
  if (own && slotsBefore(own, slots).length === 0) return "act";
  return may["document.read"] ? "see" : null;
}

/** One sentence or two for each step: how it stands. */
function useSentences({ jit, overview, own, zone }: TeamView): Record<StepName, ReactNode> {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  const { agreement, parties, invitations, slots } = overview;
  const state = agreement?.state ?? null;
  const names = (of: readonly { id: string; state: string }[]) =>
    new Intl.ListFormat(language).format(
      inReadersOrder(
        of.map((party) => ({ code: party.state, own: party.id === own })),
        language,
      ).map(({ code }) => stateName(code, language)),
    );
  const day = agreement ? formatInstant(agreement.stateSince, { language, zone, form: "day" }) : "";
  const version = agreement?.version ?? 1;
  const without = partiesWithoutDrafter(overview);
  const { members: count, states } = whoSees(overview);
  const leaders = parties.filter((party) => leadersOf(overview, party.id).length > 0).length;
  const members = t("jits.overview.steps.members.count", {
    members: t("jits.members", { count }),
    states: t("jits.states", { count: states }),
    leaders: t("jits.overview.steps.members.leaders", { count: leaders }),
  });
  const waiting = slots.filter((slot) => slot.state !== "signed");
  return {
    parties:
      parties.length < 2
        ? t("jits.overview.steps.parties.now", { state: names(parties) })
        : t("jits.overview.steps.parties.done", { count: parties.length, names: names(parties) }),
    members: (
      <>
        {members}{" "}
        {without.length > 0 &&
          t("jits.overview.steps.members.missing", { count: without.length, names: names(without) })}{" "}
        {invitations.length > 0 && t("jits.overview.steps.members.pending", { count: invitations.length })}{" "}
        <Link to={`/jits/${jit.reference}/people`}>{t("jits.overview.steps.members.link")}</Link>
      </>
    ),
    text:
      state === null
        ? t("jits.overview.steps.text.none")
        : state === "draft"
          ? t("jits.overview.steps.text.draft")
          : state === "negotiation"
            ? t("jits.overview.steps.text.negotiation", { day, version })
            : t("jits.overview.steps.text.done", { day, version }),
    finalise:
      state === "negotiation"
        ? t("jits.overview.steps.finalise.now")
        : state === null || state === "draft"
          ? t("jits.overview.steps.finalise.later")
          : t("jits.overview.steps.finalise.done"),
    sign:
      state === "signing"
        ? t("jits.overview.steps.sign.signing", {
            signed: slots.length - waiting.length,
            all: slots.length,
            names: names(waiting.map((slot) => ({ id: slot.partyId, state: slot.partyState }))),
          })
        : t(`jits.overview.steps.sign.${state === "finalised" ? "finalised" : "later"}`),
  };
}

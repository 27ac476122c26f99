import { stateName } from "#app/domain/names/names.ts";
import { formatInstant } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { LinkButton } from "../LinkButton.tsx";
import { Section } from "../Section.tsx";
import { Step } from "../Step.tsx";
import { StepList } from "../StepList.tsx";
import type { TeamView } from "./team-view.ts";

/** After the end: one party asks to close, another confirms. */
export function ClosingSteps({ view: { jit, overview, may, own, zone } }: { view: TeamView }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  const { agreement, closure, parties } = overview;
  const asking = parties.find((party) => party.id === closure?.partyId);
  const state = asking ? stateName(asking.state, language) : "";
  const day = (at: Date) => formatInstant(at, { language, zone, form: "day" });
  const archived = agreement?.state === "archived";
  const to = `/jits/${jit.reference}/closing`;
  return (
    <Section title={t("jits.overview.toClose")}>
      <StepList>
        <Step
          number={1}
          state={closure ? "done" : "now"}
          title={t("jits.overview.closing.ask.title")}
          action={
            !closure && may["jit.proposeClosure"] ? (
              <LinkButton to={to} tone="primary" wide>
                {t("jits.overview.closing.ask.act")}
              </LinkButton>
            ) : undefined
          }
        >
          {closure
            ? t("jits.overview.closing.ask.done", { state, day: day(closure.proposedAt) })
            : t("jits.overview.closing.ask.now")}
        </Step>
        <Step
          number={2}
          state={archived ? "done" : closure ? "now" : "later"}
          title={t("jits.overview.closing.confirm.title")}
          action={
            closure && !archived && may["jit.archive"] ? (
              <LinkButton to={to} tone={closure.partyId === own ? "secondary" : "primary"} wide>
                {t("jits.overview.closing.confirm.act")}
              </LinkButton>
            ) : undefined
          }
        >
          {archived && agreement
            ? t("jits.overview.closing.confirm.done", { day: day(agreement.stateSince) })
            : closure
              ? t("jits.overview.closing.confirm.now", { state })
              : t("jits.overview.closing.confirm.later")}
        </Step>
      </StepList>
    </Section>
  );
}

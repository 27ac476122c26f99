import "#app/i18n/english/home.ts";
import type { Need } from "#app/domain/jits/needs.ts";
import { stateName } from "#app/domain/names/names.ts";
import { reminderDays } from "#app/domain/signing/slots.ts";
import { daysUntil } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Instant } from "../Instant.tsx";
import { LinkButton } from "../LinkButton.tsx";
import { RailEntry } from "../RailEntry.tsx";
import { Sub } from "../Sub.tsx";
import { TeamName } from "./TeamName.tsx";

const paths: Record<Need["kind"], string> = {
  sign: "/agreement/sign",
  checkPaper: "/agreement/sign",
  overdue: "/agreement/sign",
  confirmClosure: "/closing",
  proposeClosure: "/closing",
  extend: "/annexes",
  evaluate: "/annexes",
  ending: "",
  addParties: "/parties/new",
  start: "/agreement",
  openForNegotiation: "/agreement",
  agree: "/agreement/agree",
  finalise: "/agreement",
  openSigning: "/agreement/sign",
  inviteDrafter: "/people/invite",
  inviteSignatory: "/people/invite",
  inviteAgain: "/people/invite",
};

type NeedProps = { need: Need; zone: string; at: Date; first: boolean };

/** Something that waits for the reader, with the way to it. */
export function NeedEntry({ need, zone, at, first }: NeedProps) {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  const state = need.party ? stateName(need.party.state, language) : "";
  const base = `/jits/${need.team.reference}`;
  return (
    <RailEntry
      rail={need.at ? <Instant at={need.at} zone={zone} form="list" /> : t("home.noDate")}
      railNote={need.at && need.at > at ? t("shell.inDays", { count: daysUntil(need.at, at, zone) }) : undefined}
      meta={[<TeamName key="team" team={need.team} />]}
      action={
        <LinkButton to={base + paths[need.kind] + queryOf(need)} tone={first ? "primary" : "secondary"} wide>
          {t(`home.need.${need.kind}.act`)}
        </LinkButton>
      }
    >
      {t(`home.need.${need.kind}.what`, { state, email: need.email ?? "" })}{" "}
      {need.reminder !== undefined && (
        <Sub>{t("home.reminder", { number: need.reminder, all: reminderDays.length })}</Sub>
      )}
    </RailEntry>
  );
}

/** The form of an invitation opens with what is known. */
function queryOf({ party, email }: Need): string {
  const query = new URLSearchParams();
  if (party) query.set("party", party.id);
  if (email) query.set("email", email);
  return query.size > 0 ? `?${query}` : "";
}

import "#app/i18n/english/home.ts";
import type { Work } from "#app/domain/jits/needs.server.ts";
import { stateName } from "#app/domain/names/names.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Instant } from "../Instant.tsx";
import { LinkButton } from "../LinkButton.tsx";
import { RailEntry } from "../RailEntry.tsx";
import { Sub } from "../Sub.tsx";
import { TeamName } from "./TeamName.tsx";

/** What became of signatures, told to everybody, also to those who signed; and notices on the list of members. */
export function ToldEntry({ told, zone }: { told: Work["told"][number]; zone: string }) {
  const { t, i18n } = useTranslation();
  const state = told.partyState ? stateName(told.partyState, i18n.language) : "";
  const [holds, rest] = t("home.told.holdsFrom", { instant: "\u0000" }).split("\u0000");
  return (
    <RailEntry
      rail={<Instant at={told.at} zone={zone} form="list" />}
      meta={[<TeamName key="team" team={told.team} />]}
      action={
        <LinkButton to={`/jits/${told.team.reference}/${pages[told.kind]}`} wide>
          {t("home.open")}
        </LinkButton>
      }
    >
      {t(`home.told.${told.kind}`, { state, name: told.name })}{" "}
      {told.holdsFrom && (
        <Sub>
          {holds}
          <Instant at={told.holdsFrom} zone={zone} />
          {rest}
        </Sub>
      )}
      {told.reason && (
        <Sub>
          {t(told.holdsFrom ? "home.told.words" : "home.told.reason")} <bdi dir="auto">{told.reason}</bdi>
        </Sub>
      )}
    </RailEntry>
  );
}

const pages: Record<Work["told"][number]["kind"], string> = {
  declined: "agreement",
  reopened: "agreement",
  withdrawn: "agreement/sign",
  paperRefused: "agreement/sign",
  copy: "agreement/sign",
  memberAdded: "people/versions",
  memberChanged: "people/versions",
  memberRemoved: "people/versions",
};

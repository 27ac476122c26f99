import "#app/i18n/english/home.ts";
import type { Work } from "#app/domain/jits/needs.server.ts";
import { stateName } from "#app/domain/names/names.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Instant } from "../Instant.tsx";
import { LinkButton } from "../LinkButton.tsx";
import { RailEntry } from "../RailEntry.tsx";
import { Sub } from "../Sub.tsx";
import { TeamName } from "./TeamName.tsx";

/** What became of signatures: everybody is told, also those who signed. */
export function ToldEntry({ told, zone }: { told: Work["told"][number]; zone: string }) {
  const { t, i18n } = useTranslation();
  const base = `/jits/${told.team.reference}`;
  const state = told.partyState ? stateName(told.partyState, i18n.language) : "";
  return (
    <RailEntry
      rail={<Instant at={told.at} zone={zone} form="list" />}
      meta={[<TeamName key="team" team={told.team} />]}
      action={
        <LinkButton to={`${base}/agreement${told.kind === "declined" || told.kind === "reopened" ? "" : "/sign"}`} wide>
          {t("home.open")}
        </LinkButton>
      }
    >
      {t(`home.told.${told.kind}`, { state, name: told.name })}{" "}
      {told.reason && (
        <Sub>
          {t("home.told.reason")} <bdi>{told.reason}</bdi>
        </Sub>
      )}
    </RailEntry>
  );
}

import "#app/i18n/english/home.ts";
import type { Wait } from "#app/domain/jits/needs.ts";
import { stateName } from "#app/domain/names/names.ts";
import { formatInstant } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Instant } from "../Instant.tsx";
import { LinkButton } from "../LinkButton.tsx";
import { RailEntry } from "../RailEntry.tsx";
import { TeamName } from "./TeamName.tsx";

/** What the reader waits for from others. */
export function WaitEntry({ wait, zone }: { wait: Wait; zone: string }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  const day = wait.at ? formatInstant(wait.at, { language, zone, form: "list" }) : "";
  const base = `/jits/${wait.team.reference}`;
  const to =
    wait.kind === "invitation"
      ? `${base}/people`
      : wait.kind === "closure"
        ? `${base}/closing`
        : `${base}/agreement/sign`;
  return (
    <RailEntry
      rail={wait.at ? <Instant at={wait.at} zone={zone} form="list" /> : t("home.noDate")}
      meta={[
        <TeamName key="team" team={wait.team} />,
        t(wait.due ? "home.waitMeta.due" : `home.waitMeta.${wait.kind}`, { day }),
      ]}
      action={
        <LinkButton to={to} wide>
          {t("home.open")}
        </LinkButton>
      }
    >
      {t(`home.wait.${wait.kind}`, {
        state: wait.party ? stateName(wait.party.state, language) : "",
        email: wait.email ?? "",
      })}
    </RailEntry>
  );
}

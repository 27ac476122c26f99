import type { ReactNode } from "react";
import { LanguageMenu } from "./LanguageMenu.tsx";
import { Mark } from "./Mark.tsx";
import { type BarPerson, PersonMenu } from "./PersonMenu.tsx";
import { PhoneMenu } from "./PhoneMenu.tsx";
import { type BarTeam, TeamSwitcher } from "./TeamSwitcher.tsx";

export type TopBarProps = {
  installation: string;
  home?: string;
  team?: BarTeam;
  language: string;
  /** languages of the interface to choose from; one alone is not offered */
  languages?: readonly { code: string; to: string }[];
  person?: BarPerson;
  /** the same sections as beside the page; on a phone they stand in the menu */
  navigation?: ReactNode;
  signOutTo?: string;
};

/** The bar on top: whose installation, which team, which language, who you are. */
export function TopBar({
  installation,
  home = "/home",
  team,
  language,
  languages = [],
  person,
  navigation,
  ...rest
}: TopBarProps) {
  const signOutTo = rest.signOutTo ?? "/sign-out";
  return (
    <header className="bar">
      <Mark installation={installation} to={home} />
      {team && <TeamSwitcher team={team} />}
      <span className="bar-gap" />
      {languages.length > 1 && <LanguageMenu language={language} languages={languages} />}
      {person && <PersonMenu person={person} signOutTo={signOutTo} />}
      {(navigation || person) && <PhoneMenu navigation={navigation} person={person} signOutTo={signOutTo} />}
    </header>
  );
}

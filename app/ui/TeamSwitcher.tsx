import { ChevronDown } from "lucide-react";
import { useTranslation } from "#app/i18n/translation.ts";
import { Icon } from "./Icon.tsx";
import { MenuButton } from "./MenuButton.tsx";

export type BarTeam = {
  name: string;
  reference: string;
  others: readonly { name: string; reference: string; to: string }[];
};

/** Which team this is, and the way to the reader's other teams. */
export function TeamSwitcher({ team }: { team: BarTeam }) {
  const { t } = useTranslation();
  const items = [
    {
      id: team.reference,
      label: <bdi>{team.name}</bdi>,
      textValue: team.name,
      sub: <bdi>{team.reference}</bdi>,
      current: true,
    },
    ...team.others.map(({ name, reference, to }) => ({
      id: reference,
      label: <bdi>{name}</bdi>,
      textValue: name,
      sub: <bdi>{reference}</bdi>,
      to,
    })),
    { id: "all", label: t("shell.allTeams"), to: "/jits" },
  ];
  return (
    <>
      <a className="no-script switch-name" href="/jits">
        <bdi>{team.name}</bdi>
      </a>
      <MenuButton label={t("shell.chooseTeam")} items={items} className="switch" placement="bottom start">
        <span className="switch-name">
          <bdi>{team.name}</bdi>
        </span>
        <span className="switch-ref num">
          <bdi>{team.reference}</bdi>
        </span>
        <Icon of={ChevronDown} />
      </MenuButton>
    </>
  );
}

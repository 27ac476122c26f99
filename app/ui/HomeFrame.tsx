import { useRouteLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { stateName } from "#app/domain/names/names.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Frame } from "./Frame.tsx";
import { HomeNavigation } from "./HomeNavigation.tsx";
import type { BarPerson } from "./PersonMenu.tsx";
import { TopBar } from "./TopBar.tsx";

/** The reader, as every page outside a team shows them. */
export type Reader = {
  name: string;
  latinName: string;
  state: string | null;
  authorityName: string;
  /** which pages of the installation the reader may open */
  keeps: { authorities: boolean; people: boolean; treatyStatus: boolean };
};

type Props = { reader: Reader; needs?: number; children: ReactNode };

/** The frame of the pages before a team: what needs you, teams, the installation, your own pages. */
export function HomeFrame({ reader, needs, children }: Props) {
  const { i18n } = useTranslation();
  const installation = useInstallation();
  const navigation = <HomeNavigation counts={{ home: needs || undefined }} admin={reader.keeps} />;
  return (
    <Frame
      navigation={navigation}
      bar={
        <TopBar
          installation={installation}
          language={i18n.language}
          person={barPerson(reader, i18n.language)}
          navigation={navigation}
        />
      }
    >
      {children}
    </Frame>
  );
}

export function useInstallation(): string {
  const root = useRouteLoaderData("root") as { installation?: string } | undefined;
  return root?.installation ?? "";
}

export function barPerson(
  reader: Pick<Reader, "name" | "latinName" | "state" | "authorityName">,
  language: string,
): BarPerson {
  const { name, latinName, state, authorityName } = reader;
  return { name, latinName, partyCode: state, partyName: state ? stateName(state, language) : authorityName };
}

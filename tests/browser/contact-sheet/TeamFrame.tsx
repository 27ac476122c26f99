import type { ReactNode } from "react";
import { ExerciseStrip } from "#app/ui/ExerciseStrip.tsx";
import { Frame } from "#app/ui/Frame.tsx";
import { TeamNavigation } from "#app/ui/TeamNavigation.tsx";
import { TopBar } from "#app/ui/TopBar.tsx";

export const person = {
  name: "Айгүл Нұрланова",
  latinName: "Aigul Nurlanova",
  partyCode: "KZ",
  partyName: "Kazakhstan",
};

/** The frame of SAIGA around a sheet. */
export function TeamFrame({ children, slot }: { children: ReactNode; slot?: ReactNode }) {
  const navigation = (
    <TeamNavigation base="/jits/JIT-2026-001" agreementWord="Arrangement" counts={{ agreement: 10 }}>
      {slot}
    </TeamNavigation>
  );
  return (
    <Frame
      strip={<ExerciseStrip />}
      navigation={navigation}
      bar={
        <TopBar
          installation="Joint Investigation Teams"
          team={{
            name: "SAIGA",
            reference: "JIT-2026-001",
            others: [{ name: "HARMATTAN", reference: "JIT-2025-004", to: "/jits/JIT-2025-004" }],
          }}
          language="en"
          languages={[
            { code: "en", to: "?lang=en" },
            { code: "ar", to: "?lang=ar" },
          ]}
          person={person}
          navigation={navigation}
        />
      }
    >
      {children}
    </Frame>
  );
}

import { Outlet, type ShouldRevalidateFunctionArgs, useLoaderData, useMatches } from "@remix-run/react";
import type { ReactNode } from "react";
import { type Access, mayEver } from "#app/domain/access.ts";
import { instrumentKindOf } from "#app/domain/documents/instrument.server.ts";
import { nameIn } from "#app/domain/jits/jit.ts";
import { listTeamNames } from "#app/domain/jits/teams.server.ts";
import { inJit } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { readerOf } from "#app/reader.server.ts";
import { ExerciseStrip } from "#app/ui/ExerciseStrip.tsx";
import { Frame } from "#app/ui/Frame.tsx";
import { barPerson, useInstallation } from "#app/ui/HomeFrame.tsx";
import { TeamNavigation } from "#app/ui/TeamNavigation.tsx";
import { TopBar } from "#app/ui/TopBar.tsx";

export const loader = inJit("jit.read", async ({ actor, me, jit, access }) => {
  const document = mayEver(access, "document.read") ? jit.agreement?.id : undefined;
  const [teams, instrument] = await Promise.all([
    listTeamNames(actor),
    document ? instrumentKindOf(actor, { jit: jit.id, document }) : ("arrangement" as const),
  ]);
  return {
    reader: readerOf(me),
    reference: jit.reference,
    names: jit.names,
    instrument,
    exercise: jit.exercise,
    others: teams.filter((team) => team.reference !== jit.reference),
    without: closedTo(access),
  };
});

type Closed = NonNullable<Parameters<typeof TeamNavigation>[0]["without"]>[number];

/** Sections that no role of the reader opens. A State that is still joining sees the texts alone. */
function closedTo(access: Access): Closed[] {
  if (access.only) return ["tasks", "plan", "people", "decisions", "activity", "overview"];
  return [
    ...(mayEver(access, "document.read") ? [] : (["agreement"] as const)),
    ...(mayEver(access, "decision.read") ? [] : (["decisions"] as const)),
    ...(mayEver(access, "trail.read") ? [] : (["activity"] as const)),
  ];
}

/** The frame changes with the team and with what a form did, not from page to page. */
export function shouldRevalidate({ currentParams, nextParams, formMethod }: ShouldRevalidateFunctionArgs) {
  return currentParams.reference !== nextParams.reference || (formMethod !== undefined && formMethod !== "GET");
}

/**
 * What a page inside the team adds to the frame, on its `handle`: below the sections (the clauses of the text), and at
 * the end side (findings).
 */
export type TeamHandle = { belowSections?: (data: unknown) => ReactNode; panel?: (data: unknown) => ReactNode };

export default function TeamLayout() {
  const { t, i18n } = useTranslation();
  const installation = useInstallation();
  const { reader, reference, names, instrument, exercise, others, without } = useLoaderData<typeof loader>();
  const language = i18n.language;
  const page = useMatches().at(-1);
  const handle = page?.handle as TeamHandle | undefined;
  const navigation = (
    <TeamNavigation base={`/jits/${reference}`} agreementWord={t(`documents.kinds.${instrument}`)} without={without}>
      {handle?.belowSections?.(page?.data)}
    </TeamNavigation>
  );
  return (
    <Frame
      strip={exercise && <ExerciseStrip />}
      navigation={navigation}
      panel={handle?.panel?.(page?.data)}
      bar={
        <TopBar
          installation={installation}
          language={language}
          team={{
            name: nameIn(language, names),
            reference,
            others: others.map((team) => ({
              name: nameIn(language, team.names),
              reference: team.reference,
              to: `/jits/${team.reference}`,
            })),
          }}
          person={barPerson(reader, language)}
          navigation={navigation}
        />
      }
    >
      <Outlet />
    </Frame>
  );
}

import { nameIn } from "#app/domain/jits/jit.ts";
import type { TeamLine } from "#app/domain/jits/teams.ts";
import { useTranslation } from "#app/i18n/translation.ts";

/** The name of a team in the reader's language. */
export function TeamName({ team }: { team: TeamLine }) {
  const { i18n } = useTranslation();
  return <bdi>{nameIn(i18n.language, team.names)}</bdi>;
}

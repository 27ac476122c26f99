import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { Plus } from "lucide-react";
import { canGlobally } from "#app/domain/access.ts";
import { nameIn } from "#app/domain/jits/jit.ts";
import { listJitsOf } from "#app/domain/jits/teams.server.ts";
import type { TeamLine } from "#app/domain/jits/teams.ts";
import { inReadersOrder, stateName } from "#app/domain/names/names.ts";
import { signedIn } from "#app/http.server.ts";
import { formatInstant } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { readerOf } from "#app/reader.server.ts";
import { DocumentStatus } from "#app/ui/DocumentStatus.tsx";
import { EmptyState } from "#app/ui/EmptyState.tsx";
import { HomeFrame } from "#app/ui/HomeFrame.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { Plate } from "#app/ui/Plate.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Sub } from "#app/ui/Sub.tsx";
import { Table } from "#app/ui/Table.tsx";
import { roleList } from "#app/ui/team/words.ts";
import { ViewBar } from "#app/ui/ViewBar.tsx";

export const loader = signedIn("jit.list", async ({ actor, me }) => ({
  teams: await listJitsOf(actor),
  reader: readerOf(me),
  mayFound: canGlobally(actor.globalRoles, "jit.found") && actor.state !== null,
  zone: me.timeZone,
}));

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("jits.list.title")]);

export default function TeamsPage() {
  const { t } = useTranslation();
  const { teams, reader, mayFound, zone } = useLoaderData<typeof loader>();
  const columns = t("jits.list.columns", { returnObjects: true });
  const heads = [columns.team, columns.states, columns.standing, columns.you];
  const found = mayFound && (
    <LinkButton to="/jits/new" tone="primary" icon={Plus}>
      {t("jits.list.found")}
    </LinkButton>
  );
  return (
    <HomeFrame reader={reader}>
      <Page wide>
        <Masthead title={t("jits.list.title")} sub={t("jits.list.sub")} />
        {teams.length === 0 ? (
          <EmptyState heads={heads} lead={t("jits.list.empty.lead")} action={found}>
            {mayFound ? t("jits.list.empty.whyCoordinator") : t("jits.list.empty.why")}
          </EmptyState>
        ) : (
          <>
            {found && <ViewBar end={found} />}
            <Table label={t("jits.list.label")} columns={heads}>
              {teams.map((team) => (
                <TeamRow key={team.id} team={team} zone={zone} />
              ))}
            </Table>
          </>
        )}
      </Page>
    </HomeFrame>
  );
}

function TeamRow({ team, zone }: { team: TeamLine; zone: string }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  const day = (at: Date, where: string) => formatInstant(at, { language, zone: where, form: "day" });
  const parties = inReadersOrder(
    team.parties.map(({ id, state }) => ({ code: state, own: id === team.partyId })),
    language,
  );
  return (
    <tr>
      <th scope="row">
        <Link to={`/jits/${team.reference}`}>
          <bdi>{nameIn(language, team.names)}</bdi>
        </Link>
        <Sub>
          <bdi className="num">{team.reference}</bdi>
        </Sub>
      </th>
      <td>
        <span className="flex flex-wrap gap-1">
          {parties.map(({ code, own }) => (
            <Plate key={code} code={code} own={own} name={stateName(code, language)} />
          ))}
        </span>
        <Sub>{t("shell.people", { count: team.people })}</Sub>
      </td>
      <td>
        <DocumentStatus state={team.state} />
        {team.state === "in_force" && team.expiresAt ? (
          <Sub>{t("jits.list.ends", { day: day(new Date(Number(team.expiresAt) - 1), team.timeZone ?? zone) })}</Sub>
        ) : (
          team.stateSince && <Sub>{t("jits.list.since", { day: day(team.stateSince, zone) })}</Sub>
        )}
      </td>
      <td>{roleList(t, language, team.roles)}</td>
    </tr>
  );
}

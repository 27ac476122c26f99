import "#app/i18n/english/home.ts";
import "#app/i18n/english/security.ts";
import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { canGlobally } from "#app/domain/access.ts";
import { findNews, type Notice } from "#app/domain/accounts/notices.server.ts";
import { nameIn } from "#app/domain/jits/jit.ts";
import { findWork } from "#app/domain/jits/needs.server.ts";
import type { TeamLine } from "#app/domain/jits/teams.ts";
import { LeftOverWords } from "#app/editor/LeftOverWords.tsx";
import { signedIn } from "#app/http.server.ts";
import { daysUntil, formatInstant, time, zoneName } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { now } from "#app/platform/clock.ts";
import { readerOf } from "#app/reader.server.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { Columns } from "#app/ui/Columns.tsx";
import { DocumentStatus } from "#app/ui/DocumentStatus.tsx";
import { EmptyState } from "#app/ui/EmptyState.tsx";
import { HomeFrame } from "#app/ui/HomeFrame.tsx";
import { NeedEntry } from "#app/ui/home/NeedEntry.tsx";
import { ToldEntry } from "#app/ui/home/ToldEntry.tsx";
import { WaitEntry } from "#app/ui/home/WaitEntry.tsx";
import { Instant } from "#app/ui/Instant.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { NoteEntry } from "#app/ui/NoteEntry.tsx";
import { NoteList } from "#app/ui/NoteList.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { RailList } from "#app/ui/RailList.tsx";
import { Section } from "#app/ui/Section.tsx";
import { Status } from "#app/ui/Status.tsx";
import { roleList } from "#app/ui/team/words.ts";

export const loader = signedIn("jit.list", async ({ actor, me }) => ({
  ...(await findWork(actor)),
  news: await findNews(actor),
  reader: readerOf(me),
  person: actor.personId,
  mayFound: canGlobally(actor.globalRoles, "jit.found") && actor.state !== null,
  zone: me.timeZone,
  at: now(),
}));

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("home.title")]);

export default function HomePage() {
  const { t } = useTranslation();
  const { teams, needs, waits, told, news, reader, person, mayFound, zone, at } = useLoaderData<typeof loader>();
  return (
    <HomeFrame reader={reader} needs={needs.length}>
      <Page>
        <Masthead
          title={t("home.title")}
          sub={<Summary needs={needs.length} waits={waits.length} />}
          symbol={useClock(at, zone)}
        />
        {news && <SecurityNews news={news} zone={zone} />}
        <LeftOverWords person={person} />
        <Columns side={<Side teams={teams} zone={zone} at={at} />}>
          {teams.length === 0 ? (
            <NoTeam mayFound={mayFound} />
          ) : needs.length === 0 ? (
            <EmptyState
              lead={t("home.nothing.lead")}
              action={<LinkButton to="/jits">{t("home.nothing.act")}</LinkButton>}
            >
              {t("home.nothing.why")}
            </EmptyState>
          ) : (
            <Section title={t("home.todo")} count={needs.length}>
              <RailList>
                {needs.map((need, index) => (
                  <NeedEntry
                    key={`${need.team.id} ${need.kind} ${need.party?.id ?? need.email ?? ""} ${need.member ?? ""}`}
                    {...{ need, zone, at }}
                    first={index === 0}
                  />
                ))}
              </RailList>
            </Section>
          )}
          {told.length > 0 && (
            <Section title={t("home.told.title")} count={told.length}>
              <RailList>
                {told.map((one) => (
                  <ToldEntry
                    key={`${one.jitId} ${one.kind} ${one.partyState} ${String(one.at)}`}
                    told={one}
                    zone={zone}
                  />
                ))}
              </RailList>
            </Section>
          )}
          {waits.length > 0 && (
            <Section title={t("home.waiting")} count={waits.length}>
              <RailList>
                {waits.map((wait) => (
                  <WaitEntry
                    key={`${wait.team.id} ${wait.kind} ${wait.party?.id ?? wait.email ?? ""} ${wait.member ?? ""}`}
                    wait={wait}
                    zone={zone}
                  />
                ))}
              </RailList>
            </Section>
          )}
        </Columns>
      </Page>
    </HomeFrame>
  );
}

/** What happened to the account from elsewhere: whoever took it over did not tell its owner. */
function SecurityNews({ news, zone }: { news: Notice; zone: string }) {
  const { t, i18n } = useTranslation();
  const when = formatInstant(news.at, { language: i18n.language, zone, form: "list" });
  return (
    <Banner
      tone="warn"
      title={t("security.news", { what: t(`security.notice.${news.kind}`), when })}
      action={<LinkButton to="/me/security">{t("security.newsLink")}</LinkButton>}
    />
  );
}

function useClock(at: Date, zone: string) {
  const { t, i18n } = useTranslation();
  const utc = time(at, "UTC");
  return [
    { label: t("home.date"), value: formatInstant(at, { language: i18n.language, zone, form: "day" }) },
    {
      label: t("home.time"),
      value:
        zone === "UTC"
          ? t("home.clockUtc", { utc })
          : t("home.clock", { local: time(at, zone), place: zoneName(zone), utc }),
    },
  ];
}

function Summary({ needs, waits }: { needs: number; waits: number }) {
  const { t } = useTranslation();
  if (waits > 0) return t("home.sub.both", { todo: t("home.sub.todoPart", { count: needs }), waiting: waits });
  return needs > 0 ? t("home.sub.todo", { count: needs }) : t("home.sub.nothing");
}

function NoTeam({ mayFound }: { mayFound: boolean }) {
  const { t } = useTranslation();
  return (
    <EmptyState
      lead={t("home.noTeam.lead")}
      action={
        mayFound && (
          <LinkButton to="/jits/new" tone="primary">
            {t("home.noTeam.found")}
          </LinkButton>
        )
      }
    >
      {t("home.noTeam.why")}
    </EmptyState>
  );
}

function Side({ teams, zone, at }: { teams: TeamLine[]; zone: string; at: Date }) {
  const { t, i18n } = useTranslation();
  const ending = teams
    .filter((team) => team.state === "in_force" && team.expiresAt && team.expiresAt > at)
    .sort((a, b) => Number(a.expiresAt) - Number(b.expiresAt));
  return (
    <>
      <Section title={t("home.dates")}>
        {ending.length === 0 && <p className="text-ink-2">{t("home.noDates")}</p>}
        <NoteList>
          {ending.map((team) => (
            <NoteEntry
              key={team.id}
              rail={<Instant at={new Date(Number(team.expiresAt) - 1)} zone={team.timeZone ?? zone} form="list" />}
              sub={t("home.ends")}
            >
              <bdi>{nameIn(i18n.language, team.names)}</bdi>
            </NoteEntry>
          ))}
        </NoteList>
      </Section>
      {teams.length > 0 && (
        <Section title={t("home.teams")}>
          <NoteList wide>
            {teams.map((team) => (
              <NoteEntry
                key={team.id}
                quiet
                rail={
                  <>
                    <Link to={`/jits/${team.reference}`}>
                      <bdi>{nameIn(i18n.language, team.names)}</bdi>
                    </Link>
                    <span className="sub num">
                      <bdi>{team.reference}</bdi>
                    </span>
                  </>
                }
                sub={t("home.you", { roles: roleList(t, i18n.language, team.roles).toLocaleLowerCase(i18n.language) })}
              >
                <Standing team={team} at={at} zone={zone} />
              </NoteEntry>
            ))}
          </NoteList>
        </Section>
      )}
    </>
  );
}

function Standing({ team, at, zone }: { team: TeamLine; at: Date; zone: string }) {
  const { t } = useTranslation();
  if (team.state !== "in_force" || !team.expiresAt) return <DocumentStatus state={team.state} />;
  const count = daysUntil(new Date(Number(team.expiresAt) - 1), at, team.timeZone ?? zone);
  return count > 60 ? (
    <DocumentStatus state={team.state} />
  ) : (
    <Status tone="hold">{t("home.endsIn", { count })}</Status>
  );
}

import { Link } from "@remix-run/react";
import { Fragment } from "react";
import { nameIn } from "#app/domain/jits/jit.ts";
import { leadersOf, type PartyLine, type SlotLine } from "#app/domain/jits/overview.ts";
import { inReadersOrder, stateName } from "#app/domain/names/names.ts";
import { time } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { LinkButton } from "../LinkButton.tsx";
import { PartyTable } from "../PartyTable.tsx";
import { PersonName } from "../PersonName.tsx";
import { Section } from "../Section.tsx";
import { Status, type StatusTone } from "../Status.tsx";
import { Sub } from "../Sub.tsx";
import type { TeamView } from "./team-view.ts";
import { dayOf } from "./words.ts";

/** The parties, the reader's own first: who leads, the proceeding at home, and how the signature stands. */
export function PartiesOfTeam({ view }: { view: TeamView }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  const { jit, overview, own, may, at } = view;
  const columns = t("jits.overview.columns", { returnObjects: true });
  const signing = overview.slots.length > 0;
  const parties = inReadersOrder(
    overview.parties.map((party) => ({ ...party, code: party.state, own: party.id === own })),
    language,
  );
  return (
    <Section
      title={t("jits.overview.parties")}
      count={parties.length}
      aside={
        may["party.add"] && (
          <LinkButton to={`/jits/${jit.reference}/parties/new`} small>
            {t("jits.overview.addParty")}
          </LinkButton>
        )
      }
    >
      <PartyTable
        label={t("jits.overview.partiesLabel")}
        columns={[
          columns.party,
          columns.leader,
          columns.nationalCase,
          signing ? columns.signature : { label: columns.people, end: true },
          ...(signing ? [{ label: columns.localTime, end: true }] : []),
        ]}
        rows={parties.map((party) => ({
          code: party.code,
          name: stateName(party.code, language),
          own: party.own,
          authority: nameIn(language, party.authorityNames),
          cells: [
            <Leaders key="leader" view={view} party={party} />,
            <NationalCase key="case" view={view} party={party} />,
            signing ? (
              <Signature key="signature" slots={overview.slots} party={party} zone={view.zone} />
            ) : (
              overview.members.filter(
                (one) => one.partyId === party.id && one.roles.some((role) => role.standing === "now"),
              ).length
            ),
            ...(signing ? [time(at, party.timeZone)] : []),
          ],
        }))}
      />
    </Section>
  );
}

function Leaders({ view, party }: { view: TeamView; party: PartyLine }) {
  const { t } = useTranslation();
  const leaders = leadersOf(view.overview, party.id);
  if (leaders.length === 0) return <span className="text-ink-3">{t("jits.overview.noLeader")}</span>;
  return (
    <span className="block min-w-44">
      {leaders.map((leader) => (
        <PersonName key={leader.id} name={leader.name} latinName={leader.latinName} lang={leader.language} below />
      ))}
    </span>
  );
}

function NationalCase({ view: { jit, may }, party }: { view: TeamView; party: PartyLine }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  const enters = may.entersCaseOf.includes(party.id);
  const of = t("jits.overview.caseOf", { state: stateName(party.state, language) });
  return (
    <>
      {party.nationalCase ? (
        <bdi className="num whitespace-nowrap">{party.nationalCase}</bdi>
      ) : (
        <span className="text-ink-3">{t("jits.overview.noCase")}</span>
      )}
      {enters && (
        <Sub>
          <Link to={`/jits/${jit.reference}/parties/${party.id}`}>
            {t(party.nationalCase ? "jits.overview.changeCase" : "jits.overview.enterCase")}
            <span className="vh"> {of}</span>
          </Link>
        </Sub>
      )}
    </>
  );
}

const tones = {
  waiting: "hold",
  checking: "hold",
  signed: "good",
  declined: "stop",
  void: "plain",
  copy: "plain",
} as const satisfies Record<SlotLine["state"], StatusTone>;

function Signature({ slots, party, zone }: { slots: readonly SlotLine[]; party: PartyLine; zone: string }) {
  const { t, i18n } = useTranslation();
  return (
    <>
      {slots
        .filter((slot) => slot.partyId === party.id)
        .map((slot) => (
          <Fragment key={slot.memberId}>
            <Status tone={tones[slot.state]}>{t(`jits.overview.signature.${slot.state}`)}</Status>
            {slot.decidedAt && (
              <Sub>
                <span className="whitespace-nowrap">{dayOf(slot.decidedAt, zone, i18n.language)}</span>
              </Sub>
            )}
          </Fragment>
        ))}
    </>
  );
}

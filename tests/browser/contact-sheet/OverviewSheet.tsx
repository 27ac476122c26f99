import { Banner } from "#app/ui/Banner.tsx";
import { Button } from "#app/ui/Button.tsx";
import { ClauseList } from "#app/ui/ClauseList.tsx";
import { Columns } from "#app/ui/Columns.tsx";
import { Countdown } from "#app/ui/Countdown.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { NoteEntry } from "#app/ui/NoteEntry.tsx";
import { NoteList } from "#app/ui/NoteList.tsx";
import { Page } from "#app/ui/Page.tsx";
import { PartyTable } from "#app/ui/PartyTable.tsx";
import { PersonName } from "#app/ui/PersonName.tsx";
import { Section } from "#app/ui/Section.tsx";
import { SideText } from "#app/ui/SideText.tsx";
import { Status } from "#app/ui/Status.tsx";
import { Step } from "#app/ui/Step.tsx";
import { StepList } from "#app/ui/StepList.tsx";
import { TeamFrame } from "./TeamFrame.tsx";

const places = [
  { code: "KZ", name: "Kazakhstan", own: true, local: "Sun 13 Dec, 04:59:59" },
  { code: "CN", name: "China", local: "Sun 13 Dec, 07:59:59" },
  { code: "EG", name: "Egypt", local: "Sun 13 Dec, 01:59:59" },
  { code: "NL", name: "Netherlands", local: "Sun 13 Dec, 00:59:59" },
];

/** 03 and 04: the team. */
export function OverviewSheet() {
  return (
    <TeamFrame slot={<Clauses />}>
      <Page>
        <Masthead
          title="SAIGA"
          titleLang="en"
          names={[
            { text: "САЙҒАҚ", lang: "kk" },
            { text: "سايغا", lang: "ar" },
            { text: "赛加", lang: "zh" },
          ]}
          symbol={[
            { label: "Reference", value: "JIT-2026-001" },
            { label: "Phase", value: "In force since 12 December 2025" },
            { label: "Basis", value: "Convention against Transnational Organized Crime, article 19" },
          ]}
        />
        <Banner
          tone="hold"
          title="The team ends in 19 days."
          action={
            <LinkButton to="/x" small>
              Prepare the closing
            </LinkButton>
          }
        >
          What is collected after the last day is not covered.
        </Banner>
        <Countdown
          figure={19}
          unit="days left"
          lead="The team ends on Saturday 12 December 2026 at 23:59:59 UTC."
          places={places}
          period={{
            start: { date: "12 Dec 2025", label: "In force" },
            end: { date: "12 Dec 2026", label: "Last day" },
            marks: [{ at: 0.5, date: "11 Jun 2026", label: "Mid-term evaluation" }],
            now: { at: 0.95, label: "Mon 23 Nov" },
          }}
        >
          After that instant there is no team, and what it collects is not covered. A late signature does not revive it:
          a new arrangement would be needed.
        </Countdown>
        <Columns side={<Side />}>
          <Section title="To bring the team into force">
            <StepList>
              <Step number={1} state="done" title="Invite the members">
                9 members of four States, 4 of them leaders. <a href="#people">People</a>
              </Step>
              <Step
                number={2}
                state="now"
                title="Agree the arrangement"
                action={<Button tone="primary">Open the arrangement</Button>}
              >
                17 of 29 clauses are agreed by all four parties, 9 by some, 3 by none. 3 findings block finalising.
              </Step>
              <Step number={3} state="open" title="Collect the approvals" action={<Status tone="hold">2 open</Status>}>
                Kazakhstan: not needed. Egypt: granted on 14 November.
              </Step>
              <Step number={4} state="later" title="Finalise and sign">
                Opens when steps 2 and 3 are done.
              </Step>
            </StepList>
          </Section>
          <Section title="Parties" count={4}>
            <PartyTable
              label="Parties"
              columns={["State and authority", "Leader", "National case", { label: "Agreed clauses", end: true }]}
              rows={places.map((party) => ({
                ...party,
                authority: party.code === "KZ" ? "General Prosecutor’s Office" : "Public Prosecution",
                cells: [
                  <PersonName key="p" name="نهى السيد" latinName="Noha El-Sayed" below />,
                  "25-3-0117-EX",
                  "27 of 29",
                ],
              }))}
            />
          </Section>
        </Columns>
      </Page>
    </TeamFrame>
  );
}

const Clauses = () => (
  <ClauseList
    summary="17 of 29 agreed"
    clauses={[
      { number: 0, title: "Cover and legal basis", to: "#c0", agreed: "all" },
      { number: 1, title: "Definitions", to: "#c1", agreed: "3/4", current: true },
      { number: 6, title: "States of operation; sovereignty", to: "#c6", agreed: "0/4" },
    ]}
  />
);

const Side = () => (
  <>
    <Section title="Next dates">
      <NoteList>
        <NoteEntry rail="Wed 25 Nov" railNote="08:00 UTC" sub="the only hour of the day when all four offices are open">
          Negotiation call 4
        </NoteEntry>
      </NoteList>
    </Section>
    <Section title="Who can see this">
      <SideText>All members of this JIT: 4 States, 9 people. UNODC sees the non-operational parts.</SideText>
    </Section>
  </>
);

import { Ban } from "lucide-react";
import { Columns } from "#app/ui/Columns.tsx";
import { Frame } from "#app/ui/Frame.tsx";
import { HomeNavigation } from "#app/ui/HomeNavigation.tsx";
import { Instant } from "#app/ui/Instant.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { NoteEntry } from "#app/ui/NoteEntry.tsx";
import { NoteList } from "#app/ui/NoteList.tsx";
import { Page } from "#app/ui/Page.tsx";
import { PersonName } from "#app/ui/PersonName.tsx";
import { Plate } from "#app/ui/Plate.tsx";
import { RailEntry } from "#app/ui/RailEntry.tsx";
import { RailList } from "#app/ui/RailList.tsx";
import { Section } from "#app/ui/Section.tsx";
import { Status } from "#app/ui/Status.tsx";
import { TopBar } from "#app/ui/TopBar.tsx";
import { person } from "./TeamFrame.tsx";

/** 02: what needs you. */
export function HomeSheet() {
  const navigation = <HomeNavigation counts={{ home: 4 }} admin={{ authorities: true, people: true }} />;
  return (
    <Frame
      navigation={navigation}
      bar={<TopBar installation="Joint Investigation Teams" language="en" person={person} navigation={navigation} />}
    >
      <Page>
        <Masthead
          title="What needs you"
          sub="4 things to do, and 4 you are waiting for. Your last visit was on Thursday 19 November."
          symbol={[
            { label: "Date", value: "Monday 23 November 2026" },
            { label: "Time", value: "15:42 Almaty · 10:42 UTC" },
          ]}
        />
        <Columns side={<Side />}>
          <Section title="To do" count={4}>
            <RailList>
              <RailEntry
                rail="Wed 25 Nov"
                railNote="in 2 days"
                meta={["SAIGA, arrangement", <EditedBy key="e" />]}
                action={
                  <LinkButton to="/a" tone="primary">
                    Review clause 15
                  </LinkButton>
                }
              >
                Clause 15 changed after you had agreed to it. Read the change and agree again.
              </RailEntry>
              <RailEntry
                rail="Thu 3 Dec"
                railNote="in 10 days"
                meta={["SAIGA, task T-04", <Blocked key="b" />]}
                action={<LinkButton to="/a">Open task</LinkButton>}
              >
                Death-penalty assurance: China and Egypt have not answered.
              </RailEntry>
              <RailEntry
                rail="No date"
                meta="SAIGA, task T-08 and clause 12"
                action={<LinkButton to="/a">Add authorisation</LinkButton>}
              >
                <PersonName name="يوسف حداد" latinName="Youssef Haddad" />: certified Arabic text of clauses 12 to 16.
                Without one the arrangement cannot be finalised.
              </RailEntry>
            </RailList>
          </Section>
        </Columns>
      </Page>
    </Frame>
  );
}

const EditedBy = () => (
  <>
    edited by <Plate code="EG" name="Egypt" /> today at 15:38
  </>
);

const Blocked = () => (
  <Status tone="stop" icon={Ban}>
    Blocked since 18 November
  </Status>
);

function Side() {
  return (
    <>
      <Section title="Next 14 days">
        <NoteList>
          <NoteEntry
            rail={<Instant at="2026-11-25T08:00:00Z" zone="Asia/Almaty" form="list" />}
            railNote="13:00"
            sub="Almaty 13:00, Cairo 10:00"
          >
            SAIGA: negotiation call 4
          </NoteEntry>
          <NoteEntry rail="Thu 26 Nov" sub="T-02">
            Caution rules, one page for each State
          </NoteEntry>
        </NoteList>
      </Section>
      <Section title="New since Thursday 19 November">
        <NoteList>
          <NoteEntry rail="Today" quiet>
            <Plate code="EG" name="Egypt" /> edited clause 15 of the arrangement. Two agreements to it were cleared.
          </NoteEntry>
        </NoteList>
      </Section>
    </>
  );
}

import { Lock, Plus } from "lucide-react";
import { EmptyState } from "#app/ui/EmptyState.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { PersonName } from "#app/ui/PersonName.tsx";
import { Section } from "#app/ui/Section.tsx";
import { Status } from "#app/ui/Status.tsx";
import { Sub } from "#app/ui/Sub.tsx";
import { Table } from "#app/ui/Table.tsx";
import { TableGroup } from "#app/ui/TableGroup.tsx";
import { ViewBar } from "#app/ui/ViewBar.tsx";
import { Views } from "#app/ui/Views.tsx";
import { TeamFrame } from "./TeamFrame.tsx";

const columns = ["Name", "Function and authority", "Role in this team", "From – to", { label: "Acts", hidden: true }];

/** 11: people, and 12: an empty list. */
export function PeopleSheet() {
  return (
    <TeamFrame>
      <Page wide>
        <Masthead
          title="People"
          sub="Only listed persons act for the team. The list is annex A1; a party changes its own members by written notice."
          symbol={[{ label: "Count", value: "9 members, 4 signatories" }]}
        />
        <ViewBar
          end={
            <LinkButton to="/invite" tone="primary" icon={Plus}>
              Invite a member of Kazakhstan
            </LinkButton>
          }
        >
          <Views
            label="Views"
            views={[
              { label: "Everyone", to: "?", current: true },
              { label: "By role", to: "?by=role" },
            ]}
          />
        </ViewBar>
        <Table label="People" columns={columns} kind="people">
          <TableGroup columns={5} code="KZ" name="Kazakhstan" own note="your party, 5 people" />
          <tr>
            <td>
              <PersonName name="Айгүл Нұрланова" latinName="Aigul Nurlanova" below you />
            </td>
            <td>
              Prosecutor<Sub>General Prosecutor’s Office</Sub>
            </td>
            <td>Leader, lead negotiator, space administrator</td>
            <td>whole period</td>
            <td>
              <a href="#x">Change</a>
            </td>
          </tr>
          <TableGroup columns={5} code="CN" name="China" note="4 people" />
          <tr>
            <td>
              <PersonName name="李文静" latinName="Li Wenjing" below />
            </td>
            <td>
              Prosecutor<Sub>Supreme People’s Procuratorate</Sub>
            </td>
            <td>
              <Status tone="hold" icon={Lock}>
                No access until annex A2-1 is signed
              </Status>
            </td>
            <td>whole period</td>
            <td />
          </tr>
        </Table>
        <Section title="Files">
          <EmptyState
            heads={["Date", "File", "Party", "Digest"]}
            lead="No file has been stored in this team."
            action={<LinkButton to="/up">Add a file</LinkButton>}
          >
            Files are stored with a digest and a chain of custody. Members of all parties can read them.
          </EmptyState>
        </Section>
      </Page>
    </TeamFrame>
  );
}

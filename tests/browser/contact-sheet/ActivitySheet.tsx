import { Download, RotateCcw } from "lucide-react";
import { Button } from "#app/ui/Button.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { Plate } from "#app/ui/Plate.tsx";
import { SealLine } from "#app/ui/SealLine.tsx";
import { TrailDay } from "#app/ui/TrailDay.tsx";
import { TrailEntry } from "#app/ui/TrailEntry.tsx";
import { TrailHead } from "#app/ui/TrailHead.tsx";
import { VerdictLine } from "#app/ui/VerdictLine.tsx";
import { ViewBar } from "#app/ui/ViewBar.tsx";
import { TeamFrame } from "./TeamFrame.tsx";

/** 13: the trail. */
export function ActivitySheet() {
  return (
    <TeamFrame>
      <Page wide>
        <Masthead
          title="Activity"
          sub="Every change, in order. Nothing in this list can be edited or removed."
          symbol={[
            { label: "Entries", value: "1,482 entries since 2 November 2026" },
            { label: "Zone", value: "Almaty time, UTC below" },
          ]}
        />
        <VerdictLine
          tone="good"
          title="The trail is whole"
          actions={
            <>
              <Button icon={RotateCcw}>Verify again</Button>
              <LinkButton to="/x" icon={Download} download>
                Export certificate
              </LinkButton>
            </>
          }
        >
          All 1,482 entries were recomputed in this browser at 15:43 and fit together.
        </VerdictLine>
        <ViewBar end={<LinkButton to="/csv">Download as CSV</LinkButton>} />
        <TrailHead />
        <TrailDay title="Monday 23 November 2026">
          <TrailEntry
            number="1,482"
            time="15:42:07"
            utc="10:42:07"
            who={<Who code="KZ" own name="Aigul Nurlanova" />}
            sub="10 findings: 3 block finalising, 2 block signature, 5 warnings."
            action={<a href="#r">Receipt</a>}
          >
            Checked the draft
          </TrailEntry>
          <SealLine sub="co-signed by 3 of 4 parties">Sealed to entry 1,481 at 15:41:28</SealLine>
          <TrailEntry
            number="1,481"
            time="15:40:31"
            utc="10:40:31"
            who={<Who code="EG" name="Noha El-Sayed" />}
            action={<a href="#r">Receipt</a>}
          >
            Wrote in clause 15
          </TrailEntry>
        </TrailDay>
      </Page>
    </TeamFrame>
  );
}

function Who({ name, ...party }: { code: string; own?: boolean; name: string }) {
  return (
    <>
      <Plate {...party} /> <bdi>{name}</bdi>
    </>
  );
}

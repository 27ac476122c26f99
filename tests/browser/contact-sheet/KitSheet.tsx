import { Ban, Lock, WifiOff } from "lucide-react";
import type { ReactNode } from "react";
import { Banner } from "#app/ui/Banner.tsx";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { Dialog } from "#app/ui/Dialog.tsx";
import { Digest } from "#app/ui/Digest.tsx";
import { DigestWords } from "#app/ui/DigestWords.tsx";
import { DocumentStatus } from "#app/ui/DocumentStatus.tsx";
import { FactList } from "#app/ui/FactList.tsx";
import { Frame } from "#app/ui/Frame.tsx";
import { Instant } from "#app/ui/Instant.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { MenuButton } from "#app/ui/MenuButton.tsx";
import { Page } from "#app/ui/Page.tsx";
import { PartyName } from "#app/ui/PartyName.tsx";
import { PersonName } from "#app/ui/PersonName.tsx";
import { Plate } from "#app/ui/Plate.tsx";
import { Progress } from "#app/ui/Progress.tsx";
import { Section } from "#app/ui/Section.tsx";
import { Status } from "#app/ui/Status.tsx";
import { Tally } from "#app/ui/Tally.tsx";
import { TextButton } from "#app/ui/TextButton.tsx";
import { Toast } from "#app/ui/Toast.tsx";

const parties = [
  { code: "KZ", name: "Kazakhstan", own: true, agreed: true },
  { code: "CN", name: "China", agreed: true },
  { code: "EG", name: "Egypt", agreed: true },
  { code: "NL", name: "Netherlands", agreed: false },
];
const digest = "4f1c9a07e2d85b360c71a94e8d25f3b067ce1d9452a8be037f60c81d39e5a24b";
const words = "cedar harbour lantern seven meadow copper winter anchor paper orchard silent bridge".split(" ");

/** 30: components and their states. */
export function KitSheet() {
  return (
    <Frame>
      <Page wide>
        <Masthead
          title="Components and their states"
          symbol={[{ label: "a", value: "Light, dark and more contrast" }]}
        />
        <Section title="Who: plates and tallies">
          <ButtonRow>
            {parties.map(({ agreed, ...party }) => (
              <PartyName key={party.code} {...party} />
            ))}
          </ButtonRow>
          <p>
            <Tally parties={parties}>Agreed by 3 of 4. Netherlands not yet.</Tally>
          </p>
          <p>
            <Plate code="KZ" own ink={1} /> You <Plate code="EG" ink={3} /> Noha El-Sayed, writing in 15
          </p>
          <p>
            <PersonName name="Данияр Жақсыбеков" latinName="Daniyar Zhaksybekov" lang="kk" /> ·{" "}
            <PersonName name="نهى السيد" latinName="Noha El-Sayed" /> ·{" "}
            <PersonName name="李文静" latinName="Li Wenjing" />
          </p>
        </Section>
        <Buttons />
        <Section title="Field chips in the text">
          <p className="txt">
            The team starts with <span className="fld nb">the last signature</span> and works for{" "}
            <span className="fld nb">12 months</span>. Assurance: <span className="fld empty nb">not chosen</span>.{" "}
            <ins className="p2">Silence is not consent.</ins> <del className="p2">promptly</del>
          </p>
        </Section>
        <Section title="Status words">
          <p className="statuses">
            <Status tone="good">Done</Status>
            <DocumentStatus state="negotiation" />
            <Status tone="plain">To do</Status>
            <Status tone="hold">Waiting for The Gambia</Status>
            <Status tone="warn">Outside coverage</Status>
            <Status tone="stop" icon={Ban}>
              Blocked
            </Status>
            <DocumentStatus state="finalised" />
            <DocumentStatus state="signing" />
            <DocumentStatus state="in_force" />
          </p>
        </Section>
        <Banners />
        <Section title="Digest and dates">
          <FactList
            facts={[
              {
                label: "Digest in words",
                value: <DigestWords words={words} />,
                hint: "The same words mean the same document.",
              },
              { label: "Digest, SHA-256", value: <Digest value={digest} /> },
              { label: "Instant", value: <Instant at="2026-11-25T08:00:00Z" zone="Asia/Almaty" /> },
              { label: "Legal", value: <Instant at="2026-12-12T23:59:59Z" zone="Asia/Almaty" form="legal" /> },
            ]}
          />
        </Section>
        <Section title="Dialog, menu, toast, progress">
          <ButtonRow>
            <Dialog trigger={<Button>Open dialog</Button>} title="You will be signed out in 2 minutes">
              <p>Nothing was typed or clicked for 28 minutes. What you typed is kept.</p>
              <ButtonRow>
                <Button tone="primary">Stay signed in</Button>
                <Button>Sign out</Button>
              </ButtonRow>
            </Dialog>
            <MenuButton
              label="Language"
              items={[
                { id: "en", label: "English", current: true },
                { id: "ar", label: "العربية", lang: "ar" },
                { id: "zh", label: "中文", lang: "zh" },
              ]}
            >
              Language
            </MenuButton>
            <Toast action={<TextButton>Undo</TextButton>}>T-06 moved to Doing.</Toast>
          </ButtonRow>
          <Spaced>
            <Progress
              label="Making the PDF"
              detail="page 21 of 38, about 10 seconds left"
              value={55}
              onCancel={() => {}}
            />
          </Spaced>
        </Section>
        <FourLanguages />
      </Page>
    </Frame>
  );
}

const Spaced = ({ children }: { children: ReactNode }) => <div className="mt-6">{children}</div>;

function Buttons() {
  return (
    <Section title="Buttons">
      <ButtonRow>
        <Button tone="primary">Send request</Button>
        <Button>Open task</Button>
        <Button tone="quiet">Cancel</Button>
        <Button tone="danger">Revoke access…</Button>
        <Button notPossible="Possible when no finding blocks finalising.">Agree to the whole text</Button>
        <Button tone="primary" busy working="Sending…">
          Send request
        </Button>
        <button type="button" className="btn is-focus">
          Focus
        </button>
      </ButtonRow>
    </Section>
  );
}

function Banners() {
  return (
    <Section title="Banners">
      <div className="stacked">
        <Banner tone="plain" icon={Lock} title="Locked as version 1.0" action={<Button small>Reopen…</Button>}>
          on 15 December 2026, 14:03 UTC. All four parties agreed to this text.
        </Banner>
        <Banner tone="hold" icon={WifiOff} title="Offline.">
          Your changes are kept in this tab and will be sent.
        </Banner>
        <Banner
          tone="stop"
          title="You no longer have access to this text."
          action={<Button small>Download them</Button>}
        >
          38 words of yours were not stored.
        </Banner>
        <Banner tone="good" title="Request sent to Spain." />
        <Banner tone="warn" title="The treaty status is 196 days old.">
          Check it before signature.
        </Banner>
      </div>
    </Section>
  );
}

function FourLanguages() {
  return (
    <Section title="The arrangement in four authentic languages">
      <div className="two">
        <p className="txt" lang="en">
          On the territory of each party the team acts under that party’s law and with full respect for its sovereignty.
        </p>
        <p className="txt" lang="ru">
          На территории каждой стороны группа действует по её законодательству при полном уважении её суверенитета.
        </p>
        <p className="txt" lang="ar" dir="rtl">
          يعمل الفريق في إقليم كل طرف وفقًا لقانونه ومع الاحترام الكامل لسيادته.
        </p>
        <p className="txt" lang="zh">
          联合调查组在每一方境内依照该方法律开展工作，充分尊重其主权。
        </p>
      </div>
    </Section>
  );
}

import "#app/i18n/english/security.ts";
import { Link } from "@remix-run/react";
import type { Slot } from "#app/domain/documents/document.server.ts";
import { lastDayBefore } from "#app/domain/documents/period.ts";
import { stateName } from "#app/domain/names/names.ts";
import { isNeeded, slotsBefore } from "#app/domain/signing/slots.ts";
import { formatDay } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Instant } from "./Instant.tsx";
import { PartyName } from "./PartyName.tsx";
import { PersonName } from "./PersonName.tsx";
import { Status, type StatusTone } from "./Status.tsx";
import { Sub } from "./Sub.tsx";
import { Table } from "./Table.tsx";

/** A slot as it comes to the page: instants as texts, or as Dates on the server. */
export type SlotLine = Omit<Slot, "decidedAt" | "dueAt"> & {
  decidedAt: string | Date | null;
  dueAt: string | Date | null;
};

const tones: Record<SlotLine["state"], StatusTone> = {
  waiting: "hold",
  checking: "hold",
  signed: "good",
  declined: "stop",
  void: "plain",
  copy: "plain",
};

type Props = {
  slots: readonly SlotLine[];
  ownParty: string | null;
  ownSlot: string | null;
  zone: string;
  at: string | Date;
  /** where papers are handed in and looked at; what the reader may do there */
  papers: { base: string; handIn: boolean; check: boolean; read: boolean };
};

/** Who signs for each party, in which order, and how far it is; the reader's State first. */
export function SlotTable({ slots, ownParty, ownSlot, ...rest }: Props) {
  const { t, i18n } = useTranslation();
  const { compare } = new Intl.Collator(i18n.language);
  const nameOf = (slot: SlotLine) => stateName(slot.partyState, i18n.language);
  const own = (slot: SlotLine) => (slot.partyId === ownParty ? 0 : 1);
  const sorted = [...slots].sort((a, b) => own(a) - own(b) || compare(nameOf(a), nameOf(b)) || a.position - b.position);
  const columns = [
    t("signing.slots.party"),
    t("signing.slots.signatory"),
    t("signing.slots.capacity"),
    t("signing.slots.status"),
  ];
  return (
    <Table label={t("signing.slots.title")} kind="slots" columns={columns}>
      {sorted.map((slot) => (
        <tr key={slot.id} className={slot.id === ownSlot ? "mine" : undefined}>
          <td>
            <PartyName code={slot.partyState} name={nameOf(slot)} own={slot.partyId === ownParty} />
            {slot.role !== "signatory" && <Sub>{t(`signing.role.${slot.role}`)}</Sub>}
          </td>
          <td>
            <PersonName name={slot.name} latinName={slot.latinName} below />
            {slot.delegated && <InsteadOf delegated={slot.delegated} />}
          </td>
          <td dir="auto">{slot.capacity}</td>
          <td>
            <SlotStatus slot={slot} own={slot.id === ownSlot} all={slots} />
            <HowSigned slot={slot} zone={rest.zone} />
            <Deadline slot={slot} at={rest.at} />
            <OutsideLinks slot={slot} mine={slot.id === ownSlot} papers={rest.papers} all={slots} />
            <PaperLinks slot={slot} own={slot.partyId === ownParty} papers={rest.papers} all={slots} />
          </td>
        </tr>
      ))}
    </Table>
  );
}

/** Both names stay. */
function InsteadOf({ delegated }: { delegated: NonNullable<SlotLine["delegated"]> }) {
  const { t } = useTranslation();
  return (
    <Sub>
      {t("signing.slots.insteadOf")} <bdi>{delegated.latinName || delegated.name}</bdi>, {t("signing.slots.mandate")}{" "}
      <bdi>{delegated.mandate}</bdi>
    </Sub>
  );
}

function SlotStatus({ slot, own, all }: { slot: SlotLine; own: boolean; all: readonly SlotLine[] }) {
  const { t, i18n } = useTranslation();
  const before = slot.state === "waiting" ? slotsBefore(slot, all) : [];
  if (own && slot.state === "waiting" && before.length === 0)
    return <Status tone="note">{t("signing.slotState.yourTurn")}</Status>;
  return (
    <>
      <Status tone={tones[slot.state]}>{t(`signing.slotState.${slot.state}`)}</Status>
      {before.length > 0 && <Sub>{t("signing.slots.waitsFor", { names: namesOf(before, i18n.language) })}</Sub>}
    </>
  );
}

export function namesOf(slots: readonly Pick<SlotLine, "latinName" | "name">[], language: string): string {
  return new Intl.ListFormat(language).format(slots.map(({ latinName, name }) => latinName || name));
}

function HowSigned({ slot, zone }: { slot: SlotLine; zone: string }) {
  const { t, i18n } = useTranslation();
  const { paper } = slot;
  return (
    <>
      {slot.level && slot.state === "signed" && <Sub>{t(`security.level.${slot.level}`)}</Sub>}
      {paper && (
        <Sub>
          {t("signing.slots.inkOn", {
            day: formatDay(paper.signedOn, i18n.language, "full"),
            place: paper.place,
          })}
        </Sub>
      )}
      {paper?.confirmed && (
        <Sub>
          {t("signing.slots.confirmedBy", {
            name: paper.confirmed.latinName || paper.confirmed.name,
            state: stateName(paper.confirmed.state, i18n.language),
          })}
        </Sub>
      )}
      {slot.decidedAt && slot.state !== "void" && (
        <Sub>
          <Instant at={slot.decidedAt} zone={zone} form="legal" />
        </Sub>
      )}
    </>
  );
}

function Deadline({ slot, at }: { slot: SlotLine; at: string | Date }) {
  const { t, i18n } = useTranslation();
  if (!slot.dueAt || !isNeeded(slot) || (slot.state !== "waiting" && slot.state !== "checking")) return null;
  const due = new Date(slot.dueAt);
  const day = formatDay(lastDayBefore(due, slot.timeZone), i18n.language, "full");
  const late = due <= new Date(at);
  return <Sub>{t(late ? "signing.slots.late" : "signing.slots.due", { day })}</Sub>;
}

/** To the page on which the own slot is signed outside; afterwards to the file. */
function OutsideLinks({
  slot,
  mine,
  papers,
  all,
}: {
  slot: SlotLine;
  mine: boolean;
  papers: Props["papers"];
  all: readonly SlotLine[];
}) {
  const { t } = useTranslation();
  const base = `${papers.base}/${slot.id}`;
  const outside = slot.methods.includes("national_qualified");
  if (mine && outside && slot.state === "waiting" && slotsBefore(slot, all).length === 0) {
    return (
      <Sub>
        <Link to={`${base}/outside`}>{t("signing.outside.link")}</Link>
      </Sub>
    );
  }
  if (slot.state !== "signed" || slot.method !== "national_qualified") return null;
  return (
    <>
      <Sub>{t("signing.outside.how")}</Sub>
      {papers.read && (
        <Sub>
          <Link to={`${base}/file`} reloadDocument>
            {t("signing.outside.file")}
          </Link>
        </Sub>
      )}
    </>
  );
}

function PaperLinks({
  slot,
  own,
  papers,
  all,
}: {
  slot: SlotLine;
  own: boolean;
  papers: Props["papers"];
  all: readonly SlotLine[];
}) {
  const { t } = useTranslation();
  const base = `${papers.base}/${slot.id}`;
  const inInk = slot.state === "waiting" && slot.methods.includes("ink") && slotsBefore(slot, all).length === 0;
  if (inInk && own && papers.handIn) {
    return (
      <Sub>
        <Link to={`${base}/paper`}>{t("signing.slots.handIn")}</Link>
      </Sub>
    );
  }
  if (!slot.paper) return null;
  return (
    <Sub>
      {slot.state === "checking" && !own && papers.check ? (
        <Link to={`${base}/check`}>{t("signing.slots.check")}</Link>
      ) : (
        papers.read && (
          <Link to={`${base}/original`} reloadDocument>
            {t("signing.slots.scan")}
          </Link>
        )
      )}
    </Sub>
  );
}

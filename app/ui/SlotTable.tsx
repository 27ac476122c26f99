import "#app/i18n/english/security.ts";
import type { Level } from "#app/domain/accounts/levels.ts";
import { stateName } from "#app/domain/names/names.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Instant } from "./Instant.tsx";
import { PartyName } from "./PartyName.tsx";
import { PersonName } from "./PersonName.tsx";
import { Status, type StatusTone } from "./Status.tsx";
import { Sub } from "./Sub.tsx";
import { Table } from "./Table.tsx";

export type SlotLine = {
  id: string;
  state: "waiting" | "signed" | "declined" | "void";
  decidedAt: string | Date | null;
  /** what the signatory proved to be there with */
  level?: Level | null;
  partyId: string;
  partyState: string;
  name: string;
  latinName: string;
  capacity: string;
};

const tones: Record<SlotLine["state"], StatusTone> = {
  waiting: "hold",
  signed: "good",
  declined: "stop",
  void: "plain",
};

type Props = { slots: readonly SlotLine[]; ownParty: string | null; ownSlot: string | null; zone: string };

/** Who signs for each party and how far it is; the reader's State first. */
export function SlotTable({ slots, ownParty, ownSlot, zone }: Props) {
  const { t, i18n } = useTranslation();
  const { compare } = new Intl.Collator(i18n.language);
  const nameOf = (slot: SlotLine) => stateName(slot.partyState, i18n.language);
  const own = (slot: SlotLine) => (slot.partyId === ownParty ? 0 : 1);
  const sorted = [...slots].sort((a, b) => own(a) - own(b) || compare(nameOf(a), nameOf(b)));
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
          </td>
          <td>
            <PersonName name={slot.name} latinName={slot.latinName} below />
          </td>
          <td dir="auto">{slot.capacity}</td>
          <td>
            <SlotStatus slot={slot} own={slot.id === ownSlot} />
            {slot.level && slot.state === "signed" && <Sub>{t(`security.level.${slot.level}`)}</Sub>}
            {slot.decidedAt && slot.state !== "void" && (
              <Sub>
                <Instant at={slot.decidedAt} zone={zone} form="legal" />
              </Sub>
            )}
          </td>
        </tr>
      ))}
    </Table>
  );
}

function SlotStatus({ slot, own }: { slot: SlotLine; own: boolean }) {
  const { t } = useTranslation();
  if (own && slot.state === "waiting") return <Status tone="note">{t("signing.slotState.yourTurn")}</Status>;
  return <Status tone={tones[slot.state]}>{t(`signing.slotState.${slot.state}`)}</Status>;
}

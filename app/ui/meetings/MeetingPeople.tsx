import "#app/i18n/english/meetings.ts";
import type { MeetingPerson, MeetingValues } from "#app/domain/meetings/meeting.ts";
import { stateName } from "#app/domain/names/names.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Plate } from "../Plate.tsx";
import { Status } from "../Status.tsx";
import { Sub } from "../Sub.tsx";
import { Table } from "../Table.tsx";

type Props = { people: readonly MeetingPerson[]; values: MeetingValues; held: boolean; ownState: string | null };

/** Who is invited and how each took part, in words and by an icon. */
export function MeetingPeople({ people, values, held, ownState }: Props) {
  const { t, i18n } = useTranslation();
  const { invited, attendance } = values;
  const named = people.filter(({ id }) => invited.includes(id) || id in attendance);
  if (named.length === 0) return <p className="prose">{t("meetings.page.noPeople")}</p>;
  const heads = [t("meetings.page.person"), t("meetings.page.party"), t("meetings.page.took")];
  return (
    <Table label={t("meetings.page.peopleTable")} columns={heads} kind="narrow">
      {named.map(({ id, name, latinName, state }) => (
        <tr key={id}>
          <td>
            <bdi>{latinName}</bdi>
            {name !== latinName && (
              <Sub>
                <bdi>{name}</bdi>
              </Sub>
            )}
          </td>
          <td>{state && <Plate code={state} name={stateName(state, i18n.language)} own={state === ownState} />}</td>
          <td>
            <How how={attendance[id] ?? (held ? "unknownAfter" : "unknown")} />
            {!invited.includes(id) && <Sub>{t("meetings.page.notInvited")}</Sub>}
          </td>
        </tr>
      ))}
    </Table>
  );
}

const tones = {
  in_person: "good",
  online: "good",
  apologies: "hold",
  absent: "warn",
  unknown: "plain",
  unknownAfter: "plain",
} as const;

function How({ how }: { how: keyof typeof tones }) {
  const { t } = useTranslation();
  return <Status tone={tones[how]}>{t(`meetings.page.how.${how}`)}</Status>;
}

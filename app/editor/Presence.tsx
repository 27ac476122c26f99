import "#app/i18n/english/editor.ts";
import { stateName } from "#app/domain/names/names.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { PersonName } from "#app/ui/PersonName.tsx";
import { Plate } from "#app/ui/Plate.tsx";
import type { Present } from "./connection-state.ts";
import type { Whereabouts } from "./whereabouts.ts";

type Props = { people: readonly Present[]; own: string; places: Whereabouts };

const shownOfAParty = 2;

/** Who has the text open and where, by party: the reader first. More than two people of one party become a number. */
export function Presence({ people, own, places }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <ul className="presence" aria-label={t("editor.presence.here")}>
        {byParty(people, own).map((group) =>
          group.length > shownOfAParty ? (
            <Many key={group[0]?.state ?? ""} group={group} />
          ) : (
            group.map((one) => (
              <One key={one.id} person={one} you={one.id === own} place={places.get(one.id) ?? null} />
            ))
          ),
        )}
      </ul>
      <p className="vh" role="status">
        {people.length > 0 ? t("editor.presence.count", { count: people.length }) : ""}
      </p>
    </>
  );
}

function One({ person, you, place }: { person: Present; you: boolean; place: number | null }) {
  const { t } = useTranslation();
  const where =
    place !== null && person.writes ? t("editor.presence.in", { number: place }) : t("editor.presence.reads");
  return (
    <li className={`p${person.ink ?? 6}`}>
      <Plate code={person.state ?? "–"} own={you} />
      <span>
        {you ? t("editor.presence.you") : <PersonName name={person.latinName} />}
        <i>, {where}</i>
      </span>
    </li>
  );
}

function Many({ group }: { group: readonly Present[] }) {
  const { t, i18n } = useTranslation();
  const [first] = group;
  if (!first) return null;
  const state = first.state ? stateName(first.state, i18n.language) : "";
  return (
    <li className={`p${first.ink ?? 6}`}>
      <Plate code={first.state ?? "–"} />
      <span title={group.map((one) => one.latinName).join(", ")}>
        {t("editor.presence.more", { state, count: group.length })}
      </span>
    </li>
  );
}

function byParty(people: readonly Present[], own: string): Present[][] {
  const groups = new Map<string, Present[]>();
  const me = people.filter((one) => one.id === own);
  for (const one of people) {
    if (one.id === own) continue;
    const key = one.state ?? one.id;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...(me.length > 0 ? [me] : []), ...groups.values()];
}

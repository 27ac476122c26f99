import "#app/i18n/english/meetings.ts";
import {
  type Edition,
  fieldsChanged,
  type MeetingField,
  type MeetingPerson,
  type MeetingValues,
} from "#app/domain/meetings/meeting.ts";
import { formatInstant } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Status } from "../Status.tsx";

type Props = { editions: readonly Edition[]; people: readonly MeetingPerson[]; startsAt: string; zone: string };

/** What was changed, by whom and when, with the words before and after; changes after the meeting began are marked. */
export function MeetingHistory({ editions, people, startsAt, zone }: Props) {
  const { t, i18n } = useTranslation();
  const inWords = useFieldWords(people);
  return (
    <ol className="meeting-history">
      {editions.map((edition, index) => {
        const before = editions[index + 1];
        const when = formatInstant(edition.at, { language: i18n.language, zone });
        return (
          <li key={edition.edition}>
            <p>
              {t("meetings.page.changedBy", { when, who: edition.by })}{" "}
              {before && edition.at > startsAt && <Status tone="warn">{t("meetings.page.afterwards")}</Status>}
            </p>
            {before ? (
              <ul>
                {fieldsChanged(before.values, edition.values).map((field) => (
                  <li key={field}>
                    {t("meetings.page.changedField", { field: t(`meetings.fields.${field}`) })}{" "}
                    <span className="sub">{t("meetings.page.from")}</span>{" "}
                    <del dir="auto">{inWords(field, before.values)}</del>{" "}
                    <span className="sub">{t("meetings.page.to")}</span>{" "}
                    <ins dir="auto">{inWords(field, edition.values)}</ins>
                  </li>
                ))}
              </ul>
            ) : (
              <p>{t("meetings.page.first")}</p>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function useFieldWords(people: readonly MeetingPerson[]) {
  const { t } = useTranslation();
  const nameOf = (member: string) => people.find(({ id }) => id === member)?.latinName ?? "–";
  return (field: MeetingField, values: MeetingValues): string => {
    const said = () => {
      switch (field) {
        case "agenda":
          return values.agenda.map((item, index) => `${index + 1}. ${item}`).join("; ");
        case "invited":
          return values.invited.map(nameOf).sort().join(", ");
        case "attendance":
          return Object.entries(values.attendance)
            .map(([member, how]) => `${nameOf(member)}: ${t(`meetings.page.how.${how}`)}`)
            .sort()
            .join("; ");
        case "start":
        case "end":
          return values[field].replace("T", " ");
        default:
          return values[field];
      }
    };
    return said() || t("meetings.page.nothing");
  };
}

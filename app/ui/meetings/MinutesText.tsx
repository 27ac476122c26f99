import "#app/i18n/english/meetings.ts";
import type { Content } from "#app/domain/documents/content.ts";
import type { MinutesHead } from "#app/domain/meetings/minutes.server.ts";
import { stateName } from "#app/domain/names/names.ts";
import { FrozenText } from "#app/editor/FrozenText.tsx";
import { formatDay, zoneName } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { FactList } from "../FactList.tsx";

type Props = { head: MinutesHead; languages: Content["languages"] };

/** The minutes as they are frozen, or would be: who met, and the words, from the bytes of the digest alone. */
export function MinutesText({ head, languages }: Props) {
  const { t, i18n } = useTranslation();
  const said = (typed: string) => {
    const [day = "", time] = typed.split("T");
    return `${formatDay(day, i18n.language, "full")}, ${time}`;
  };
  const people = head.people.map(({ latinName, state, how }) => {
    const name = state ? `${latinName} (${stateName(state, i18n.language)})` : latinName;
    return `${name}: ${t(`meetings.page.how.${how ?? "unknownAfter"}`)}`;
  });
  const facts = [
    { label: t("meetings.subject"), value: <bdi>{head.title}</bdi> },
    {
      label: t("meetings.page.when"),
      value: `${said(head.start)} – ${said(head.end)} ${zoneName(head.timeZone)}`,
    },
    head.place !== "" && { label: t("meetings.page.place"), value: <bdi>{head.place}</bdi> },
    {
      label: t("meetings.fields.attendance"),
      value: (
        <ul>
          {people.map((one) => (
            <li key={one}>
              <span dir="auto">{one}</span>
            </li>
          ))}
        </ul>
      ),
    },
    head.guests !== "" && { label: t("meetings.fields.guests"), value: <span dir="auto">{head.guests}</span> },
  ].filter((fact) => fact !== false);
  return (
    <>
      <FactList facts={facts} />
      <div className="minutes-text">
        {Object.entries(languages).map(([language, doc]) => (
          <FrozenText key={language} doc={doc} fields={{}} language={language} />
        ))}
      </div>
    </>
  );
}

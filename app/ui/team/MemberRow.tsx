import { Link } from "@remix-run/react";
import { nameIn } from "#app/domain/jits/jit.ts";
import type { MemberLine } from "#app/domain/jits/members.ts";
import { formatDay, formatInstant } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { PersonName } from "../PersonName.tsx";
import { Sub } from "../Sub.tsx";
import { officeOf } from "./office.ts";
import { RoleDays } from "./RoleDays.tsx";
import { roleList } from "./words.ts";

type Props = { member: MemberLine; you: boolean; to: string; acts: { change: boolean; remove: boolean } };

/** One person of the list: both names, office, roles, and from when to when. */
export function MemberRow({ member, you, to, acts }: Props) {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  const signs = member.roles.some(({ role }) => role === "signatory") && member.capacity;
  return (
    <tr className={you ? "mine" : undefined}>
      <th scope="row">
        <Link to={to} className="plain">
          <PersonName name={member.name} latinName={member.latinName} lang={member.language} you={you} below />
        </Link>
      </th>
      <td>
        <span dir="auto">{officeOf(t, member.function)}</span>
        <Sub>
          <bdi>{nameIn(language, member.authorityNames)}</bdi>
        </Sub>
      </td>
      <td>
        {roleList(
          t,
          language,
          member.roles.map(({ role }) => role),
        )}
        {signs && (
          <Sub>
            <bdi>{member.capacity}</bdi>
          </Sub>
        )}
        {member.leftAt &&
          t("jits.people.leftAt", {
            day: formatInstant(member.leftAt, { language, zone: member.timeZone, form: "day" }),
          })}
      </td>
      <td className="num">
        <RoleDays roles={member.roles} day={(date) => formatDay(date, language)} />
      </td>
      <td className="end">
        <RowActs to={to} acts={acts} name={member.latinName} />
      </td>
    </tr>
  );
}

function RowActs({ to, acts, name }: { to: string; acts: Props["acts"]; name: string }) {
  const { t } = useTranslation();
  return (
    <span className="inline-flex flex-wrap justify-end gap-x-4">
      {acts.change && (
        <Link to={to}>
          {t("jits.people.change")}
          <span className="vh"> {t("jits.people.changeWho", { name })}</span>
        </Link>
      )}
      {acts.remove && (
        <Link to={`${to}/revoke`}>
          {t("jits.people.remove")}
          <span className="vh"> {name}</span>
        </Link>
      )}
    </span>
  );
}

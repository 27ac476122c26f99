import "#app/i18n/english/meetings.ts";
import { Link } from "@remix-run/react";
import { type MeetingLine, meetingReference } from "#app/domain/meetings/meeting.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Status } from "../Status.tsx";
import { Table } from "../Table.tsx";
import { meetingWhen } from "./words.ts";

type Props = { meetings: readonly MeetingLine[]; label: string; base: string; past?: boolean };

/** Meetings with their minutes. */
export function MeetingTable({ meetings, label, base, past }: Props) {
  const { t, i18n } = useTranslation();
  const heads = [t("meetings.number"), t("meetings.subject"), t("meetings.when"), t("meetings.who")];
  return (
    <Table label={label} columns={[...heads, t("meetings.minutesColumn")]}>
      {meetings.map((one) => (
        <tr key={one.id}>
          <td className="num">{meetingReference(one.number)}</td>
          <td>
            <Link to={`${base}/${meetingReference(one.number)}`} dir="auto">
              {one.title}
            </Link>{" "}
            {one.calledOff && <Status tone="stop">{t("meetings.calledOff")}</Status>}
          </td>
          <td className="num">{meetingWhen(t, one, i18n.language)}</td>
          <td>
            {past && !one.calledOff
              ? t("meetings.presentCount", { present: one.present, invited: one.invited })
              : t("meetings.invitedCount", { count: one.invited })}
          </td>
          <td>
            <MinutesStatus state={one.minutes?.state ?? "none"} />
          </td>
        </tr>
      ))}
    </Table>
  );
}

export function MinutesStatus({ state }: { state: "none" | "draft" | "finalised" }) {
  const { t } = useTranslation();
  const tones = { none: "plain", draft: "note", finalised: "good" } as const;
  return <Status tone={tones[state]}>{t(`meetings.minutesState.${state}`)}</Status>;
}

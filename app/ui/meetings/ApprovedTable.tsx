import "#app/i18n/english/meetings.ts";
import { Link } from "@remix-run/react";
import type { Minutes } from "#app/domain/meetings/minutes.server.ts";
import { formatInstant } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Digest } from "../Digest.tsx";
import { Status } from "../Status.tsx";
import { Table } from "../Table.tsx";

type Props = { approved: Minutes["approved"]; base: string; zone: string };

/** Every version that was approved, with its digest; none is ever taken away. */
export function ApprovedTable({ approved, base, zone }: Props) {
  const { t, i18n } = useTranslation();
  const heads = [t("meetings.minutes.title"), t("meetings.minutesState.finalised"), t("meetings.minutes.digest")];
  return (
    <Table label={t("meetings.minutes.approvedTable")} columns={heads}>
      {approved.map(({ version, digest, approvedAt, approvedBy, replaced }) => (
        <tr key={version}>
          <td>
            <Link to={`${base}?version=${version}`}>{t("meetings.minutes.version", { version })}</Link>{" "}
            <Status tone={replaced ? "plain" : "good"}>
              {t(replaced ? "meetings.minutes.replaced" : "meetings.minutes.lastWord")}
            </Status>
          </td>
          <td>
            {t("meetings.minutes.approvedBy", {
              who: approvedBy ?? "–",
              when: formatInstant(approvedAt, { language: i18n.language, zone }),
            })}
          </td>
          <td>
            <Digest value={digest} />
          </td>
        </tr>
      ))}
    </Table>
  );
}

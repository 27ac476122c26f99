import { useTranslation } from "#app/i18n/translation.ts";
import { FileLink } from "./FileLink.tsx";

/** Where the record with everything that the team approved for itself is taken away. `team`: the address of the team. */
export function RecordToCheck({ team, hint }: { team: string; hint: string }) {
  const { t } = useTranslation();
  return (
    <>
      <p className="hint">{hint}</p>
      <div className="btn-row">
        <FileLink to={`${team}/agreement/export?with=approved`} tone="quiet" small>
          {t("shell.recordWithApproved")}
        </FileLink>
      </div>
    </>
  );
}

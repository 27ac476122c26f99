import { useTranslation } from "#app/i18n/translation.ts";
import { LinkButton } from "./LinkButton.tsx";
import { Mark } from "./Mark.tsx";

type Props = { status: number; reference?: string | null; installation: string };

type Kind = "forbidden" | "notFound" | "conflict" | "tooMany" | "failed";
const kinds: Record<number, Kind> = { 403: "forbidden", 404: "notFound", 409: "conflict", 429: "tooMany" };

/** Which of the refusals a status is. */
export function refusalKind(status: number): Kind {
  return kinds[status] ?? "failed";
}

/**
 * What stands instead of a page: what happened, why, one way on. 404 is the same for nonsense and for what you may not
 * know of.
 */
export function RefusalPage({ status, reference, installation }: Props) {
  const { t } = useTranslation();
  const kind = refusalKind(status);
  return (
    <div className="frame">
      <header className="bar">
        <Mark installation={installation} to="/home" />
      </header>
      <div className="app no-nav">
        <main id="content" tabIndex={-1}>
          <div className="page refusal">
            <h1 className="blank-lead">{t(`shell.refusal.${kind}.title`)}</h1>
            <p className="blank-why">{t(`shell.refusal.${kind}.why`)}</p>
            {kind === "failed" && reference && (
              <p className="ref num">{t("shell.refusal.failed.reference", { reference })}</p>
            )}
            <div className="btn-row">
              <LinkButton to={kind === "failed" ? "" : "/home"} tone="primary" download={kind === "failed"}>
                {t(`shell.refusal.${kind}.way`)}
              </LinkButton>
            </div>
          </div>
        </main>
      </div>
    </div>
  );
}

import "#app/i18n/english/security.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Banner } from "./Banner.tsx";
import { Button } from "./Button.tsx";
import { ButtonRow } from "./ButtonRow.tsx";
import { useInstallation } from "./HomeFrame.tsx";

/** The one time recovery codes are shown. */
export function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  const { t } = useTranslation();
  const installation = useInstallation();
  const text = [t("security.codes.file", { installation }), "", ...codes, ""].join("\r\n");
  return (
    <>
      <Banner tone="good" title={t("security.codes.shown")} live>
        {t("security.codes.keep")}
      </Banner>
      <ul className="recovery-codes" dir="ltr">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <ButtonRow>
        <span className="script-only">
          <Button onPress={() => window.print()}>{t("security.codes.print")}</Button>
        </span>
        <a
          className="btn"
          download="recovery-codes.txt"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
        >
          {t("security.codes.download")}
        </a>
      </ButtonRow>
    </>
  );
}

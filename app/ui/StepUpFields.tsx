import "#app/i18n/english/security.ts";
import { useState } from "react";
import { useTranslation } from "#app/i18n/translation.ts";
import { CodeField } from "./AppSetUp.tsx";
import { FieldPair } from "./FieldPair.tsx";
import { PasswordField } from "./PasswordField.tsx";
import { RadioGroup } from "./RadioGroup.tsx";

/** How the signatory proves to be there: with a passkey, or with password and code, or a choice of the two. */
export function StepUpFields({ passkey, code }: { passkey: boolean; code: boolean }) {
  const { t } = useTranslation();
  const [by, choose] = useState(passkey ? "passkey" : "code");
  const options = [
    { value: "passkey", label: t("security.sign.byPasskey") },
    { value: "code", label: t("security.sign.byCode") },
  ];
  return (
    <>
      {passkey && code ? (
        <div onChange={(event) => choose((event.target as HTMLInputElement).value)}>
          <RadioGroup name="by" label={t("security.sign.how")} options={options} defaultValue="passkey" />
        </div>
      ) : (
        <input type="hidden" name="by" value={by} />
      )}
      {passkey && by === "passkey" && <p className="hint">{t("security.sign.passkeyHint")}</p>}
      {code && by === "code" && (
        <FieldPair>
          <PasswordField
            name="password"
            label={t("signing.mandate.password")}
            hint={t("signing.mandate.passwordHint")}
            autoComplete="current-password"
          />
          <CodeField label={t("security.sign.code")} />
        </FieldPair>
      )}
    </>
  );
}

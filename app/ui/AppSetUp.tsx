import "#app/i18n/english/security.ts";
import type { QrPicture } from "#app/domain/accounts/totp-picture.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "./Button.tsx";
import { ButtonRow } from "./ButtonRow.tsx";
import { FactList } from "./FactList.tsx";
import { Form } from "./Form.tsx";
import type { Refusal } from "./form-context.ts";
import { TextField } from "./TextField.tsx";

type Props = { secret: string; picture: QrPicture; refusal?: Refusal };

/** The secret of an app that waits for its first code. Dark on white in every theme: cameras read it so. */
export function AppSetUp({ secret, picture, refusal }: Props) {
  const { t } = useTranslation();
  const label = t("security.app.code");
  const edge = picture.size + 8;
  return (
    <Form refusal={refusal} labels={{ code: label }} apart>
      <p>{t("security.app.scan")}</p>
      <svg className="qr" viewBox={`-4 -4 ${edge} ${edge}`} role="img" aria-label={t("security.app.picture")}>
        <rect x="-4" y="-4" width={edge} height={edge} fill="#fff" />
        <path d={picture.path} fill="#000" shapeRendering="crispEdges" />
      </svg>
      <FactList
        facts={[
          { label: t("security.app.secret"), value: <code dir="ltr">{secret.replace(/.{4}(?=.)/g, "$& ")}</code> },
        ]}
      />
      <input type="hidden" name="act" value="addApp" />
      <CodeField label={label} hint={t("security.app.codeHint")} />
      <ButtonRow>
        <Button tone="primary" type="submit" working={t("security.app.acting")}>
          {t("security.app.act")}
        </Button>
      </ButtonRow>
    </Form>
  );
}

/** A code that is typed once and not given back with a refusal. */
export function CodeField({ label, hint, focus }: { label: string; hint?: string; focus?: boolean }) {
  return (
    <TextField
      name="code"
      label={label}
      hint={hint}
      dir="ltr"
      autoComplete="one-time-code"
      spellCheck={false}
      maxLength={40}
      autoFocus={focus}
      forget
    />
  );
}

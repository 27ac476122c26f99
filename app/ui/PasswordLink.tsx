import "#app/i18n/english/admin.ts";
import { Copy } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "#app/i18n/translation.ts";
import { Banner } from "./Banner.tsx";
import { Button } from "./Button.tsx";
import { ButtonRow } from "./ButtonRow.tsx";
import { TextField } from "./TextField.tsx";

/** The one time a link to choose a password is shown. */
export function PasswordLink({ name, link }: { name: string; link: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(link);
    setCopied(true);
  };
  return (
    <>
      <Banner tone="good" title={t("admin.people.made.title", { name })} live>
        {t("admin.people.made.body")}
      </Banner>
      <TextField name="link" label={t("admin.people.made.label")} defaultValue={link} dir="ltr" readOnly />
      <ButtonRow>
        <span className="script-only">
          <Button icon={Copy} onPress={copy}>
            {copied ? t("admin.people.made.copied") : t("admin.people.made.copy")}
          </Button>
        </span>
      </ButtonRow>
    </>
  );
}

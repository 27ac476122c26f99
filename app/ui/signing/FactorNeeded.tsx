import "#app/i18n/english/security.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Banner } from "../Banner.tsx";
import { LinkButton } from "../LinkButton.tsx";

/** Nothing binds with the password alone: the way to a second factor, and back here. */
export function FactorNeeded({ title, back }: { title: string; back: string }) {
  const { t } = useTranslation();
  return (
    <Banner
      tone="hold"
      title={title}
      action={
        <LinkButton to={`/me/security?next=${encodeURIComponent(back)}`} tone="primary">
          {t("security.sign.setUp")}
        </LinkButton>
      }
    >
      {t("security.sign.neededWhy")}
    </Banner>
  );
}

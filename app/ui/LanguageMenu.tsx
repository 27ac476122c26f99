import { Languages } from "lucide-react";
import { languages as known } from "#app/i18n/languages.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Icon } from "./Icon.tsx";
import { MenuButton } from "./MenuButton.tsx";

type Props = { language: string; languages: readonly { code: string; to: string }[] };

/** The languages of the interface, each under its own name. */
export function LanguageMenu({ language, languages }: Props) {
  const { t } = useTranslation();
  const items = languages.map(({ code, to }) => ({
    id: code,
    label: nameOf(code),
    lang: code,
    to,
    current: code === language,
  }));
  return (
    <MenuButton label={t("shell.language")} items={items} className="bar-link lang-btn">
      <Icon of={Languages} />
      <span>{nameOf(language)}</span>
    </MenuButton>
  );
}

const nameOf = (code: string) => known.find((language) => language.code === code)?.name ?? code;

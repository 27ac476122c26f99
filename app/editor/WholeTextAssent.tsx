import "#app/i18n/english/agreeing.ts";
import { isAgreedByAll } from "#app/domain/agreeing/assents.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { standsInWords } from "#app/ui/agreement/assent-words.ts";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import type { AgreedSoFar } from "./assents.ts";

/** At the foot of the panel: how far the parties are with the whole text, and the way to say yes to it. */
export function WholeTextAssent({ agreed, to }: { agreed: AgreedSoFar; to: string }) {
  const translation = useTranslation();
  const { t } = translation;
  const { whole, mayAgree, own } = agreed;
  const holds = whole.some((stand) => stand.party.id === own?.id && stand.holds);
  return (
    <div className="p-clause p-whole">
      <section>
        <h3>{t("agreeing.text.title")}</h3>
        <p>{standsInWords(whole, translation)}</p>
        <LinkButton to={to} small tone={mayAgree && !holds && !isAgreedByAll(whole) ? "secondary" : "quiet"}>
          {t(mayAgree && !holds ? "agreeing.text.agree" : "agreeing.text.see")}
        </LinkButton>
      </section>
    </div>
  );
}

import "#app/i18n/english/treaty-status.ts";
import { type Declarations, declarationKinds } from "#app/domain/law/treaty-status.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Sub } from "../Sub.tsx";

/** What a State declared, in its own words under the paragraph of the Convention. */
export function DeclarationList({ declarations }: { declarations: Declarations }) {
  const { t } = useTranslation();
  const kinds = declarationKinds.filter((kind) => declarations[kind]);
  if (kinds.length === 0) return <Sub>{t("treatyStatus.noDeclarations")}</Sub>;
  return kinds.map((kind) => (
    <Sub key={kind}>
      {t(`treatyStatus.kinds.${kind}`)}: <bdi>{declarations[kind]}</bdi>
    </Sub>
  ));
}

import { useTranslation } from "react-i18next";
import { stateChoices, zoneChoices } from "#app/i18n/choices.ts";
import { FieldPair } from "./FieldPair.tsx";
import { Select } from "./Select.tsx";
import { TextField } from "./TextField.tsx";

const kinds = ["prosecution", "court", "police", "customs", "tax", "fiu", "ministry", "io"] as const;

/** The fields of an authority; without a State it is an organisation. */
export function AuthorityFields() {
  const { t, i18n } = useTranslation();
  return (
    <>
      <TextField name="name" label={t("admin.authorities.name")} dir="ltr" />
      <FieldPair uneven>
        <TextField name="ownName" label={t("admin.authorities.ownName")} />
        <TextField
          name="ownLanguage"
          label={t("admin.authorities.ownLanguage")}
          hintAfter={t("admin.authorities.ownLanguageHint")}
          dir="ltr"
        />
      </FieldPair>
      <FieldPair>
        <Select
          name="state"
          label={t("admin.authorities.state")}
          emptyLabel={t("admin.authorities.organisation")}
          options={stateChoices(i18n.language)}
        />
        <Select
          name="kind"
          label={t("admin.authorities.kind")}
          options={kinds.map((value) => ({ value, label: t(`admin.authorities.kinds.${value}`) }))}
          defaultValue="prosecution"
        />
      </FieldPair>
      <Select name="timeZone" label={t("admin.authorities.zone")} options={zoneChoices()} defaultValue="UTC" />
    </>
  );
}

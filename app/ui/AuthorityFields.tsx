import "#app/i18n/english/admin.ts";
import { Fragment } from "react";
import { type Choice, zoneChoices } from "#app/i18n/choices.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Select } from "./Select.tsx";
import { TextField } from "./TextField.tsx";

const kinds = ["prosecution", "court", "police", "customs", "tax", "fiu", "ministry", "io"] as const;

/** What the fields are called, for sentences about them. */
export function useAuthorityLabels(): Record<string, string> {
  const { t } = useTranslation();
  return {
    name: t("admin.authorities.name"),
    ownName: t("admin.authorities.ownName"),
    otherName: t("admin.authorities.otherName"),
    ownLanguage: t("admin.authorities.ownLanguage"),
    otherLanguage: t("admin.authorities.ownLanguage"),
    timeZone: t("admin.authorities.zone"),
  };
}

/** The fields of an authority; without a State it is an organisation. */
export function AuthorityFields({ states, languages }: { states: Choice[]; languages: Choice[] }) {
  const { t } = useTranslation();
  const others = languages.filter(({ value }) => value !== "en");
  return (
    <>
      <TextField name="name" label={t("admin.authorities.name")} dir="ltr" />
      {(["own", "other"] as const).map((kind) => (
        <Fragment key={kind}>
          <TextField name={`${kind}Name`} label={t(`admin.authorities.${kind}Name`)} required={false} />
          <Select
            name={`${kind}Language`}
            label={t("admin.authorities.ownLanguage")}
            required={false}
            emptyLabel={t("admin.authorities.chooseLanguage")}
            options={others}
          />
        </Fragment>
      ))}
      <Select
        name="state"
        label={t("admin.authorities.state")}
        emptyLabel={t("admin.authorities.organisation")}
        options={states}
      />
      <Select
        name="kind"
        label={t("admin.authorities.kind")}
        options={kinds.map((value) => ({ value, label: t(`admin.authorities.kinds.${value}`) }))}
        defaultValue="prosecution"
      />
      <Select name="timeZone" label={t("admin.authorities.zone")} options={zoneChoices()} defaultValue="UTC" />
    </>
  );
}

import "#app/i18n/english/admin.ts";
import { globalRoles } from "#app/domain/roles.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { CheckboxGroup } from "./CheckboxGroup.tsx";

/** Roles on the installation; that of a practitioner everybody has. */
export const givenRoles = globalRoles.filter((role) => role !== "practitioner");

export function GlobalRoleChoice({ chosen }: { chosen?: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <CheckboxGroup
      name="globalRoles"
      label={t("admin.people.roles")}
      hint={t("admin.people.rolesHint")}
      defaultValue={chosen}
      options={givenRoles.map((value) => ({ value, label: t(`admin.people.globalRoles.${value}`) }))}
    />
  );
}

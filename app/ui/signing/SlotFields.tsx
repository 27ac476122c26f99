import { type Method, slotRoles } from "#app/domain/signing/slots.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { DateField } from "../DateField.tsx";
import { FieldPair } from "../FieldPair.tsx";
import { Select } from "../Select.tsx";

type Props = {
  member: { id: string; name: string; latinName: string; capacity: string };
  /** may sign; otherwise a copy can be sent to the person */
  signs: boolean;
  chosen: boolean;
  /** allowed by the agreement and there in this product */
  ways: readonly Method[];
};

/** What one member does, in which way and until when. Names of fields begin with a letter, ids do not. */
export function SlotFields({ member, signs, chosen, ways }: Props) {
  const { t } = useTranslation();
  const key = `m${member.id}`;
  const person = [member.latinName || member.name, member.capacity].filter(Boolean).join(", ");
  const roles = signs ? slotRoles : (["copy"] as const);
  const choices = choicesOf(ways);
  return (
    <div>
      <Select
        name={`role.${key}`}
        label={person}
        emptyLabel={t(signs ? "signing.open.nothing" : "signing.open.noCopy")}
        defaultValue={chosen ? "signatory" : ""}
        options={roles.map((role) => ({ value: role, label: t(`signing.role.${role}`) }))}
      />
      {signs && choices.length > 0 && (
        <FieldPair>
          <Select
            name={`way.${key}`}
            label={t("signing.open.way")}
            defaultValue={choices[0]}
            options={choices.map((way) => ({ value: way, label: t(`signing.way.${way}`) }))}
          />
          <DateField name={`due.${key}`} label={t("signing.open.due")} />
        </FieldPair>
      )}
    </div>
  );
}

/** The ways, and the choice of two that the signatory can be left with. */
export function choicesOf(ways: readonly Method[]): readonly (Method | "either")[] {
  return ways.includes("workspace") && ways.includes("ink") ? [...ways, "either"] : ways;
}

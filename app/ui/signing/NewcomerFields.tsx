import type { Method } from "#app/domain/signing/slots.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { DateField } from "../DateField.tsx";
import { FieldPair } from "../FieldPair.tsx";
import { Section } from "../Section.tsx";
import { Select } from "../Select.tsx";
import { TextField } from "../TextField.tsx";
import { choicesOf } from "./SlotFields.tsx";

/** Who signs for the State that joins by this annex: it has nobody in the team yet. */
export function NewcomerFields({ state, ways }: { state: string; ways: readonly Method[] }) {
  const { t } = useTranslation();
  const choices = choicesOf(ways);
  return (
    <Section title={t("signing.open.newcomer", { state })}>
      <TextField
        name="newcomer"
        label={t("signing.open.newcomerEmail")}
        hint={t("signing.open.newcomerHint", { state })}
        type="email"
        dir="ltr"
        autoComplete="off"
      />
      {choices.length > 0 && (
        <FieldPair>
          <Select
            name="newcomerWay"
            label={t("signing.open.way")}
            defaultValue={choices[0]}
            options={choices.map((way) => ({ value: way, label: t(`signing.way.${way}`) }))}
          />
          <DateField name="newcomerDue" label={t("signing.open.due")} />
        </FieldPair>
      )}
    </Section>
  );
}

import "#app/i18n/english/treaty-status.ts";
import { declarationKinds, standings, type TreatyStatus } from "#app/domain/law/treaty-status.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "../Button.tsx";
import { ButtonRow } from "../ButtonRow.tsx";
import { DateField } from "../DateField.tsx";
import { FieldPair } from "../FieldPair.tsx";
import { Form } from "../Form.tsx";
import type { Refusal } from "../form-context.ts";
import { LinkButton } from "../LinkButton.tsx";
import { RadioGroup } from "../RadioGroup.tsx";
import { TextArea } from "../TextArea.tsx";

type Props = {
  /** what stands, with its number; null: nothing is recorded */
  status: (TreatyStatus & { number: number }) | null;
  refusal: Refusal | null;
  back: string;
};

/** What an administrator looked up about one State. Where and when is asked anew each time, never taken over. */
export function StatusForm({ status, refusal, back }: Props) {
  const { t } = useTranslation();
  const words = t("treatyStatus.form", { returnObjects: true });
  const labelOf = (kind: (typeof declarationKinds)[number]) => t(`treatyStatus.kinds.${kind}`);
  const labels = {
    party: words.party,
    inForceOn: words.inForceOn,
    source: words.source,
    lookedUpOn: words.lookedUpOn,
    ...Object.fromEntries(declarationKinds.map((kind) => [`declarations.${kind}`, labelOf(kind)])),
  };
  return (
    <Form refusal={refusal} labels={labels}>
      <input type="hidden" name="seen" value={status?.number ?? 0} />
      <RadioGroup
        name="party"
        label={labels.party}
        defaultValue={status?.party}
        options={standings.map((value) => ({
          value,
          label: t(`treatyStatus.standing.${value}`),
          hint: value === "unknown" ? words.unknownHint : undefined,
        }))}
      />
      <DateField
        name="inForceOn"
        label={labels.inForceOn}
        hint={words.inForceHint}
        required={false}
        defaultValue={status?.inForceOn ?? undefined}
      />
      <fieldset className="field-row">
        <legend className="label">{words.declarations}</legend>
        <p className="hint">{words.declarationsHint}</p>
        {declarationKinds.map((kind) => (
          <TextArea
            key={kind}
            name={`declarations.${kind}`}
            label={labelOf(kind)}
            hint={kind === "disputes" ? words.disputesHint : undefined}
            required={false}
            rows={2}
            defaultValue={status?.declarations[kind]}
          />
        ))}
      </fieldset>
      <FieldPair>
        <TextArea name="source" label={labels.source} hint={words.sourceHint} rows={3} />
        <DateField name="lookedUpOn" label={labels.lookedUpOn} />
      </FieldPair>
      <ButtonRow>
        <Button tone="primary" type="submit" working={words.saving}>
          {words.save}
        </Button>
        <LinkButton to={back} tone="quiet">
          {t("shell.cancel")}
        </LinkButton>
      </ButtonRow>
    </Form>
  );
}

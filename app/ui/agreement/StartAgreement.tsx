import { zoneChoices } from "#app/i18n/choices.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "../Button.tsx";
import { EmptyState } from "../EmptyState.tsx";
import { FieldPair } from "../FieldPair.tsx";
import { Form } from "../Form.tsx";
import type { Refusal } from "../form-context.ts";
import { Masthead } from "../Masthead.tsx";
import { Page } from "../Page.tsx";
import { RadioGroup } from "../RadioGroup.tsx";
import { Select } from "../Select.tsx";

const durations = ["P6M", "P12M", "P18M", "P24M"] as const;
const kinds = ["arrangement", "agreement", "memorandum"] as const;

type Props = { mayStart: boolean; title: string; refusal?: Refusal | { problems?: undefined } | null };

/** Before there is a text: the three choices with which it starts. */
export function StartAgreement({ mayStart, title, refusal }: Props) {
  const { t } = useTranslation();
  return (
    <Page form={mayStart}>
      <Masthead title={title} sub={mayStart ? t("documents.start.why") : undefined} />
      {!mayStart && <EmptyState lead={t("documents.start.lead")}>{t("documents.start.wait")}</EmptyState>}
      {mayStart && (
        <Form refusal={refusal}>
          <input type="hidden" name="act" value="start" />
          <RadioGroup
            name="instrumentKind"
            label={t("documents.start.kind")}
            hint={t("documents.start.kindHint")}
            defaultValue="arrangement"
            options={kinds.map((value) => ({ value, label: t(`documents.kinds.${value}`) }))}
          />
          <FieldPair>
            <Select
              name="duration"
              label={t("documents.start.duration")}
              hint={t("documents.start.durationHint")}
              defaultValue="P12M"
              options={durations.map((value) => ({ value, label: t(`documents.start.durations.${value}`) }))}
            />
            <Select
              name="referenceTimeZone"
              label={t("documents.start.zone")}
              hint={t("documents.start.zoneHint")}
              defaultValue="UTC"
              options={zoneChoices()}
            />
          </FieldPair>
          <Button tone="primary" type="submit" working={t("documents.start.acting")}>
            {t("documents.start.act")}
          </Button>
        </Form>
      )}
    </Page>
  );
}

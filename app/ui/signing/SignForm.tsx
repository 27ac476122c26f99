import "#app/i18n/english/security.ts";
import { useActionData } from "@remix-run/react";
import { PenLine } from "lucide-react";
import type { PasskeyAsk } from "#app/domain/accounts/passkeys.server.ts";
import type { Slot } from "#app/domain/documents/document.server.ts";
import type { Refusal } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "../Button.tsx";
import { ButtonRow } from "../ButtonRow.tsx";
import { Checkbox } from "../Checkbox.tsx";
import { FieldPair } from "../FieldPair.tsx";
import { Form } from "../Form.tsx";
import { LinkButton } from "../LinkButton.tsx";
import { PasskeyPrompt } from "../PasskeyPrompt.tsx";
import { Section } from "../Section.tsx";
import { StepUpFields } from "../StepUpFields.tsx";
import { TextField } from "../TextField.tsx";
import { FactorNeeded } from "./FactorNeeded.tsx";

type Props = {
  slot: Slot;
  /** of the text that was read */
  digest: string;
  /** of the party, in words */
  state: string;
  base: string;
  factors: { passkey: boolean; code: boolean };
};

/** States the mandate and signs in the workspace, with the second factor of the signatory. */
export function SignForm({ slot, digest, state, base, factors }: Props) {
  const { t } = useTranslation();
  const answer = useActionData<Refusal | PasskeyAsk>();
  const labels = {
    capacity: t("signing.mandate.capacity"),
    place: t("signing.mandate.place"),
    password: t("signing.mandate.password"),
    code: t("security.sign.code"),
  };
  if (!factors.passkey && !factors.code) {
    return (
      <Section title={t("signing.mandate.title")}>
        <FactorNeeded title={t("security.sign.needed")} back={`${base}/sign`} />
        <ButtonRow>
          <LinkButton to={`${base}/sign/decline`} tone="quiet">
            {t("signing.decline.link")}
          </LinkButton>
        </ButtonRow>
      </Section>
    );
  }
  return (
    <Section title={t("signing.mandate.title")}>
      {answer && "ask" in answer && <PasskeyPrompt question={answer} />}
      <Form refusal={answer && "problems" in answer ? answer : null} labels={labels}>
        <input type="hidden" name="digest" value={digest} />
        <FieldPair uneven>
          <TextField name="capacity" label={labels.capacity} defaultValue={slot.capacity} />
          <TextField name="place" label={labels.place} />
        </FieldPair>
        <StepUpFields {...factors} />
        <Checkbox
          name="agreed"
          label={t(`signing.mandate.meanings.${slot.role}`, { state })}
          hint={t("signing.mandate.meaningHint")}
          weighty
        />
        <p className="hint">{t("signing.whatItIs")}</p>
        <ButtonRow>
          <Button tone="primary" type="submit" icon={PenLine} working={t("signing.acting")}>
            {t("signing.act", { state })}
          </Button>
          <LinkButton to={`${base}/sign/decline`} tone="quiet">
            {t("signing.decline.link")}
          </LinkButton>
        </ButtonRow>
      </Form>
    </Section>
  );
}

import "#app/i18n/english/checks.ts";
import { useFetcher } from "@remix-run/react";
import { useEffect, useState } from "react";
import type { Finding } from "#app/domain/checks/finding.ts";
import { problemSentence } from "#app/i18n/problem.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { Dialog } from "#app/ui/Dialog.tsx";
import { FormContext, fieldId, type Refusal } from "#app/ui/form-context.ts";
import { TextArea } from "#app/ui/TextArea.tsx";

type Props = {
  finding: Finding;
  document: string;
  sentence: string;
  /** leaves the warning as it is, or looks at it again */
  act: "override" | "takeBackOverride";
};

/** Leaves a warning as it is, or takes that back, with a reason. When it is done the finding moves, and the dialog with it. */
export function OverrideDialog({ finding, document, sentence, act }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const fetcher = useFetcher<Refusal | null>();
  const refusal = fetcher.data && "problems" in fetcher.data ? fetcher.data : null;
  const done = fetcher.state === "idle" && fetcher.data === null;
  useEffect(() => {
    if (done) setOpen(false);
  }, [done]);
  const idOf = (field: string) => `${act}-${fieldId(field)}`;
  const whole = refusal?.problems[""];
  return (
    <>
      <Button tone="quiet" small onPress={() => setOpen(true)} aria-label={t(`checks.${act}.about`, { sentence })}>
        {t(`checks.${act}.act`)}
      </Button>
      <Dialog isOpen={open} onOpenChange={setOpen} title={t(`checks.${act}.title`)}>
        <p dir="auto">{sentence}</p>
        <p className="hint">{t(`checks.${act}.lead`)}</p>
        <FormContext.Provider value={{ refusal, action: undefined, idOf }}>
          <fetcher.Form method="post" noValidate>
            <input type="hidden" name="act" value={act} />
            <input type="hidden" name="document" value={document} />
            <input type="hidden" name="rule" value={finding.rule} />
            <input type="hidden" name="basis" value={finding.basis ?? ""} />
            {whole && (
              <p className="error-text" role="alert">
                {problemSentence(t, whole)}
              </p>
            )}
            <TextArea name="reason" label={t(`checks.${act}.reason`)} rows={4} maxLength={2000} />
            <ButtonRow>
              <Button tone="primary" type="submit" busy={fetcher.state !== "idle"}>
                {t(fetcher.state === "idle" ? `checks.${act}.confirm` : `checks.${act}.working`)}
              </Button>
              <Button tone="quiet" onPress={() => setOpen(false)}>
                {t(`checks.${act}.cancel`)}
              </Button>
            </ButtonRow>
          </fetcher.Form>
        </FormContext.Provider>
      </Dialog>
    </>
  );
}

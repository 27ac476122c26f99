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

type Props = { finding: Finding; document: string; sentence: string };

/** Leaves a warning as it is, with a reason. When it is done the finding moves away, and the dialog with it. */
export function OverrideDialog({ finding, document, sentence }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const fetcher = useFetcher<Refusal | null>();
  const refusal = fetcher.data && "problems" in fetcher.data ? fetcher.data : null;
  const done = fetcher.state === "idle" && fetcher.data === null;
  useEffect(() => {
    if (done) setOpen(false);
  }, [done]);
  const idOf = (field: string) => `override-${fieldId(field)}`;
  const whole = refusal?.problems[""];
  return (
    <>
      <Button tone="quiet" small onPress={() => setOpen(true)} aria-label={t("checks.override.about", { sentence })}>
        {t("checks.override.act")}
      </Button>
      <Dialog isOpen={open} onOpenChange={setOpen} title={t("checks.override.title")}>
        <p dir="auto">{sentence}</p>
        <p className="hint">{t("checks.override.lead")}</p>
        <FormContext.Provider value={{ refusal, action: undefined, idOf }}>
          <fetcher.Form method="post" noValidate>
            <input type="hidden" name="act" value="override" />
            <input type="hidden" name="document" value={document} />
            <input type="hidden" name="rule" value={finding.rule} />
            <input type="hidden" name="basis" value={finding.basis ?? ""} />
            {whole && (
              <p className="error-text" role="alert">
                {problemSentence(t, whole)}
              </p>
            )}
            <TextArea name="reason" label={t("checks.override.reason")} rows={4} maxLength={2000} />
            <ButtonRow>
              <Button tone="primary" type="submit" busy={fetcher.state !== "idle"}>
                {t(fetcher.state === "idle" ? "checks.override.confirm" : "checks.override.working")}
              </Button>
              <Button tone="quiet" onPress={() => setOpen(false)}>
                {t("checks.override.cancel")}
              </Button>
            </ButtonRow>
          </fetcher.Form>
        </FormContext.Provider>
      </Dialog>
    </>
  );
}

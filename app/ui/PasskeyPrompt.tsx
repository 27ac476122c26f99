import "#app/i18n/english/security.ts";
import { useNavigation, useSubmit } from "@remix-run/react";
import { startAuthentication, startRegistration } from "@simplewebauthn/browser";
import { useCallback, useEffect, useState } from "react";
import type { PasskeyAsk } from "#app/domain/accounts/passkeys.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Banner } from "./Banner.tsx";
import { Button } from "./Button.tsx";

/**
 * Asks the device when the server has put a question, and sends the answer to the page's own action with what the
 * question carries. A device that gives no answer can be asked again: some browsers want a press of their own for it.
 */
export function PasskeyPrompt({ question }: { question: PasskeyAsk }) {
  const { t } = useTranslation();
  const submit = useSubmit();
  const idle = useNavigation().state === "idle";
  const [failed, setFailed] = useState(false);
  const askDevice = useCallback(async () => {
    setFailed(false);
    try {
      const answer =
        "request" in question
          ? await startAuthentication({ optionsJSON: question.request })
          : await startRegistration({ optionsJSON: question.creation });
      submit({ ...question.carry, ask: question.ask, answer: JSON.stringify(answer) }, { method: "post" });
    } catch {
      setFailed(true);
    }
  }, [question, submit]);
  useEffect(() => {
    void askDevice();
  }, [askDevice]);
  if (failed && idle)
    return (
      <Banner
        tone="warn"
        title={t("security.prompt.failed")}
        live
        action={<Button onPress={() => void askDevice()}>{t("security.prompt.again")}</Button>}
      />
    );
  return (
    <>
      <Banner tone="note" title={t("security.prompt.waiting")} live />
      <noscript>
        <p className="hint">{t("security.prompt.noScript")}</p>
      </noscript>
    </>
  );
}

import { Check, CloudOff, LoaderCircle, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { formatInstant } from "#app/i18n/dates.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { Icon } from "#app/ui/Icon.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import type { ConnectionState } from "./connection.ts";

/** Whether what was typed here is stored, in a few words. */
export function SavedLine({ state, zone }: { state: ConnectionState; zone: string }) {
  const { t, i18n } = useTranslation();
  const time = state.savedAt ? formatInstant(state.savedAt, { language: i18n.language, zone, form: "time" }) : null;
  const [icon, words] = ((): [typeof Check, string] => {
    if (state.phase === "offline" || state.phase === "ended") return [CloudOff, t("editor.saved.offline")];
    if (state.phase === "connecting") return [LoaderCircle, t("editor.saved.connecting")];
    if (state.stalled && state.unsaved) return [TriangleAlert, t("editor.saved.stalled")];
    if (state.unsaved) return [LoaderCircle, t("editor.saved.saving")];
    return [Check, time ? t("editor.saved.saved", { time }) : t("editor.saved.never")];
  })();
  return (
    <span className="saved" role="status">
      <Icon of={icon} /> {words}
    </span>
  );
}

type Props = { state: ConnectionState; unsentText: () => string };

/** What must be read when the connection is cut, for a while or for good. */
export function ConnectionBanner({ state, unsentText }: Props) {
  const { t } = useTranslation();
  if (state.phase === "offline") {
    return (
      <Banner tone="hold" title={t("editor.offline.title")} live>
        {t("editor.offline.text")}
      </Banner>
    );
  }
  if (state.stalled) {
    return (
      <Banner tone="hold" title={t("editor.stalled.title")} live>
        {t("editor.stalled.text")}
      </Banner>
    );
  }
  if (state.ended === null) return null;
  const unsent = state.unsaved ? unsentText() : "";
  return (
    <Banner tone="stop" title={t("editor.ended.title")} live>
      <p>{t(`editor.ended.${state.ended}`)}</p>
      {unsent && <p>{t("editor.ended.unsent")}</p>}
      <ButtonRow>
        {unsent && <Button onPress={() => download(unsent)}>{t("editor.ended.download")}</Button>}
        {state.ended === "session" ? (
          <LinkButton to="/" small>
            {t("editor.ended.signIn")}
          </LinkButton>
        ) : (
          <Button small onPress={() => window.location.reload()}>
            {t("editor.ended.reload")}
          </Button>
        )}
      </ButtonRow>
    </Banner>
  );
}

function download(text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = "not-stored.txt";
  link.click();
  URL.revokeObjectURL(address);
}

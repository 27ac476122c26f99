import "#app/i18n/english/editor.ts";
import { Check, CloudOff, Eye, LoaderCircle, TriangleAlert } from "lucide-react";
import { useSyncExternalStore } from "react";
import { formatInstant, zoneName } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { Button } from "#app/ui/Button.tsx";
import { Icon } from "#app/ui/Icon.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import type { Connection } from "./connection.ts";
import type { ConnectionState } from "./connection-state.ts";
import { download } from "./unsent.ts";

/** These alone follow every letter: what is around them is not drawn again for it. */
function useConnectionState(connection: Connection): ConnectionState {
  return useSyncExternalStore(connection.subscribe, connection.getState, connection.getState);
}

type SavedProps = { connection: Connection; zone: string; writes: boolean };

/** Whether what was typed here is stored, in a few words. */
export function SavedLine({ connection, zone, writes }: SavedProps) {
  const state = useConnectionState(connection);
  const { t, i18n } = useTranslation();
  const [icon, words] = ((): [typeof Check, string] => {
    if (state.phase === "offline" || state.phase === "ended") return [CloudOff, t("editor.saved.offline")];
    if (!state.loaded) return [LoaderCircle, t("editor.saved.connecting")];
    if (state.stalled && state.unsaved) return [TriangleAlert, t("editor.saved.stalled")];
    if (state.unsaved) return [LoaderCircle, t("editor.saved.saving")];
    if (!writes) return [Eye, t("editor.saved.reading")];
    if (!state.savedAt) return [Check, t("editor.saved.never")];
    const time = formatInstant(state.savedAt, { language: i18n.language, zone, form: "time" });
    return [Check, t("editor.saved.saved", { time, zone: zoneName(zone) })];
  })();
  return (
    <span className="saved" role="status">
      <Icon of={icon} />
      {words}
    </span>
  );
}

type Props = { connection: Connection };

/** What must be read when the connection is cut, for a while or for good. */
export function ConnectionBanner({ connection }: Props) {
  const state = useConnectionState(connection);
  const { t } = useTranslation();
  if (state.phase === "offline") {
    const place = state.device === "kept" ? "device" : "text";
    return (
      <Banner tone="hold" title={t("editor.offline.title")} live>
        {t(state.loaded ? `editor.offline.${place}` : "editor.offline.never")}
      </Banner>
    );
  }
  if (state.stalled) {
    return (
      <Banner tone="hold" title={t("editor.stalled.title")} live>
        {t(state.device === "kept" ? "editor.stalled.device" : "editor.stalled.text")}
      </Banner>
    );
  }
  if (state.ended === null) return null;
  const { ended, unsaved } = state;
  return (
    <Ended {...{ ended, unsaved }} unsent={unsaved ? connection.unsentText() : ""} kept={state.device === "kept"} />
  );
}

type EndedProps = {
  ended: NonNullable<ConnectionState["ended"]>;
  unsent: string;
  unsaved: boolean;
  /** it waits on this device for the same person */
  kept: boolean;
};

function Ended({ ended, unsent, unsaved, kept }: EndedProps) {
  const { t } = useTranslation();
  const loss = unsent ? "editor.ended.unsent" : "editor.ended.unsentChange";
  return (
    <Banner
      tone="stop"
      title={t("editor.ended.title")}
      live
      action={
        <>
          {unsent && (
            <Button small onPress={() => download(unsent)}>
              {t("editor.ended.download")}
            </Button>
          )}
          {ended === "session" ? (
            <LinkButton to="/" small>
              {t("editor.ended.signIn")}
            </LinkButton>
          ) : (
            <Button small onPress={() => window.location.reload()}>
              {t("editor.ended.reload")}
            </Button>
          )}
        </>
      }
    >
      {t(`editor.ended.${ended}`)} {unsaved && t(loss)} {unsaved && kept && t("editor.ended.kept")}
    </Banner>
  );
}

/** Said while the person can go on writing, but only with a connection. */
export function DeviceBanner({ connection }: Props) {
  const state = useConnectionState(connection);
  const { t } = useTranslation();
  if (state.device !== "failed") return null;
  return (
    <Banner tone="warn" title={t("editor.device.failed")} live>
      {t("editor.device.goOn")}
    </Banner>
  );
}

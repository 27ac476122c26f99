import "#app/i18n/english/editor.ts";
import { useSyncExternalStore } from "react";
import { isUnset } from "#app/domain/documents/field-rows.ts";
import { cellText } from "#app/domain/documents/field-text.ts";
import type { Column } from "#app/domain/templates/fields.ts";
import { time } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { TextButton } from "#app/ui/TextButton.tsx";
import type { Clash, SharedFields } from "./shared-fields.ts";

type Props = {
  fields: SharedFields;
  /** the key of the value */
  at: string;
  /** what kind of value it is; null for the place of a row */
  column: Column | null;
  language: string;
  zone: string;
};

const kindOf = ({ mineStands, theirs }: Clash) =>
  !mineStands ? "changed" : theirs === undefined ? "keptUnseen" : "kept";

/** What became of a value that two people set: who won, and a way to have one's own back. */
export function ClashLine({ fields, at: key, column, language, zone }: Props) {
  const { t } = useTranslation();
  const clash = useSyncExternalStore(fields.subscribe, fields.clashes).get(key);
  const read = (value: unknown) =>
    isUnset(value) || !column ? t("editor.clash.nothing") : cellText(column, value, language);
  const words = clash && {
    name: clash.by ?? t("editor.clash.someone"),
    time: time(clash.at, zone),
    theirs: read(clash.theirs),
    mine: read(clash.mine),
  };
  const kind = !column ? "removed" : clash ? kindOf(clash) : "changed";
  return (
    <div role="status" className="p-clash" hidden={!words}>
      {words && (
        <>
          <p>{t(`editor.clash.${kind}`, words)}</p>
          <p className="p-clash-acts">
            {!clash.mineStands && (
              <TextButton onPress={() => fields.putBack(key)}>
                {t(column ? "editor.clash.putBack" : "editor.clash.putRowBack")}
              </TextButton>
            )}
            <TextButton onPress={() => fields.forget(key)}>{t("editor.clash.leave")}</TextButton>
          </p>
        </>
      )}
    </div>
  );
}

import "#app/i18n/english/accounts.ts";
import { useEffect, useState } from "react";
import { useTranslation } from "#app/i18n/translation.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { keptHere } from "./device-names.ts";

/** Said before the person deletes it: this device holds words of theirs that are stored nowhere else. */
export function UnsentHere({ person }: { person: string }) {
  const { t } = useTranslation();
  const [unsent, setUnsent] = useState(false);
  useEffect(() => {
    look(person).then(setUnsent, () => setUnsent(false));
  }, [person]);
  return unsent ? <Banner tone="warn" title={t("accounts.settings.keepTextsUnsent")} /> : null;
}

async function look(person: string): Promise<boolean> {
  if (!(await keptHere()).some((kept) => kept.person === person)) return false;
  const { holdsUnsent } = await import("./device-texts.ts");
  return await holdsUnsent(person);
}

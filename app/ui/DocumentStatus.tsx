import {
  Archive,
  Ban,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleStop,
  Hourglass,
  Lock,
  type LucideIcon,
  PenLine,
  SquarePen,
} from "lucide-react";
import type { DocumentState } from "#app/domain/documents/states.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Status, type StatusTone } from "./Status.tsx";

const shown: Record<DocumentState, [StatusTone, LucideIcon]> = {
  draft: ["plain", CircleDashed],
  negotiation: ["note", SquarePen],
  finalised: ["plain", Lock],
  signing: ["note", PenLine],
  in_force: ["good", CircleCheck],
  suspended: ["hold", CirclePause],
  expired: ["hold", Hourglass],
  terminated: ["hold", CircleStop],
  closing: ["hold", Hourglass],
  archived: ["plain", Archive],
  withdrawn: ["plain", Ban],
};

/** Where an arrangement stands. */
export function DocumentStatus({ state }: { state: DocumentState | null }) {
  const { t } = useTranslation();
  if (state === null) return <Status tone="plain">{t("states.none")}</Status>;
  const [tone, icon] = shown[state];
  return (
    <Status tone={tone} icon={icon}>
      {t(`states.${state}`)}
    </Status>
  );
}

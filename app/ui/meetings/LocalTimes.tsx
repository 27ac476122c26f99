import type { Local } from "#app/domain/meetings/common-hours.ts";
import { stateName } from "#app/domain/names/names.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Plate } from "../Plate.tsx";
import { localSpan } from "./PartyTimes.tsx";

/** When a time is for each party, side by side. */
export function LocalTimes({ local }: { local: readonly Local[] }) {
  const { i18n } = useTranslation();
  return (
    <ul className="local-times">
      {local.map((one) => (
        <li key={one.state} className="num">
          <Plate code={one.state} name={stateName(one.state, i18n.language)} /> {localSpan(one, i18n.language)}
        </li>
      ))}
    </ul>
  );
}

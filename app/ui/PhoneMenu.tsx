import { useLocation } from "@remix-run/react";
import { Menu as MenuLines } from "lucide-react";
import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { useTranslation } from "#app/i18n/translation.ts";
import { Icon } from "./Icon.tsx";
import { type BarPerson, PersonLinks } from "./PersonMenu.tsx";
import { Plate } from "./Plate.tsx";

const load = () => import("./Drawer.tsx").then(({ Drawer }) => ({ default: Drawer }));
const Drawer = lazy(load);

type Props = { navigation?: ReactNode; person?: BarPerson; signOutTo: string };

/** Where there is no room beside the page, the sections and the reader's own pages stand behind "Menu". */
export function PhoneMenu({ navigation, person, signOutTo }: Props) {
  const { t } = useTranslation();
  const { key } = useLocation();
  const [wanted, setWanted] = useState(false);
  const [open, setOpen] = useState(false);
  // Following a link closes the drawer, also when the address stays the same.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key of the place is what this follows
  useEffect(() => setOpen(false), [key]);
  const show = () => {
    setWanted(true);
    setOpen(true);
  };
  return (
    <>
      <button
        type="button"
        className="bar-link menu-btn script-only"
        aria-expanded={open}
        onClick={show}
        onFocus={load}
      >
        <Icon of={MenuLines} />
        <span>{t("shell.menu")}</span>
      </button>
      {wanted && (
        <Suspense>
          <Drawer title={t("shell.menu")} isOpen={open} onOpenChange={setOpen}>
            {navigation}
            {person && (
              <div className="drawer-foot">
                <p>
                  {person.partyCode && <Plate code={person.partyCode} own />}{" "}
                  <bdi>{person.latinName || person.name}</bdi>
                </p>
                <PersonLinks signOutTo={signOutTo} />
              </div>
            )}
          </Drawer>
        </Suspense>
      )}
    </>
  );
}

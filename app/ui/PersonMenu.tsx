import { Link, Form as RemixForm, useSubmit } from "@remix-run/react";
import { ChevronDown } from "lucide-react";
import { useTranslation } from "#app/i18n/translation.ts";
import { Icon } from "./Icon.tsx";
import { MenuButton } from "./MenuButton.tsx";
import { Plate } from "./Plate.tsx";

export type BarPerson = {
  name: string;
  latinName?: string | null;
  /** for whom the person acts: code of the State or short name of the organisation */
  partyCode?: string | null;
  partyName?: string | null;
};

/** The reader: own party, name, own pages. */
export function PersonMenu({ person, signOutTo }: { person: BarPerson; signOutTo: string }) {
  const { t } = useTranslation();
  const submit = useSubmit();
  const shown = person.latinName || person.name;
  const items = [
    { id: "settings", label: t("shell.settings"), to: "/me/settings" },
    { id: "security", label: t("shell.security"), to: "/me/security" },
    { id: "sessions", label: t("shell.sessions"), to: "/me/sessions" },
    { id: "sign-out", label: t("shell.signOut") },
  ];
  return (
    <>
      <MenuButton
        label={t("shell.yourMenu")}
        items={items}
        className="bar-link me"
        onAction={(id) => id === "sign-out" && submit(null, { method: "post", action: signOutTo })}
        head={
          <>
            <b>
              <bdi>{shown}</bdi>
            </b>
            {person.partyName && t("shell.signedInAs", { party: person.partyName })}
          </>
        }
      >
        {person.partyCode && <Plate code={person.partyCode} own />}
        <span className="me-name">
          <bdi>{shown}</bdi>
        </span>
        <Icon of={ChevronDown} />
      </MenuButton>
      <span className="no-script">
        <PersonLinks signOutTo={signOutTo} />
      </span>
    </>
  );
}

/** The same places as plain links: on a phone, and without script. */
export function PersonLinks({ signOutTo }: { signOutTo: string }) {
  const { t } = useTranslation();
  return (
    <ul className="person-links">
      <li>
        <Link to="/me/settings">{t("shell.settings")}</Link>
      </li>
      <li>
        <Link to="/me/security">{t("shell.security")}</Link>
      </li>
      <li>
        <Link to="/me/sessions">{t("shell.sessions")}</Link>
      </li>
      <li>
        <RemixForm method="post" action={signOutTo}>
          <button type="submit" className="linklike">
            {t("shell.signOut")}
          </button>
        </RemixForm>
      </li>
    </ul>
  );
}

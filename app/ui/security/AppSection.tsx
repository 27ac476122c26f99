import "#app/i18n/english/security.ts";
import type { QrPicture } from "#app/domain/accounts/totp-picture.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { AppSetUp } from "../AppSetUp.tsx";
import { Button } from "../Button.tsx";
import { ButtonRow } from "../ButtonRow.tsx";
import { FactList } from "../FactList.tsx";
import { Form } from "../Form.tsx";
import type { Refusal } from "../form-context.ts";
import { Instant } from "../Instant.tsx";
import { Section } from "../Section.tsx";

type Props = {
  app: { since: Date; lastUsedAt: Date | null } | null;
  pending: { secret: string; picture: QrPicture } | null;
  zone: string;
  open: boolean;
  refusal?: Refusal;
};

/** The person's authenticator app: none, being set up, or there. */
export function AppSection({ app, pending, zone, open, refusal }: Props) {
  const { t } = useTranslation();
  return (
    <Section title={t("security.app.title")}>
      <p>{t("security.app.lead")}</p>
      {app && (
        <FactList
          facts={[
            { label: t("security.app.since"), value: <Instant at={app.since} zone={zone} /> },
            {
              label: t("security.passkeys.last"),
              value: app.lastUsedAt ? <Instant at={app.lastUsedAt} zone={zone} /> : t("security.passkeys.never"),
            },
          ]}
        />
      )}
      {!app && !pending && <p className="hint">{t("security.app.none")}</p>}
      {open && !app && pending && <AppSetUp {...pending} refusal={refusal} />}
      {open && (app || !pending) && <AppAct act={app ? "removeApp" : "beginApp"} />}
    </Section>
  );
}

const acts = {
  beginApp: { words: "begin", working: "beginning" },
  removeApp: { words: "remove", working: "removing" },
} as const;

function AppAct({ act }: { act: keyof typeof acts }) {
  const { t } = useTranslation();
  const { words, working } = acts[act];
  return (
    <Form apart>
      <ButtonRow>
        <Button type="submit" name="act" value={act} working={t(`security.app.${working}`)}>
          {t(`security.app.${words}`)}
        </Button>
      </ButtonRow>
    </Form>
  );
}

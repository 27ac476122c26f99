import "#app/i18n/english/security.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "../Button.tsx";
import { ButtonRow } from "../ButtonRow.tsx";
import { Form } from "../Form.tsx";
import type { Refusal } from "../form-context.ts";
import { Instant } from "../Instant.tsx";
import { Section } from "../Section.tsx";
import { Sub } from "../Sub.tsx";
import { Table } from "../Table.tsx";
import { TextField } from "../TextField.tsx";

type PasskeyLine = { id: string; name: string; backedUp: boolean; madeAt: Date; lastUsedAt: Date | null };
type Props = { passkeys: readonly PasskeyLine[]; zone: string; open: boolean; refusal?: Refusal };

/** The person's passkeys. `open`: the person has just proven to be there, and may change them. */
export function PasskeysSection({ passkeys, zone, open, refusal }: Props) {
  const { t } = useTranslation();
  const { name, made, last, remove } = t("security.passkeys", { returnObjects: true });
  const columns = [name, made, last, ...(open ? [{ label: remove, hidden: true }] : [])];
  return (
    <Section title={t("security.passkeys.title")}>
      <p>{t("security.passkeys.lead")}</p>
      {passkeys.length === 0 ? (
        <p className="hint">{t("security.passkeys.none")}</p>
      ) : (
        <Table label={t("security.passkeys.list")} kind="slots" columns={columns}>
          {passkeys.map((passkey) => (
            <tr key={passkey.id}>
              <td>
                <bdi>{passkey.name}</bdi>
                <Sub>{t(passkey.backedUp ? "security.passkeys.synced" : "security.passkeys.bound")}</Sub>
              </td>
              <td data-label={made}>
                <Instant at={passkey.madeAt} zone={zone} />
              </td>
              <td data-label={last}>
                {passkey.lastUsedAt ? <Instant at={passkey.lastUsedAt} zone={zone} /> : t("security.passkeys.never")}
              </td>
              {open && (
                <td>
                  <Form apart>
                    <input type="hidden" name="passkey" value={passkey.id} />
                    <Button
                      small
                      type="submit"
                      name="act"
                      value="removePasskey"
                      working={t("security.passkeys.removing")}
                      aria-label={t("security.passkeys.removeNamed", { name: passkey.name })}
                    >
                      {remove}
                    </Button>
                  </Form>
                </td>
              )}
            </tr>
          ))}
        </Table>
      )}
      {open && <NewPasskey refusal={refusal} />}
    </Section>
  );
}

function NewPasskey({ refusal }: { refusal?: Refusal }) {
  const { t } = useTranslation();
  const label = t("security.passkeys.newName");
  return (
    <Form refusal={refusal} labels={{ name: label }} apart>
      <input type="hidden" name="act" value="passkey" />
      <TextField name="name" label={label} hint={t("security.passkeys.newNameHint")} maxLength={60} />
      <ButtonRow>
        <Button type="submit" working={t("security.passkeys.adding")}>
          {t("security.passkeys.add")}
        </Button>
      </ButtonRow>
    </Form>
  );
}

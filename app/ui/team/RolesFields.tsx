import { useContext } from "react";
import type { RoleLine } from "#app/domain/jits/members.ts";
import type { JitRole } from "#app/domain/roles.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { DateField } from "../DateField.tsx";
import { HintAndError } from "../FieldFrame.tsx";
import { FieldPair } from "../FieldPair.tsx";
import { describedBy, FormContext, useField } from "../form-context.ts";

type Props = { label: string; hint: string; roles: readonly { role: JitRole; held?: RoleLine }[] };

/** Each role to tick, with its days behind it. Days of roles that are held, or were refused, stand open. */
export function RolesFields({ label, hint, roles }: Props) {
  const field = useField("roles", label);
  const typed = field.typed === undefined ? undefined : [field.typed].flat();
  return (
    <fieldset
      className={field.error ? "field-row error-field" : "field-row"}
      aria-describedby={describedBy([field.hintId, field.error && field.errorId])}
    >
      <legend className="label">{label}</legend>
      <HintAndError field={field} hint={hint} />
      {roles.map(({ role, held }, index) => (
        <RoleField
          key={role}
          role={role}
          held={held}
          id={index === 0 ? field.id : undefined}
          checked={typed ? typed.includes(role) : held !== undefined}
        />
      ))}
    </fieldset>
  );
}

type RoleProps = { role: JitRole; held?: RoleLine; id?: string; checked: boolean };

function RoleField({ role, held, id, checked }: RoleProps) {
  const { t } = useTranslation();
  const form = useContext(FormContext);
  const names = [`from.${role}`, `until.${role}`];
  const refused = names.some((name) => form?.refusal?.problems[name]);
  const filled = names.some((name) => form?.refusal?.typed?.[name]);
  return (
    <div className="border-b border-rule py-3">
      <label className="check">
        <input type="checkbox" className="box" id={id} name="roles" value={role} defaultChecked={checked} />
        <span>
          <b>{t(`roles.${role}`)}</b>
          <span className="hint">{t(`roles.meaning.${role}`)}</span>
        </span>
      </label>
      <details open={held !== undefined || refused || filled} className="ms-8 mt-2">
        <summary className="hint">
          {t("jits.member.days")}
          <span className="vh">: {t(`roles.${role}`)}</span>
        </summary>
        <FieldPair>
          <DateField
            name={`from.${role}`}
            label={t("jits.member.from")}
            hintAfter={t("jits.member.fromHint")}
            defaultValue={held?.from}
          />
          <DateField
            name={`until.${role}`}
            label={t("jits.member.until")}
            hintAfter={t("jits.member.untilHint")}
            defaultValue={held?.until ?? undefined}
          />
        </FieldPair>
      </details>
    </div>
  );
}

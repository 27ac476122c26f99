import { useState } from "react";
import { useTranslation } from "#app/i18n/translation.ts";
import { TextButton } from "./TextButton.tsx";
import { TextField, type TextFieldProps } from "./TextField.tsx";

type Props = Omit<TextFieldProps, "type" | "labelEnd" | "dir"> & { autoComplete: "current-password" | "new-password" };

/** A password, which can be shown. Pasting and password managers work. */
export function PasswordField(props: Props) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  return (
    <TextField
      {...props}
      type={shown ? "text" : "password"}
      dir="ltr"
      forget
      spellCheck={false}
      labelEnd={
        <span className="script-only">
          <TextButton aria-pressed={shown} onPress={() => setShown(!shown)}>
            {shown ? t("shell.hidePassword") : t("shell.showPassword")}
          </TextButton>
        </span>
      }
    />
  );
}

import "#app/i18n/english/editor.ts";
import type { Editor } from "@tiptap/core";
import type { LucideIcon } from "lucide-react";
import { useState } from "react";
import { isSafeLink } from "#app/domain/documents/attributes.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { Dialog } from "#app/ui/Dialog.tsx";
import { Tool } from "./Tool.tsx";

type Props = { editor: Editor; on: boolean; icon: LucideIcon };

/** Sets or removes a link; only addresses that a reader's browser may open. */
export function LinkDialog({ editor, on, icon }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [address, setAddress] = useState("");
  const [wrong, setWrong] = useState(false);
  const start = () => {
    setAddress(String(editor.getAttributes("link").href ?? ""));
    setWrong(false);
    setOpen(true);
  };
  const set = () => {
    if (!isSafeLink(address)) return setWrong(true);
    if (editor.state.selection.empty && !on) {
      editor.chain().focus().insertContent(linkedWords(address)).run();
    } else {
      editor.chain().focus().extendMarkRange("link").setLink({ href: address }).run();
    }
    setOpen(false);
  };
  const remove = () => {
    editor.chain().focus().extendMarkRange("link").unsetLink().run();
    setOpen(false);
  };
  return (
    <>
      <Tool icon={icon} name={t("editor.toolbar.link")} on={on} press={start} />
      <Dialog isOpen={open} onOpenChange={setOpen} title={t("editor.link.title")}>
        <div className="field-row">
          <label className="label" htmlFor="link-address">
            {t("editor.link.address")}
          </label>
          <p className="hint" id="link-hint">
            {wrong ? t("editor.link.wrong") : t("editor.link.hint")}
          </p>
          <input
            id="link-address"
            className="input ltr"
            dir="ltr"
            inputMode="url"
            aria-describedby="link-hint"
            aria-invalid={wrong || undefined}
            value={address}
            onChange={({ target }) => setAddress(target.value)}
            onKeyDown={(event) => event.key === "Enter" && set()}
          />
        </div>
        <ButtonRow>
          <Button tone="primary" onPress={set}>
            {t("editor.link.set")}
          </Button>
          {on && <Button onPress={remove}>{t("editor.link.remove")}</Button>}
          <Button tone="quiet" onPress={() => setOpen(false)}>
            {t("editor.link.cancel")}
          </Button>
        </ButtonRow>
      </Dialog>
    </>
  );
}

/** With nothing selected the address stands for itself. */
function linkedWords(address: string) {
  return { type: "text", text: address, marks: [{ type: "link", attrs: { href: address } }] };
}

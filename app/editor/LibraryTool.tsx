import "#app/i18n/english/library.ts";
import type { Editor } from "@tiptap/core";
import { BookOpenText } from "lucide-react";
import { type ComponentType, useState } from "react";
import { useTranslation } from "#app/i18n/translation.ts";
import { Dialog } from "#app/ui/Dialog.tsx";
import { Tool } from "./Tool.tsx";

type Inside = ComponentType<{ editor: Editor; language: string; close: () => void }>;

/** Opens the library beside the text. What is in the dialog comes with the first press, not with the page. */
export function LibraryTool({ editor, language }: { editor: Editor; language: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [failed, setFailed] = useState(false);
  const [Inside, setInside] = useState<Inside | null>(null);
  const start = () => {
    setOpen(true);
    setFailed(false);
    import("./LibraryDialog.tsx").then(
      ({ LibraryDialog }) => setInside(() => LibraryDialog),
      () => setFailed(true),
    );
  };
  return (
    <>
      <Tool icon={BookOpenText} name={t("library.insert.tool")} press={start} />
      <Dialog isOpen={open} onOpenChange={setOpen} title={t("library.insert.title")}>
        {Inside ? (
          <Inside editor={editor} language={language} close={() => setOpen(false)} />
        ) : (
          <p role="status">{failed ? t("library.insert.failed") : t("library.insert.searching")}</p>
        )}
      </Dialog>
    </>
  );
}

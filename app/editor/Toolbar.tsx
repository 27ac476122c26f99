import "#app/i18n/english/editor.ts";
import type { Editor } from "@tiptap/core";
import { useEditorState } from "@tiptap/react";
import {
  Bold,
  Italic,
  Link as LinkIcon,
  List,
  ListOrdered,
  type LucideIcon,
  PilcrowLeft,
  PilcrowRight,
  Redo2,
  Table as TableIcon,
  Underline,
  Undo2,
} from "lucide-react";
import type { ReactNode } from "react";
import { Toolbar as AriaToolbar } from "react-aria-components/Toolbar";
import type { Direction } from "#app/domain/documents/attributes.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { LibraryTool } from "./LibraryTool.tsx";
import { LinkDialog } from "./LinkDialog.tsx";
import { Tool } from "./Tool.tsx";

/** What the person can do with the text at the caret. One tab stop; arrow keys move inside. */
export function Toolbar({ editor, language, children }: { editor: Editor; language: string; children?: ReactNode }) {
  const { t } = useTranslation();
  const at = useEditorState({ editor, selector: ({ editor }) => stateOf(editor) });
  const run = () => editor.chain().focus();
  return (
    <AriaToolbar className="toolbar" aria-label={t("editor.toolbar.label")}>
      <div className="grp">
        <Tool icon={Undo2} name={t("editor.toolbar.undo")} keys="Mod-z" press={() => run().undo().run()} flip />
        <Tool icon={Redo2} name={t("editor.toolbar.redo")} keys="Mod-Shift-z" press={() => run().redo().run()} flip />
      </div>
      <div className="grp">
        <Tool
          on={at.heading}
          name={t("editor.toolbar.heading")}
          press={() => run().toggleHeading({ level: 3 }).run()}
        />
      </div>
      <div className="grp">
        <Tool
          icon={Bold}
          name={t("editor.toolbar.bold")}
          on={at.bold}
          keys="Mod-b"
          press={() => run().toggleBold().run()}
        />
        <Tool
          icon={Italic}
          name={t("editor.toolbar.italic")}
          on={at.italic}
          keys="Mod-i"
          press={() => run().toggleItalic().run()}
        />
        <Tool
          icon={Underline}
          name={t("editor.toolbar.underline")}
          on={at.underline}
          keys="Mod-u"
          press={() => run().toggleUnderline().run()}
        />
      </div>
      <div className="grp">
        <Tool
          icon={List}
          name={t("editor.toolbar.bulletList")}
          on={at.bulletList}
          keys="Mod-Shift-8"
          press={() => run().toggleBulletList().run()}
          flip
        />
        <Tool
          icon={ListOrdered}
          name={t("editor.toolbar.orderedList")}
          on={at.orderedList}
          keys="Mod-Shift-7"
          press={() => run().toggleOrderedList().run()}
          flip
        />
        <Tool
          icon={TableIcon}
          name={t("editor.toolbar.table")}
          press={() => run().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run()}
        />
        <LinkDialog editor={editor} on={at.link} icon={LinkIcon} />
        <LibraryTool editor={editor} language={language} />
      </div>
      <div className="grp last">
        <DirectionTool editor={editor} direction="ltr" on={at.dir === "ltr"} icon={PilcrowRight} />
        <DirectionTool editor={editor} direction="rtl" on={at.dir === "rtl"} icon={PilcrowLeft} />
      </div>
      {at.table && <TableTools editor={editor} />}
      {children}
    </AriaToolbar>
  );
}

function stateOf(editor: Editor) {
  const block = editor.state.selection.$from.parent;
  return {
    heading: editor.isActive("heading"),
    bold: editor.isActive("bold"),
    italic: editor.isActive("italic"),
    underline: editor.isActive("underline"),
    bulletList: editor.isActive("bulletList"),
    orderedList: editor.isActive("orderedList"),
    link: editor.isActive("link"),
    table: editor.isActive("table"),
    dir: (block.attrs.dir ?? null) as Direction | null,
  };
}

type DirectionProps = { editor: Editor; direction: Direction; on: boolean; icon: LucideIcon };

/** Gives the paragraph a direction, or lets its letters decide again. */
function DirectionTool({ editor, direction, on, icon }: DirectionProps) {
  const { t } = useTranslation();
  const set = () => {
    const type = editor.state.selection.$from.parent.type.name;
    editor
      .chain()
      .focus()
      .updateAttributes(type, { dir: on ? null : direction })
      .run();
  };
  return <Tool icon={icon} name={t(`editor.toolbar.${direction}`)} on={on} press={set} />;
}

function TableTools({ editor }: { editor: Editor }) {
  const { t } = useTranslation();
  const run = () => editor.chain().focus();
  return (
    <div className="grp last">
      <Tool name={t("editor.toolbar.addRow")} press={() => run().addRowAfter().run()} />
      <Tool name={t("editor.toolbar.addColumn")} press={() => run().addColumnAfter().run()} />
      <Tool name={t("editor.toolbar.removeRow")} press={() => run().deleteRow().run()} />
      <Tool name={t("editor.toolbar.removeColumn")} press={() => run().deleteColumn().run()} />
      <Tool name={t("editor.toolbar.removeTable")} press={() => run().deleteTable().run()} />
    </div>
  );
}

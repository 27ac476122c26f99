import "#app/i18n/english/library.ts";
import type { Editor } from "@tiptap/core";
import { useState } from "react";
import { languageName } from "#app/domain/names/names.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { type FoundClause, LibraryEntry } from "#app/ui/library/LibraryEntry.tsx";
import { useTopicName, useTopicOptions } from "#app/ui/library/topics.ts";
import { RadioGroup } from "#app/ui/RadioGroup.tsx";
import { Select } from "#app/ui/Select.tsx";
import { TextField } from "#app/ui/TextField.tsx";
import { insertFromLibrary, type Place } from "./insert-from-library.ts";
import { useLibrary } from "./library-answer.ts";
import { clauseAtCaret } from "./outline.ts";

type Props = { editor: Editor; language: string; close: () => void };

/** Finds a wording of the library and puts it into the text. Loaded when it is first asked for. */
export function LibraryDialog({ editor, language, close }: Props) {
  const { t } = useTranslation();
  const [at] = useState(() => clauseAt(editor));
  const [q, setQ] = useState("");
  const [topic, setTopic] = useState(at.topic);
  const [place, setPlace] = useState<Place>("paragraph");
  const { answer, problem, searching } = useLibrary({ q, topic, language });
  const topics = answer?.topics ?? {};
  const options = useTopicOptions(topics);
  const nameOf = useTopicName(topics);
  const insert = ({ title, shown }: FoundClause) => {
    insertFromLibrary(editor, { title, paragraphs: shown.paragraphs }, place);
    close();
  };
  const count = answer?.clauses.length ?? 0;
  return (
    <div className="lib-dialog">
      <TextField
        name="q"
        id="library-q"
        type="search"
        label={t("library.search.words")}
        hint={t("library.search.wordsHint")}
        maxLength={200}
        autoFocus
        onChange={({ target }) => setQ(target.value)}
      />
      {answer && (
        <Select
          name="topic"
          id="library-topic"
          label={t("library.topic")}
          emptyLabel={t("library.search.all")}
          defaultValue={topic}
          options={options}
          onChange={({ target }) => setTopic(target.value)}
        />
      )}
      <RadioGroup
        name="place"
        label={t("library.insert.where")}
        defaultValue={place}
        onChange={({ target }) => setPlace(target.value === "clause" ? "clause" : "paragraph")}
        options={[
          { value: "paragraph", label: t("library.insert.paragraph", { number: at.number }) },
          { value: "clause", label: t("library.insert.clause", { number: at.number }) },
        ]}
      />
      {problem && <Banner tone="warn" title={t(`library.insert.${problem}`)} live />}
      <p className="hint" role="status">
        {searching
          ? t("library.insert.searching")
          : answer &&
            (count === 0
              ? t("library.search.none")
              : t(answer.more ? "library.search.more" : "library.search.found", { count }))}
      </p>
      <ul className="lib-list" aria-label={t("library.list")}>
        {answer?.clauses.map((clause) => (
          <LibraryEntry
            key={clause.reference}
            clause={clause}
            level={3}
            topic={nameOf(clause.topic)}
            title={<bdi>{clause.title}</bdi>}
          >
            <Translated clause={clause} language={language} />
            <Button onPress={() => insert(clause)} aria-label={t("library.insert.actNamed", { title: clause.title })}>
              {t("library.insert.act")}
            </Button>
          </LibraryEntry>
        ))}
      </ul>
      <ButtonRow>
        <Button tone="quiet" onPress={close}>
          {t("library.insert.close")}
        </Button>
      </ButtonRow>
    </div>
  );
}

function Translated({ clause: { shown }, language }: { clause: FoundClause; language: string }) {
  const { t, i18n } = useTranslation();
  if (shown.language === language) return null;
  const named = (tag: string) => languageName(tag, i18n.language);
  return (
    <p className="hint">
      {t("library.insert.otherLanguage", { language: named(language), shown: named(shown.language) })}
    </p>
  );
}

/** The clause at the caret; one that the parties added is none of the template's, so all are looked through. */
function clauseAt({ state }: Editor): { number: number; topic: string } {
  const number = clauseAtCaret(state) ?? 0;
  const id = String(state.doc.maybeChild(number)?.attrs.clauseId ?? "");
  return { number, topic: /^C\d{2}$/.test(id) ? id : "" };
}

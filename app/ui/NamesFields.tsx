import { languageName } from "#app/domain/names/names.ts";
import { directionOf, languages } from "#app/i18n/languages.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { FieldPair } from "./FieldPair.tsx";
import { Select } from "./Select.tsx";
import { TextField } from "./TextField.tsx";

/** Languages of parties beside the six of the United Nations. */
const others = [
  "az",
  "be",
  "bg",
  "cs",
  "da",
  "de",
  "el",
  "et",
  "fa",
  "fi",
  "he",
  "hi",
  "hr",
  "hu",
  "hy",
  "id",
  "it",
  "ja",
  "ka",
  "kk",
  "ko",
  "ky",
  "lt",
  "lv",
  "mk",
  "mn",
  "ms",
  "nl",
  "no",
  "pl",
  "pt",
  "ro",
  "sk",
  "sl",
  "sq",
  "sr",
  "sv",
  "sw",
  "tg",
  "th",
  "tk",
  "tr",
  "uk",
  "ur",
  "uz",
  "vi",
];
const six: readonly string[] = languages.map((language) => language.code);

type Props = { names?: Record<string, string> };

/** The name of a team: English, then the other five, then one more language of the choice of the parties. */
export function NamesFields({ names = {} }: Props) {
  const { t, i18n } = useTranslation();
  const more = Object.keys(names).filter((code) => !six.includes(code));
  const nameOf = (code: string) => languageName(code, i18n.language);
  return (
    <>
      <TextField
        name="names.en"
        label={t("jits.new.name")}
        hint={t("jits.new.nameHint")}
        lang="en"
        defaultValue={names.en}
        maxLength={120}
      />
      <fieldset className="field-row">
        <legend className="label">{t("jits.new.otherNames")}</legend>
        <p className="hint">{t("jits.new.otherNamesHint")}</p>
        <div className="two">
          {[
            ...languages.filter(({ code }) => code !== "en"),
            ...more.map((code) => ({ code, name: nameOf(code) })),
          ].map(({ code, name }) => (
            <div key={code} dir={directionOf(code)}>
              <TextField
                name={`names.${code}`}
                label={name}
                lang={code}
                required={false}
                defaultValue={names[code]}
                maxLength={120}
              />
            </div>
          ))}
        </div>
      </fieldset>
      <FieldPair>
        <Select
          name="otherLanguage"
          label={t("jits.new.otherLanguage")}
          required={false}
          emptyLabel={t("jits.new.noLanguage")}
          options={others.filter((code) => !more.includes(code)).map((code) => ({ value: code, label: nameOf(code) }))}
        />
        <TextField name="otherName" label={t("jits.new.nameInIt")} required={false} maxLength={120} />
      </FieldPair>
    </>
  );
}

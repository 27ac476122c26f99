import "#app/i18n/english/editor.ts";
import { useState } from "react";
import { rhythm, weekdayName, weekdays } from "#app/domain/documents/field-text.ts";
import { fits, isMoney } from "#app/domain/documents/field-values.ts";
import { languageName } from "#app/domain/names/names.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "#app/ui/Button.tsx";
import { List } from "./choice-controls.tsx";
import { Problem, useDraft } from "./draft.tsx";
import { type ControlProps, DayControl, LineControl, LongControl } from "./typed-controls.tsx";

/** A day, or the first or last one of the team, which nobody knows before the last signature. */
export function TeamDayControl({ value, ...props }: ControlProps<"date">) {
  const { t } = useTranslation();
  const isTeamDay = value === "start" || value === "end";
  const [onDay, setOnDay] = useState(false);
  const picked = isTeamDay ? value : onDay || value ? "day" : "";
  return (
    <span className="p-stack">
      <List
        id={props.id}
        value={picked}
        empty={t("editor.panel.unset")}
        groups={[
          {
            group: null,
            options: [
              ["start", t("editor.panel.firstDay")],
              ["end", t("editor.panel.lastDay")],
              ["day", t("editor.panel.onDay")],
            ],
          },
        ]}
        onChange={(next) => {
          setOnDay(next === "day");
          if (next !== "day") props.onChange(next || undefined);
          else if (isTeamDay) props.onChange(undefined);
        }}
      />
      {picked === "day" && (
        <span>
          <label className="vh" htmlFor={`${props.id}-day`}>
            {t("editor.panel.dayOf", { label: props.label })}
          </label>
          <DayControl {...props} id={`${props.id}-day`} value={value} />
        </span>
      )}
    </span>
  );
}

/** An amount as it is typed, and its currency. Neither stands without the other. */
export function MoneyControl({ value, onChange, id, label }: ControlProps) {
  const { t, i18n } = useTranslation();
  const now = moneyOf(value);
  const [currency, setCurrency] = useState(now.currency || "EUR");
  const unit = now.currency || currency;
  const { input, problem } = useDraft(now.amount, (text) => {
    const amount = text
      .trim()
      .replace(/[\s'’]/g, "")
      .replace(/,(\d{1,2})$/, ".$1")
      .replaceAll(",", "");
    if (amount === "") onChange(undefined);
    else if (!isMoney({ amount, currency: unit })) return t("editor.panel.wrong.money");
    else onChange({ amount, currency: unit });
    return null;
  });
  const names = new Intl.DisplayNames([i18n.language, "en"], { type: "currency" });
  return (
    <>
      <span className="p-money">
        <input
          {...input}
          id={id}
          aria-label={t("editor.panel.amountOf", { label })}
          className="input num"
          inputMode="decimal"
          aria-describedby={`${id}-p`}
          dir="ltr"
        />
        <List
          id={`${id}-c`}
          label={t("editor.panel.currencyOf", { label })}
          value={unit}
          empty={t("editor.panel.unset")}
          groups={[{ group: null, options: currencies(unit).map((code) => [code, `${code} ${names.of(code)}`]) }]}
          onChange={(code) => {
            setCurrency(code || "EUR");
            if (now.amount && code) onChange({ amount: now.amount, currency: code });
          }}
        />
      </span>
      <Problem id={`${id}-p`} text={problem} />
    </>
  );
}

/** Amounts from before there was a kind for them are "12000 USD". */
function moneyOf(value: unknown): { amount: string; currency: string } {
  if (isMoney(value)) return value;
  const [, amount, currency] = /^(\d+(?:\.\d+)?) ([A-Z]{3})$/.exec(String(value ?? "")) ?? [];
  return { amount: amount ?? "", currency: currency ?? "" };
}

/** Of the United Nations and its usual donors first; then whatever this browser knows. */
function currencies(used: string): string[] {
  const all = (Intl as unknown as { supportedValuesOf?: (key: string) => string[] }).supportedValuesOf?.("currency");
  return [...new Set(["EUR", "USD", "CHF", "GBP", used, ...(all ?? [])])].filter((code) => /^[A-Z]{3}$/.test(code));
}

/** Every so many days, weeks or months; weeks on a day. */
export function RecurrenceControl({ value, onChange, id, label }: ControlProps) {
  const { t, i18n } = useTranslation();
  const text = typeof value === "string" ? value : "";
  const [, step = "", count = "1", day = ""] = rhythm.exec(text) ?? [];
  const isForeign = text !== "" && step === "";
  const write = (next: { step: string; count: string; day: string }) => {
    if (next.step === "") return onChange(undefined);
    const interval = next.count === "1" ? "" : `;INTERVAL=${next.count}`;
    const on = next.step === "WEEKLY" && next.day ? `;BYDAY=${next.day}` : "";
    onChange(`FREQ=${next.step}${interval}${on}`);
  };
  const { input, problem } = useDraft(count, (typed) => {
    if (!fits({ kind: "number", integer: true, min: 1, max: 99 }, Number(typed)))
      return t("editor.panel.wrong.range", { min: 1, max: 99 });
    write({ step: step || "WEEKLY", count: String(Number(typed)), day });
    return null;
  });
  return (
    <span className="p-stack">
      <span className="p-rhythm">
        <span>{t("editor.panel.every")}</span>
        <input
          {...input}
          className="input num"
          inputMode="numeric"
          dir="ltr"
          aria-label={t("editor.panel.everyOf", { label })}
          aria-describedby={`${id}-p`}
        />
        <List
          id={id}
          value={isForeign ? text : step}
          empty={t("editor.panel.unset")}
          groups={[
            {
              group: null,
              options: [
                ["DAILY", t("editor.panel.stepDays")],
                ["WEEKLY", t("editor.panel.stepWeeks")],
                ["MONTHLY", t("editor.panel.stepMonths")],
                ...(isForeign ? ([[text, text]] as const) : []),
              ],
            },
          ]}
          onChange={(next) => write({ step: next, count, day })}
        />
      </span>
      {step === "WEEKLY" && (
        <List
          id={`${id}-day`}
          label={t("editor.panel.weekdayOf", { label })}
          value={day}
          empty={t("editor.panel.anyDay")}
          groups={[{ group: null, options: weekdays.map((one) => [one, weekdayName(one, i18n.language)]) }]}
          onChange={(next) => write({ step, count, day: next })}
        />
      )}
      <Problem id={`${id}-p`} text={problem} />
    </span>
  );
}

type LocalizedProps = ControlProps & { languages: readonly string[] };

/** One text in several languages; those of the text and those in use already. */
export function LocalizedControl({ value, onChange, id, languages, ...props }: LocalizedProps) {
  const { i18n } = useTranslation();
  const texts = textsOf(value);
  const shown = [...new Set([...languages, ...Object.keys(texts)])];
  const Control = props.type.kind === "longText" ? LongControl : LineControl;
  return (
    // biome-ignore lint/a11y/useSemanticElements: the name of the group stands above it with its state and hint
    <div role="group" aria-labelledby={id} className="p-stack">
      {shown.map((language) => {
        const own = `${id}-${language}`;
        return (
          <div key={language}>
            <label className="p-lang" htmlFor={own}>
              {languageName(language, i18n.language)}
            </label>
            <Control
              {...props}
              id={own}
              value={texts[language] ?? ""}
              onChange={(text) => {
                const next = Object.fromEntries(
                  Object.entries({ ...texts, [language]: text }).filter(([, one]) => one !== undefined),
                );
                onChange(Object.keys(next).length > 0 ? next : undefined);
              }}
            />
          </div>
        );
      })}
    </div>
  );
}

function textsOf(value: unknown): Record<string, unknown> {
  if (typeof value === "string") return { en: value };
  return typeof value === "object" && value !== null ? { ...value } : {};
}

/** A day to be added to a list: it is added when the person says so, not while it is being typed. */
export function DayAdder({ id, label, add }: { id: string; label: string; add: (day: string) => void }) {
  const { t } = useTranslation();
  const [day, setDay] = useState("");
  return (
    <span className="p-add">
      <DayControl
        name=""
        type={{ kind: "dates" }}
        id={id}
        label={t("editor.panel.dayOf", { label })}
        value={day}
        onChange={(next) => setDay(typeof next === "string" ? next : "")}
      />
      <Button
        small
        notPossible={null}
        onPress={() => {
          if (!day) return;
          add(day);
          setDay("");
        }}
      >
        {t("editor.panel.add")}
      </Button>
    </span>
  );
}

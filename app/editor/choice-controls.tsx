import "#app/i18n/english/editor.ts";
import { ChevronDown, X } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "#app/i18n/translation.ts";
import { Icon } from "#app/ui/Icon.tsx";
import { type ControlProps, LineControl } from "./typed-controls.tsx";

export type Options = readonly (readonly [value: string, label: string])[];
export type Groups = readonly { group: string | null; options: Options }[];

const asGroups = (options: Options | Groups): Groups =>
  options.some((one) => "options" in one) ? (options as Groups) : [{ group: null, options: options as Options }];

function Lines({ groups }: { groups: Groups }) {
  return groups.map(({ group, options }) => {
    const lines = options.map(([value, words]) => (
      <option key={value} value={value}>
        {words}
      </option>
    ));
    if (group === null) return lines;
    return options.length === 0 ? null : (
      <optgroup key={group} label={group}>
        {lines}
      </optgroup>
    );
  });
}

type ListProps = {
  id: string;
  value: string;
  empty: string;
  groups: Groups;
  onChange: (value: string) => void;
  label?: string;
  /** a line at the end, such as for a name that is not listed */
  last?: ReactNode;
};

/** The machine's own list: it works on a phone, by keyboard and with a screen reader. */
export function List({ id, value, empty, groups, onChange, label, last }: ListProps) {
  return (
    <span className="select">
      <select
        id={id}
        aria-label={label}
        className="input"
        value={value}
        onChange={({ target }) => onChange(target.value)}
      >
        <option value="">{empty}</option>
        <Lines groups={groups} />
        {last}
      </select>
      <Icon of={ChevronDown} />
    </span>
  );
}

export function ChoiceControl({ value, onChange, id, options }: ControlProps & { options: Options | Groups }) {
  const { t } = useTranslation();
  const groups = asGroups(options);
  const text = typeof value === "string" ? value : "";
  // A value from elsewhere that the list does not know is shown, not hidden behind "not chosen".
  const isForeign = text !== "" && !groups.some((group) => group.options.some(([option]) => option === text));
  return (
    <List
      id={id}
      value={text}
      empty={t("editor.panel.unset")}
      groups={groups}
      last={isForeign && <option value={text}>{text}</option>}
      onChange={(next) => onChange(next || undefined)}
    />
  );
}

export function BooleanControl(props: ControlProps) {
  const { t } = useTranslation();
  const { value, onChange } = props;
  return (
    <ChoiceControl
      {...props}
      value={typeof value === "boolean" ? String(value) : ""}
      onChange={(next) => onChange(next === undefined ? undefined : next === "true")}
      options={[
        ["true", t("editor.panel.yes")],
        ["false", t("editor.panel.no")],
      ]}
    />
  );
}

const another = "\u0000another";

/** A name out of the team's records, or another one that is typed: not everyone who is named has an account. */
export function NameControl({ options, ...props }: ControlProps & { options: Groups }) {
  const { t } = useTranslation();
  const { value, onChange, id, label } = props;
  const [typing, setTyping] = useState(false);
  const text = typeof value === "string" ? value : "";
  const isListed = options.some((group) => group.options.some(([option]) => option === text));
  const types = typing || (text !== "" && !isListed);
  return (
    <>
      <List
        id={id}
        value={types ? another : text}
        empty={t("editor.panel.unset")}
        groups={options}
        last={<option value={another}>{t("editor.panel.anotherName")}</option>}
        onChange={(next) => {
          setTyping(next === another);
          if (next !== another) onChange(next || undefined);
        }}
      />
      {types && (
        <span className="p-other">
          <label className="vh" htmlFor={`${id}-other`}>
            {t("editor.panel.nameOf", { label })}
          </label>
          <LineControl {...props} id={`${id}-other`} />
        </span>
      )}
    </>
  );
}

/** Several of a short list. The order of the values is that of the list, so that two people who choose alike agree. */
export function ChecksControl({ value, onChange, id, options }: ControlProps & { options: Options }) {
  const chosen: readonly unknown[] = Array.isArray(value) ? value : [];
  const known = options.map(([one]) => one);
  const toggle = (option: string) => {
    const others = chosen.filter((one) => !known.includes(String(one)));
    const next = [...known.filter((one) => chosen.includes(one) !== (one === option)), ...others];
    onChange(next.length > 0 ? next : undefined);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: the name of the group stands above it with its state and hint
    <div role="group" aria-labelledby={id}>
      {options.map(([option, words]) => (
        <label key={option} className="check">
          <input type="checkbox" className="box" checked={chosen.includes(option)} onChange={() => toggle(option)} />
          <b>{words}</b>
        </label>
      ))}
    </div>
  );
}

type SeveralProps = ControlProps & {
  /** what one of the values reads as */
  word: (one: string) => string;
  /** takes one more value and hands it over */
  adder: (add: (one: string) => void) => ReactNode;
};

/** Several of a long list, or of what is typed: each with a button that takes it out, and a control for one more. */
export function SeveralControl({ value, onChange, id, word, adder }: SeveralProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  const [removed, setRemoved] = useState<number | null>(null);
  const chosen = (Array.isArray(value) ? value : []).map(String);
  const set = (next: string[]) => onChange(next.length > 0 ? next : undefined);
  useEffect(() => {
    if (removed === null) return;
    const buttons = list.current?.querySelectorAll<HTMLElement>("button.p-out") ?? [];
    const next =
      buttons[Math.min(removed, buttons.length - 1)] ?? list.current?.querySelector<HTMLElement>("select, input");
    next?.focus();
    setRemoved(null);
  }, [removed]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: the name of the group stands above it with its state and hint
    <div role="group" aria-labelledby={id} ref={list}>
      {chosen.length > 0 && (
        <ul className="p-several">
          {chosen.map((one, at) => (
            <li key={one}>
              <bdi>{word(one)}</bdi>
              <button
                type="button"
                className="p-out"
                aria-label={t("editor.panel.takeOut", { one: word(one) })}
                title={t("editor.panel.takeOut", { one: word(one) })}
                onClick={() => {
                  set(chosen.filter((other) => other !== one));
                  setRemoved(at);
                }}
              >
                <Icon of={X} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {adder((one) => !chosen.includes(one) && set([...chosen, one]))}
    </div>
  );
}

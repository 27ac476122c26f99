import "#app/i18n/english/editor.ts";
import type { ReactNode } from "react";
import { cellText } from "#app/domain/documents/field-text.ts";
import { labelOf } from "#app/domain/documents/labels.ts";
import type { TeamFacts } from "#app/domain/documents/team-rows.ts";
import { languageName, stateName } from "#app/domain/names/names.ts";
import { annexes } from "#app/domain/templates/agreement.ts";
import { languageChoices, stateChoices, zoneChoices } from "#app/i18n/choices.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import {
  BooleanControl,
  ChecksControl,
  ChoiceControl,
  type Groups,
  List,
  NameControl,
  SeveralControl,
} from "./choice-controls.tsx";
import { DayAdder, LocalizedControl, MoneyControl, RecurrenceControl, TeamDayControl } from "./compound-controls.tsx";
import {
  type ControlProps,
  DayControl,
  DurationControl,
  LineControl,
  LongControl,
  NumberControl,
} from "./typed-controls.tsx";

/** What a control must know beside its value. */
export type Around = { team: TeamFacts | null /** languages of the text */; languages: readonly string[] };

/** Kinds whose control is a group of several, so that its name stands above it instead of being its label. */
const grouped: readonly string[] = ["choices", "annexes", "countries", "languages", "dates", "persons", "localized"];

export function isGrouped({ type, value }: Pick<ControlProps, "type" | "value">): boolean {
  return grouped.includes(type.kind) || (type.kind === "longText" && typeof value === "object" && value !== null);
}

/** The control for one value of any kind but a table. */
export function Control({ around, ...props }: ControlProps & { around: Around }): ReactNode {
  const { t, i18n } = useTranslation();
  const { name, type } = props;
  const { team, languages } = around;
  const adder = (groups: Groups) => (add: (one: string) => void) => (
    <List
      id={`${props.id}-add`}
      label={t("editor.panel.addTo", { label: props.label })}
      value=""
      empty={t("editor.panel.addOne")}
      groups={groups}
      onChange={(one) => one && add(one)}
    />
  );
  switch (type.kind) {
    case "boolean":
      return <BooleanControl {...props} />;
    case "choice":
      return <ChoiceControl {...props} options={type.options.map((one) => [one, labelOf(name, one)])} />;
    case "choices":
      return <ChecksControl {...props} options={type.options.map((one) => [one, labelOf(name, one)])} />;
    case "annexes":
      return <ChecksControl {...props} options={annexes.map((annex) => [annex.id, `${annex.id} ${annex.name}`])} />;
    case "zone":
      return <ChoiceControl {...props} options={zoneChoices().map(({ value, label }) => [value, label])} />;
    case "language":
      return <ChoiceControl {...props} options={languageGroups(t("editor.panel.noLanguage"), i18n.language)} />;
    case "country":
      return <ChoiceControl {...props} options={stateGroups(team, i18n.language, t)} />;
    case "countries":
      return (
        <SeveralControl
          {...props}
          word={(one) => stateName(one, i18n.language)}
          adder={adder(stateGroups(team, i18n.language, t))}
        />
      );
    case "languages":
      return (
        <SeveralControl
          {...props}
          word={(one) => languageName(one, i18n.language)}
          adder={adder([
            { group: null, options: languageChoices(i18n.language).map(({ value, label }) => [value, label]) },
          ])}
        />
      );
    case "dates":
      return (
        <SeveralControl
          {...props}
          word={(one) => cellText({ name, type: { kind: "date" } }, one, i18n.language)}
          adder={(add) => <DayAdder id={`${props.id}-add`} label={props.label} add={add} />}
        />
      );
    case "persons":
      return (
        <SeveralControl
          {...props}
          word={(one) => one}
          adder={(add) => (
            <NameControl
              name={name}
              type={{ kind: "person" }}
              id={`${props.id}-add`}
              label={t("editor.panel.addTo", { label: props.label })}
              value=""
              options={personGroups(team, i18n.language)}
              onChange={(one) => typeof one === "string" && add(one)}
            />
          )}
        />
      );
    case "person":
      return <NameControl {...props} options={personGroups(team, i18n.language)} />;
    case "authority":
    case "party":
      return <NameControl {...props} options={authorityGroups(team, type.kind === "party")} />;
    case "duration":
      return <DurationControl {...props} type={type} />;
    case "date":
      return type.orTeam ? <TeamDayControl {...props} type={type} /> : <DayControl {...props} type={type} />;
    case "number":
      return <NumberControl {...props} type={type} />;
    case "money":
      return <MoneyControl {...props} />;
    case "recurrence":
      return <RecurrenceControl {...props} />;
    case "localized":
      return <LocalizedControl {...props} languages={languages} />;
    case "longText":
      return isGrouped(props) ? <LocalizedControl {...props} languages={languages} /> : <LongControl {...props} />;
    case "text":
      return <LineControl {...props} />;
    case "computed":
    case "table":
      return null;
  }
}

type T = ReturnType<typeof useTranslation>["t"];

/** The States of the parties first: most rows are about one of them. */
function stateGroups(team: TeamFacts | null, language: string, t: T): Groups {
  const own = (team?.parties ?? []).map(({ state }) => [state, stateName(state, language)] as const);
  const others = stateChoices(language)
    .filter(({ value }) => !own.some(([state]) => state === value))
    .map(({ value, label }) => [value, label] as const);
  return [
    { group: t("editor.panel.partyStates"), options: own },
    { group: t("editor.panel.otherStates"), options: others },
  ];
}

function languageGroups(none: string, language: string): Groups {
  return [
    { group: null, options: [["none", none]] },
    { group: null, options: languageChoices(language).map(({ value, label }) => [value, label] as const) },
  ];
}

function personGroups(team: TeamFacts | null, language: string): Groups {
  const people = team?.people ?? [];
  const states = [...new Set(people.map(({ state }) => state))];
  return states.map((state) => ({
    group: state === null ? "–" : stateName(state, language),
    options: people.filter((person) => person.state === state).map(({ name }) => [name, name] as const),
  }));
}

function authorityGroups(team: TeamFacts | null, ofParties: boolean): Groups {
  const parties = (team?.parties ?? []).map(({ authority }) => authority);
  const others = ofParties ? [] : (team?.people ?? []).map(({ authority }) => authority);
  return [{ group: null, options: [...new Set([...parties, ...others])].map((name) => [name, name] as const) }];
}

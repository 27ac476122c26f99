/** What kind of value a field of a template holds; decides its control, its check and how it reads in the text. */
export type FieldType =
  | { kind: "text" | "longText" | "localized" | "boolean" | "dates" | "zone" | "recurrence" }
  /** `orTeam`: instead of a day, "start" or "end": the first or last day of the team, whenever that is */
  | { kind: "date"; orTeam?: boolean }
  /** 20 years when nothing is said */
  | { kind: "duration"; maxYears?: number }
  | { kind: "country" | "countries" | "language" | "languages" | "person" | "persons" | "authority" | "party" }
  | { kind: "annexes" | "money" | "computed" }
  | { kind: "number"; integer?: boolean; min?: number; max?: number }
  | { kind: "choice" | "choices"; options: string[] }
  | { kind: "table"; columns: Column[] };

export type Column = { name: string; type: FieldType };

export type Field = {
  name: string;
  type: FieldType;
  /** "sometimes": needed under the condition in the note */
  required: "always" | "sometimes" | "never";
  note?: string;
  /** can be worded, not removed */
  fixed?: boolean;
};

/** Text, or a reference to a field; with `yes`/`no` the field's truth chooses the words ("…" stands for its value). */
export type Segment = string | { field: string; yes?: string; no?: string };

/** Ready words for one way of settling a clause. */
export type Option = { title: string; wording: Segment[] };

/** What experience says about a clause: where teams get stuck, and ways to word it. */
export type Advice = { trouble: string; options: Option[] };

export type Clause = {
  /** C00 to C28; never changes, whatever number the clause has in the text */
  id: string;
  titles: Record<string, string>;
  why: string;
  euModel: string;
  convention: string;
  fixed: boolean;
  fields: Field[];
  /** starting words by BCP 47 tag; "en" is always there */
  wording: Record<string, Segment[]>;
};

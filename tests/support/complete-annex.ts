import type { Actor } from "#app/domain/actor.ts";
import { isUnset } from "#app/domain/documents/field-rows.ts";
import { annexClauses } from "#app/domain/templates/agreement.ts";
import { annexIdOf } from "#app/domain/templates/annex.ts";
import type { Field, FieldType } from "#app/domain/templates/fields.ts";
import { setFields } from "./complete-text.ts";

/** Some value of the kind that may stand. */
function someValue(type: FieldType): unknown {
  switch (type.kind) {
    case "boolean":
      return true;
    case "number":
      return type.min ?? 1;
    case "choice":
      return type.options[0];
    case "choices":
      return type.options.slice(0, 1);
    case "annexes":
      return ["A1"];
    case "country":
      return "KZ";
    case "countries":
      return ["KZ"];
    case "language":
      return "en";
    case "languages":
      return ["en"];
    case "date":
      return "2027-01-15";
    case "dates":
      return ["2027-01-15"];
    case "duration":
      return "P6M";
    case "zone":
      return "UTC";
    case "recurrence":
      return "FREQ=MONTHLY";
    case "money":
      return { amount: "100", currency: "EUR" };
    case "localized":
    case "longText":
      return { en: "As agreed." };
    case "persons":
      return ["A person"];
    case "table":
      return [Object.fromEntries(type.columns.map(({ name, type: cell }) => [name, someValue(cell)]))];
    default:
      return "As agreed";
  }
}

const isWritten = ({ name, type }: Field) =>
  type.kind !== "computed" && name !== "jitReference" && !isUnset(someValue(type));

/** Fills in an annex so that nothing blocks finalising. */
export function completeAnnex(
  { jit, document, annex }: { jit: string; document: string; annex: string },
  author: Actor,
): Promise<void> {
  const fields = (annexClauses[annexIdOf(annex)] ?? []).flatMap((clause) => clause.fields).filter(isWritten);
  return setFields(
    { jit, document },
    author,
    Object.fromEntries(fields.map(({ name, type }) => [name, someValue(type)])),
  );
}

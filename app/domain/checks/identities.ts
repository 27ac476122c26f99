import type { Fields } from "../documents/field-text.ts";
import { allClauses } from "../templates/agreement.ts";
import { type Finding, finding, type Place } from "./finding.ts";
import { ibansIn } from "./iban.ts";
import type { Arrangement, ClauseView } from "./text-view.ts";

type Kind = "name" | "passport" | "iban" | "phone";
export type Identity = { kind: Kind; from: number; to: number };

/*
 * Precise before complete: each pattern needs a word or a form that only an identity has, so that case numbers,
 * container numbers, amounts and names of authorities are left alone. Whoever is warned too often reads no warning.
 */
const capital = String.raw`\p{Lu}[\p{L}’'-]+`;
const fullName = String.raw`(?!The\s)${capital}(?:\s(?:al-|el-|bin|ibn|de|del|van|von|der|den|da|dos)?\s?${capital}){1,3}`;
const passportWord = String.raw`(?:[Pp]assport|[Pp]asseport|[Pp]asaporte|[Пп]аспорт\p{L}*|جواز(?:\sال?سفر)?|护照)`;

/** A pattern, and the sign without which it cannot match: most blocks have none, and asking for it is quick. */
type Pattern = { kind: Kind; sign: RegExp; pattern: RegExp };
const patterns: readonly Pattern[] = [
  // a title and a name: Mr Smith, г-н Иванов, السيد محمد
  {
    kind: "name",
    sign: /M(?:rs?|s|me)[. ]|Sra?[. ]/,
    pattern: new RegExp(String.raw`(?<!\p{L})(?:Mr|Mrs|Ms|Mme|Sr|Sra)\.?\s${capital}(?:\s${capital})?`, "gu"),
  },
  {
    kind: "name",
    sign: /г-н|г-жа|господин|госпожа|гражданин|гражданка/,
    pattern: new RegExp(
      String.raw`(?<!\p{L})(?:г-н|г-жа|господин|госпожа|гражданин|гражданка)\s${capital}(?:\s${capital})?`,
      "gu",
    ),
  },
  {
    kind: "name",
    sign: /السيد|المدعو/,
    pattern: /(?<!\p{L})(?:السيد|السيدة|المدعو|المدعوة)\s[\p{Script=Arabic}]{3,}(?:\s[\p{Script=Arabic}]{3,})?/gu,
  },
  // a role in the case and a full name: suspect John Smith. Codes such as S-01 are no names.
  {
    kind: "name",
    sign: /uspect|ccused|efendant|itness|ictim|amed|lias|nown as/,
    pattern: new RegExp(
      String.raw`(?<!\p{L})(?:[Ss]uspect|[Aa]ccused|[Dd]efendant|[Ww]itness|[Vv]ictim|[Nn]amed|[Aa]lias|[Kk]nown as)\s${fullName}`,
      "gu",
    ),
  },
  {
    kind: "name",
    sign: /подозреваем|обвиняем|свидетел/,
    pattern: new RegExp(
      String.raw`(?<!\p{L})(?:подозреваем\p{L}+|обвиняем\p{L}+|свидетел\p{L}+)\s${capital}\s${capital}`,
      "gu",
    ),
  },
  // a name with a father's name, which nothing else has
  {
    kind: "name",
    sign: /вич|вна|лы|қызы|кызы|оглы|ogly|uly|qyzy/,
    pattern:
      /(?<!\p{L})\p{Lu}[\p{L}-]+\s\p{Lu}[\p{L}-]+\s\p{Lu}\p{L}+(?:вич|вна|ұлы|улы|қызы|кызы|оглы|ogly|uly|qyzy)(?!\p{L})/gu,
  },
  {
    kind: "name",
    sign: /\s(?:بن|بنت|ابن)\s/,
    pattern: /(?<!\p{L})[\p{Script=Arabic}]{2,}\s(?:بن|بنت|ابن)\s[\p{Script=Arabic}]{2,}/gu,
  },
  // Chinese writes the role before the name, 姓名 before it, or the rest of it as 某
  {
    kind: "name",
    sign: /某|姓名/,
    pattern: /(?:嫌疑人|被告人|证人|被害人|姓名[:：])[\p{Script=Han}]某{1,2}|姓名[:：]\s?[\p{Script=Han}]{2,4}/gu,
  },
  // someone's day of birth
  {
    kind: "name",
    sign: /\s\(?(?:born|née?|nacid[oa])\s/,
    pattern: new RegExp(String.raw`${fullName},?\s\(?(?:born|né|née|nacido|nacida)\s(?:on\s|le\s|el\s)?\d`, "gu"),
  },
  {
    kind: "passport",
    sign: /assport|asseport|asaporte|аспорт|جواز|护照/,
    pattern: new RegExp(
      String.raw`${passportWord}(?:\s?(?:number|no\.?|nr\.?|№|número|номер|رقم|号码|号)\.?)?[\s:：#]{0,2}(?=[A-Z0-9]*\d{5})[A-Z]{0,3}\d{5,9}(?![\p{L}\d])`,
      "gu",
    ),
  },
  // the machine-readable line at the foot of the page (ICAO 9303)
  { kind: "passport", sign: /<</, pattern: /P[A-Z<][A-Z]{3}[A-Z]+<<[A-Z<]+/g },
  // international: a plus, then 8 to 15 digits (E.164), in groups
  {
    kind: "phone",
    sign: /\+[1-9]/,
    pattern: /(?<![\p{L}\d+])\+[1-9]\d{0,2}(?:[\s().\u00a0-]{0,2}\d){7,12}(?!\d)/gu,
  },
  // any number behind a word that says so
  {
    kind: "phone",
    sign: /(?:[Tt]el|hone|obile|ell|[Тт]ел|هاتف|جوال|电话|手机)[^\d]{0,15}\d/,
    pattern:
      /(?<!\p{L})(?:[Tt]el(?:ephone|éfono|éphone)?|[Pp]hone|[Mm]obile|[Cc]ell|[Тт]ел(?:ефон)?|هاتف|جوال|电话|手机)[.:：]?\s?(?:no\.?\s|№\s?|号码)?\(?\d(?:[\s().\u00a0-]{0,2}\d){5,12}(?![\p{L}\d])/gu,
  },
];

/** Where a text names someone: by name, passport, account or telephone number. */
export function identitiesIn(text: string): Identity[] {
  const found: Identity[] = ibansIn(text).map((place) => ({ kind: "iban", ...place }));
  for (const { kind, sign, pattern } of patterns) {
    if (!sign.test(text)) continue;
    for (const { 0: words, index } of text.matchAll(pattern)) {
      found.push({ kind, from: index, to: index + words.length });
    }
  }
  return withoutOverlap(found);
}

/** Of two that overlap the first, and of two at one place the longer. */
function withoutOverlap(found: Identity[]): Identity[] {
  const kept: Identity[] = [];
  for (const one of found.sort((a, b) => a.from - b.from || b.to - a.to)) {
    if (one.from >= (kept.at(-1)?.to ?? 0)) kept.push(one);
  }
  return kept;
}

/** V10: free text names someone. Names of the team itself stand in their own fields. */
export function checkIdentities({ texts, fields }: Arrangement): Finding[] {
  const inText = texts.flatMap(({ language, clauses: views }) =>
    views.flatMap((clause) => identitiesOf(clause).map((one) => said(one, clause.id, language))),
  );
  return [...inText, ...inFields(fields)];
}

type Found = { kind: Kind; words: string; from: number; to: number };

function identitiesOf({ blocks }: ClauseView): Found[] {
  return blocks.flatMap(({ text, from }) =>
    identitiesIn(text).map((one) => ({
      kind: one.kind,
      words: text.slice(one.from, one.to),
      from: from + one.from,
      to: from + one.to,
    })),
  );
}

function said({ kind, words, from, to }: Found, clause: string, language: string): Finding {
  return finding("V10", `V10-${kind}`, { clause, values: { words }, place: { kind: "text", language, from, to } });
}

const written = allClauses.flatMap((clause) =>
  clause.fields.filter(({ type }) => type.kind === "longText").map(({ name }) => ({ name, clause: clause.id })),
);

function inFields(fields: Fields): Finding[] {
  return written.flatMap(({ name, clause }) =>
    textsOf(fields[name]).flatMap((text) => {
      const place: Place = { kind: "field", field: name };
      return identitiesIn(text).map(({ kind, from, to }) =>
        finding("V10", `V10-${kind}`, { clause, values: { words: text.slice(from, to), fields: [name] }, place }),
      );
    }),
  );
}

function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).filter((one): one is string => typeof one === "string");
}

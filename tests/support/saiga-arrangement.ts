import canonicalize from "canonicalize";
import { digestOf } from "#app/domain/documents/canonical.server.ts";
import { startingWord } from "#app/domain/documents/seed-text.ts";
import type { TextNode } from "#app/domain/documents/text-node.ts";
import type { ArrangementToPrint } from "#app/domain/export/arrangement.ts";
import { clauses, templateId } from "#app/domain/templates/agreement.ts";
import authorities from "#prisma/demonstration/authorities.json" with { type: "json" };
import saiga from "#prisma/demonstration/saiga.json" with { type: "json" };

export const paragraph = (...content: (string | TextNode)[]): TextNode => ({
  type: "paragraph",
  attrs: { id: null, dir: null },
  content: content.map((part) => (typeof part === "string" ? { type: "text", text: part } : part)),
});

const names = { en: "SAIGA", kk: "САЙҒАҚ", ru: "САЙГАК", ar: "سايغا", zh: "赛加" };

/** What the delegations worded for the case, where there is more than the template. */
export const worded: Record<string, Record<string, string>> = {
  C03: {
    ru: "Группа устанавливает организаторов маршрута поставки рогов сайгака, собирает доказательства, пригодные для судов всех сторон, выявляет и замораживает доходы и готовит единый день задержаний.",
    ar: "يتولى الفريق تحديد منظِّمي مسار تهريب قرون السايغا، وجمع أدلة صالحة للاستخدام أمام محاكم جميع الأطراف، وتتبّع العائدات وتجميدها، والإعداد ليوم موحّد لتنفيذ عمليات التوقيف.",
    zh: "联合调查组负责查明赛加羚羊角走私路线的组织者，收集可在各方法院使用的证据，追查并冻结犯罪所得，并筹备统一抓捕行动日。",
  },
  C05: {
    ru: "Группа действует в течение 12 месяцев с даты последней подписи.",
    ar: "يعمل الفريق لمدة 12 شهرًا من تاريخ آخر توقيع.",
    zh: "联合调查组自最后一方签署之日起工作12个月。",
  },
  C06: {
    ru: "На территории каждой стороны группа действует по её законодательству при полном уважении её суверенитета.",
    ar: "يعمل الفريق في إقليم كل طرف وفقًا لقانونه ومع الاحترام الكامل لسيادته.",
    zh: "联合调查组在每一方境内依照该方法律开展工作，充分尊重其主权。",
  },
};

const tables: Record<string, string[]> = {
  C00: ["legalBases"],
  C03: ["offences"],
  C07: ["leaders"],
  C09: ["powers"],
  C12: ["evidenceStandards"],
  C15: ["disclosureRules"],
  C22: ["costLines"],
};

/** One language of the exercise arrangement: all clauses of the template, with the words of that language if it has any. */
function textIn(language: string): TextNode {
  const content = clauses
    .filter((clause) => language === "en" || worded[clause.id]?.[language])
    .map((clause): TextNode => {
      const title = clause.titles[language] ?? clause.titles.en ?? clause.id;
      const start = paragraph(...(clause.wording.en ?? []).map(startingWord));
      return {
        type: "clause",
        attrs: { clauseId: clause.id, fixed: clause.fixed },
        content: [
          { type: "clauseTitle", attrs: { id: null, dir: null }, content: [{ type: "text", text: title }] },
          language === "en" ? start : paragraph(worded[clause.id]![language]!),
          ...(language === "en"
            ? (saiga.texts as Record<string, string>)[clause.id]
              ? [paragraph((saiga.texts as Record<string, string>)[clause.id]!)]
              : []
            : []),
          ...(language === "en" ? (tables[clause.id] ?? []) : []).map(
            (name): TextNode => ({ type: "fieldTable", attrs: { name, id: null, dir: null } }),
          ),
        ],
      };
    });
  return { type: "doc", content };
}

const fields = {
  ...saiga.fields,
  jitName: names,
  jitReference: "JIT-2026-001",
  exerciseFlag: true,
  instrumentKind: "arrangement",
  duration: "P12M",
  referenceTimeZone: "UTC",
  entryIntoForceRule: "last_signature",
  statesOfOperation: ["KZ", "CN", "EG", "NL"],
  workingLanguage: "en",
  authenticLanguages: ["en", "ru", "ar", "zh"],
};

/** The exercise arrangement, frozen and signed by two of four parties. `more` is put at the end of its English text. */
export function saigaArrangement({
  languages = ["en"],
  more = [],
  exercise = true,
}: {
  languages?: string[];
  more?: TextNode[];
  exercise?: boolean;
} = {}): ArrangementToPrint {
  const texts = Object.fromEntries(languages.map((language) => [language, textIn(language)]));
  texts.en?.content?.at(-1)?.content?.push(...more);
  const canonical = canonicalize({ template: templateId, fields, languages: texts })!;
  return {
    canonical,
    digest: digestOf(canonical),
    origin: "https://jit.example",
    version: 1,
    frozenAt: new Date("2026-12-15T14:03:12.000Z"),
    jit: { reference: "JIT-2026-001", names, exercise },
    parties: [
      party(1, "kz-gpo", "Kazakhstan", "25-3-0117-EX"),
      party(2, "cn-spp", "China", "缉案-2025-088-EX"),
      party(3, "eg-ppo", "Egypt", "4471/2025-EX"),
      party(4, "nl-fp", "Netherlands", "FP-25-006631-EX"),
    ],
    signatories: [
      signatory("KZ", "Ермек Тұрсынов", "Ermek Tursynov", "Deputy Prosecutor General", "2026-12-16T04:31:12.000Z"),
      signatory("CN", "王建国", "Wang Jianguo", "Director-General"),
      signatory("EG", "هشام فؤاد", "Hisham Fouad", "Assistant Prosecutor General", "2026-12-16T09:12:40.000Z"),
      signatory("NL", "Marijke van den Berg", "Marijke van den Berg", "Chief Public Prosecutor"),
    ],
  };
}

function party(position: number, key: string, stateName: string, nationalCase: string) {
  const authority = authorities.find((each) => each.key === key)!;
  const authorityNames = authority.names as unknown as Record<string, string>;
  return { state: authority.state ?? "", stateName, authorityNames, nationalCase, position };
}

function signatory(state: string, name: string, latinName: string, capacity: string, at?: string) {
  return {
    party: state,
    name,
    latinName,
    capacity,
    state: at ? ("signed" as const) : ("waiting" as const),
    signedAt: at ? new Date(at) : null,
    signatureId: at ? "0199c0de-0000-7000-8000-00000000000a" : null,
  };
}

import type { JitRole } from "#app/domain/roles.ts";

export type Seat = { login: string; authority: string; roles: JitRole[]; capacity?: string };
export type Team = {
  reference: string;
  names: Record<string, string>;
  summary: string;
  founder: string;
  /** days before today */
  founded: number;
  /** authorities of the parties after the founder's own, with the number of their national case */
  parties: { authority: string; nationalCase: string }[];
  foundersCase: string;
  seats: Seat[];
  /** what its parties agreed on beyond what all such teams do */
  agreed?: Record<string, unknown>;
};

/** Invented for exercises; States are real so that time zones and languages behave as in life. */
export const saiga: Team = {
  reference: "JIT-2026-001",
  names: { en: "SAIGA", kk: "САЙҒАҚ", ru: "САЙГАК", ar: "سايغا", zh: "赛加" },
  summary:
    "A network buys saiga horn from poachers, moves it in sheepskin containers through a Mediterranean port, relabels it and sells it. Payment runs through two letterbox companies and a crypto broker.",
  founder: "aigul",
  founded: 40,
  foundersCase: "25-3-0117-EX",
  parties: [
    { authority: "cn-spp", nationalCase: "缉案-2025-088-EX" },
    { authority: "eg-ppo", nationalCase: "4471/2025-EX" },
    { authority: "nl-fp", nationalCase: "FP-25-006631-EX" },
  ],
  seats: [
    { login: "wenjing", authority: "cn-spp", roles: ["leader", "lead_negotiator"] },
    { login: "noha", authority: "eg-ppo", roles: ["leader", "lead_negotiator"] },
    { login: "sanne", authority: "nl-fp", roles: ["leader", "lead_negotiator", "disclosure_officer"] },
    { login: "daniyar", authority: "kz-gpo", roles: ["member", "evidence_custodian"] },
    { login: "olga", authority: "kz-gpo", roles: ["member"] },
    { login: "haifeng", authority: "cn-spp", roles: ["member", "seconded_member"] },
    { login: "karim", authority: "eg-ppo", roles: ["member", "evidence_custodian"] },
    { login: "bram", authority: "nl-fp", roles: ["member"] },
    { login: "amina", authority: "kz-gpo", roles: ["participant_observer"] },
    { login: "maria", authority: "kz-gpo", roles: ["participant_observer"] },
    { login: "youssef", authority: "eg-ppo", roles: ["translator"] },
    { login: "xiaoyu", authority: "cn-spp", roles: ["translator"] },
    { login: "ruslan", authority: "kz-gpo", roles: ["translator"] },
    { login: "ermek", authority: "kz-gpo", roles: ["signatory"], capacity: "Deputy Prosecutor General" },
    { login: "jianguo", authority: "cn-spp", roles: ["signatory"], capacity: "Director-General" },
    { login: "hisham", authority: "eg-ppo", roles: ["signatory"], capacity: "Assistant Prosecutor General" },
    { login: "marijke", authority: "nl-fp", roles: ["signatory"], capacity: "Chief Public Prosecutor" },
  ],
};

export const harmattan: Team = {
  reference: "JIT-2025-004",
  names: { en: "HARMATTAN", pt: "HARMATÃO", fr: "HARMATTAN", es: "HARMATÁN" },
  summary:
    "Migrant-smuggling boats leave at night from two estuaries. The team works on the organizers in three West African States and their money handlers in Spain.",
  founder: "elena",
  founded: 420,
  foundersCase: "DP 118/2025-EX",
  parties: [
    { authority: "sn-pj", nationalCase: "RP 2025/0461-EX" },
    { authority: "gm-moj", nationalCase: "CID 77/25-EX" },
    { authority: "cv-pgr", nationalCase: "3302/25-EX" },
  ],
  seats: [
    { login: "fatou", authority: "sn-pj", roles: ["leader", "lead_negotiator"] },
    { login: "lamin", authority: "gm-moj", roles: ["leader", "lead_negotiator"] },
    { login: "nuno", authority: "cv-pgr", roles: ["leader", "lead_negotiator"] },
    { login: "tomas", authority: "es-fan", roles: ["signatory"], capacity: "Chief Public Prosecutor" },
    { login: "moussa", authority: "sn-pj", roles: ["signatory"], capacity: "Public Prosecutor" },
    { login: "isatou", authority: "gm-moj", roles: ["signatory"], capacity: "Director of Public Prosecutions" },
    { login: "celeste", authority: "cv-pgr", roles: ["signatory"], capacity: "Deputy Attorney General" },
  ],
  agreed: {
    openToAccession: true,
    accessionProcedure: { en: "By annex A10, which all parties and the newcomer sign." },
  },
};

export const silkLedger: Team = {
  reference: "JIT-2024-002",
  names: { en: "SILK LEDGER", it: "REGISTRO DI SETA", uz: "IPAK DAFTARI", ru: "ШЁЛКОВЫЙ РЕЕСТР" },
  summary: "Online investment fraud: call centres in one State, victims in the other.",
  founder: "giulia",
  founded: 640,
  foundersCase: "2291/24-EX",
  parties: [{ authority: "uz-gpo", nationalCase: "24-117-EX" }],
  seats: [
    { login: "dilnoza", authority: "uz-gpo", roles: ["leader", "lead_negotiator"] },
    { login: "paolo", authority: "it-dna", roles: ["signatory"], capacity: "Deputy National Prosecutor" },
    { login: "rustam", authority: "uz-gpo", roles: ["signatory"], capacity: "First Deputy Prosecutor General" },
  ],
};

import { describe, expect, it } from "vitest";
import { documentStates } from "#app/domain/documents/states.ts";
import { inReadersOrder, stateName } from "#app/domain/names/names.ts";
import { globalRoles, jitRoles } from "#app/domain/roles.ts";
import { problems } from "./english/problems.ts";
import { roles } from "./english/roles.ts";
import { states } from "./english/states.ts";
import { i18nIn } from "./i18n.ts";
import { acceptedLanguage, directionOf } from "./languages.ts";
import { problemSentence } from "./problem.ts";

describe("words", () => {
  it("has a word for every role and every state of a text", () => {
    for (const role of [...jitRoles, ...globalRoles]) expect(roles[role], role).toBeTruthy();
    for (const state of documentStates) expect(states[state], state).toBeTruthy();
  });
  it("says why, names the field where it can, and never shows a bare reason", () => {
    const { t } = i18nIn("en");
    expect(problemSentence(t, "required", "Place")).toBe("Place is missing. Enter it.");
    expect(problemSentence(t, "last-leader")).toContain("only leader");
    expect(problemSentence(t, "no-such-reason")).toBe(problems.unknown);
  });
  it("falls back to English for a language the interface does not speak yet", () => {
    expect(i18nIn("ar").language).toBe("en");
    expect(acceptedLanguage("ar-EG,ar;q=0.9,en;q=0.5")).toBe("en");
  });
  it("knows which way lines run", () => {
    expect([directionOf("ar"), directionOf("ar-EG"), directionOf("kk"), directionOf("zh")]).toEqual([
      "rtl",
      "rtl",
      "ltr",
      "ltr",
    ]);
  });
});

describe("States", () => {
  it("names them in the reader's language, and organisations by themselves", () => {
    expect(stateName("GM", "en")).toBe("The Gambia");
    expect(stateName("KZ", "ru")).toBe("Казахстан");
    expect(stateName("UNODC", "en")).toBe("UNODC");
  });
  it("puts the reader's own State first, then by name in the reader's language", () => {
    const parties = [{ code: "NL" }, { code: "EG" }, { code: "KZ", own: true }, { code: "CN" }];
    expect(inReadersOrder(parties, "en").map((party) => party.code)).toEqual(["KZ", "CN", "EG", "NL"]);
  });
});

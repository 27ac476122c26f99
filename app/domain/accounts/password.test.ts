import fc from "fast-check";
import { expect, test } from "vitest";
import { checkPassword, isCommon, Password } from "./password.ts";

const ofLength = (min: number, max: number) =>
  fc
    .array(fc.string({ minLength: 1, maxLength: 1, unit: "binary" }), { minLength: min, maxLength: max })
    .map((all) => all.join(""));
const reasonOf = (text: string) => Password.safeParse(text).error?.issues[0]?.message;

test("any 15 to 128 characters will do, as they are", () => {
  fc.assert(
    fc.property(ofLength(15, 128), (text) => {
      fc.pre([...text].length >= 15 && !isCommon(text));
      expect(Password.parse(text)).toBe(text);
    }),
  );
});

test("14 are too few, 129 too many, however many bytes they take", () => {
  for (const letter of ["x", "é", "字", "🙂"]) {
    expect(reasonOf(letter.repeat(14))).toBe("password-too-short");
    expect(reasonOf(letter.repeat(129))).toBe("password-too-long");
  }
  expect(reasonOf("字母🙂é".repeat(32))).not.toBe("password-too-long");
});

test.each([
  "Password12345678",
  "P@ssw0rd!!!!!!!!!",
  "Password!@#$%^&*()",
  "qwertyuiopasdfgh",
  "987654321098765",
  "aaaaaaaaaaaaaaaa",
  "abcabcabcabcabcabc1",
  "пароль пароль 1",
  "jointinvestigationteam",
  "Joint Investigation Team 2026!",
  "J01nt-1nv3st1gat10n-T3am",
  "Palermo Convention 2000",
  "GeneralProsecutorsOffice",
  "Republic of Kazakhstan",
  "Kazakhstan2026!!",
  "Côte d’Ivoire 2026 2026",
])("%s is refused: everybody tries it", (text) => {
  expect(isCommon(text)).toBe(true);
});

test.each([
  "correct horse battery staple",
  "the window of our house is green",
  "839201748392017465",
  "a!#%&/()=?`*+~'-",
  "лошадь батарея скрепка",
])("%s is not refused", (text) => {
  expect(Password.parse(text)).toBe(text);
});

test("what is known about its owner is refused, for this owner only", () => {
  const known = ["a.nurlanova@prokuror.example", "Айгүл Нұрланова", "Aigul Nurlanova"];
  for (const text of ["aigul.nurlanova.1", "NURLANOVA-prokuror", "Айгүл Нұрланова 7"]) {
    expect(() => checkPassword(text, known)).toThrow("password-too-common");
    expect(checkPassword(text)).toBe(text);
  }
});

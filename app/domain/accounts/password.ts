import { z } from "zod";
import { Invalid } from "../errors.ts";
import { names } from "../names/english.ts";

const shortest = 15;
const longest = 128;

/**
 * A password: 15 to 128 characters of any kind, counted as people count them (code points), never cut or folded.
 * Common ones and runs of the same few letters are refused. ASVS 6.2.1, 6.2.4, 6.2.5.
 */
export const Password = z
  .string("required")
  .refine((text) => lengthOf(text) >= shortest, "password-too-short")
  .refine((text) => lengthOf(text) <= longest, "password-too-long")
  .refine((text) => lengthOf(text) < shortest || lengthOf(text) > longest || !isCommon(text), "password-too-common");

/** The same, and not made of what is known about its owner: address, names, authority. Throws Invalid. */
export function checkPassword(text: string, known: readonly string[] = [], field = "password"): string {
  const checked = Password.safeParse(text);
  if (!checked.success) throw new Invalid({ [field]: checked.error.issues[0]?.message ?? "password-too-short" });
  if (isCommon(text, known)) throw new Invalid({ [field]: "password-too-common" });
  return text;
}

function lengthOf(text: string): number {
  return [...text].length;
}

const runs = [
  "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
  "12345678901234567890123456789012345678901234567890",
  "qwertyuiopasdfghjklzxcvbnmqwertyuiopasdfghjklzxcvbnm",
  "qwertzuiopasdfghjklyxcvbnmqwertzuiopasdfghjklyxcvbnm",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p1qaz2wsx3edc4rfv",
  "1q2w3e4r5t6y7u8i9o0p1q2w3e4r5t6y7u8i9o0p1q2w3e4r5t6y",
];
const backwards = runs.map((run) => [...run].reverse().join(""));

/** What everybody tries, in the languages of the Convention, and the words of this work. */
const commonWords = words(`
  password passwort passphrase motdepasse contrasena contraseña senha пароль парол 密码 كلمةالسر secret secreto changeme
  letmein iloveyou welcome willkommen bienvenue administrator admin login user guest default temporary temp test testing
  qwerty azerty qwertz asdf zxcv abc abcd superman batman dragon monkey football princess sunshine master shadow trustno
  whatever starwars liverpool charlie michael jesus summer winter spring autumn hello
  joint investigation investigations investigative team teams jit workspace space unodc untoc palermo convention
  arrangement agreement prosecutor prosecutors prosecution procurator procuratorate general office police court justice
  ministry minister interior national republic kingdom federation state states crime organized organised transnational
  the of and for to in is my our your this
`);

function words(text: string): string[] {
  const found = text.split(/\s+/).map((word) => bare(word.toLowerCase()));
  return [...new Set(found)].filter((word) => word.length > 1);
}

/** Without accents, spaces, stops and the row of signs above the digits. */
function bare(folded: string): string {
  return folded
    .normalize("NFD")
    .replaceAll("!@#$%^&*()", "")
    .replace(/[\p{M}\s!.,?_-]/gu, "");
}

const lookalikes: Record<string, string> = { 0: "o", 1: "i", 3: "e", 4: "a", 5: "s", 7: "t", "@": "a", $: "s" };

function asLetters(folded: string): string {
  return folded.replace(/[013457@$]/g, (sign) => lookalikes[sign] ?? sign);
}

let countries: string[] | undefined;
function countryWords(): string[] {
  if (countries) return countries;
  countries = words(Object.values(names.states).join(" ")).filter((word) => word.length > 3);
  return countries;
}

/**
 * Made of one short piece again and again, a run along the keyboard, or little besides words that everybody tries or
 * that are known about its owner. Digits count as nothing and as the letters they look like: the shorter rest decides.
 */
export function isCommon(text: string, known: readonly string[] = []): boolean {
  const folded = text.toLowerCase();
  if (/^(.{1,6}?)\1+.{0,5}$/su.test(folded)) return true;
  if ([...runs, ...backwards].some((run) => run.includes(folded))) return true;
  if (!/\p{L}/u.test(folded)) return false;
  const own = words(known.join(" ").replace(/[@._-]/g, " ")).filter((word) => word.length > 2);
  const all = [...commonWords, ...countryWords(), ...own].sort((a, b) => b.length - a.length);
  const rest = (reading: string) => all.reduce((left, word) => left.replaceAll(word, ""), bare(reading));
  return [folded.replace(/\d/g, ""), asLetters(folded)].some((reading) => lengthOf(rest(reading)) < 4);
}

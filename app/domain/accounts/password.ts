import { z } from "zod";

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

function lengthOf(text: string): number {
  return [...text].length;
}

const runs = [
  "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
  "12345678901234567890123456789012345678901234567890",
  "qwertyuiopasdfghjklzxcvbnmqwertyuiopasdfghjklzxcvbnm",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p1qaz2wsx3edc4rfv",
];
const commonWords =
  /password|passwort|motdepasse|contraseña|пароль|jitspace|jointinvestigation|letmein|iloveyou|welcome|admin/gi;

/** Made of one short piece again and again, a run along the keyboard, or little besides a word everybody tries. */
export function isCommon(text: string): boolean {
  const folded = text.toLowerCase();
  if (/^(.{1,6}?)\1+.{0,5}$/u.test(folded)) return true;
  if (runs.some((run) => run.includes(folded) || [...run].reverse().join("").includes(folded))) return true;
  const rest = folded.replace(commonWords, "").replace(/[\d\s!.?_-]/g, "");
  return lengthOf(rest) < 4;
}

// Vowel signs of Arabic and Hebrew, and the accents that NFKD takes off Latin, Greek and Cyrillic letters. Marks of
// other scripts are part of the word and stay.
const marks = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]/g;
/** Joiners, soft hyphens, direction marks and the Arabic stretching line: nobody types them into a search. */
const invisible = /[\u00ad\u0640\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** Letters that do not come apart by Unicode and that people look for by another. */
const alike: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ł: "l",
  ı: "i",
  ٱ: "ا",
  ى: "ي",
  ی: "ي",
  ک: "ك",
  ة: "ه",
  "’": "'",
};
const alikes = new RegExp(`[${Object.keys(alike).join("")}]`, "g");

/** A text as a search compares it: without case, accents, vowel signs, control characters, and forms of one letter. */
export function searchable(text: string): string {
  return text
    .normalize("NFKD")
    .replace(invisible, "")
    .toLowerCase()
    .replace(marks, "")
    .replace(alikes, (letter) => alike[letter] ?? letter)
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim();
}

const longestQuestion = 200;
const mostWords = 12;

/** The words that must all be found, in any order; none asks for everything. What is beyond a sane length is left out. */
export function wordsSought(question: string): string[] {
  const words = searchable(question.slice(0, longestQuestion)).split(" ").filter(Boolean);
  return [...new Set(words)].slice(0, mostWords);
}

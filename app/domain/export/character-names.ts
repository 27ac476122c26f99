/** More would be another script, which the first of them show. */
const most = 60;

/** "ქ (U+10E5), U+0007": what can be seen, and the code by which anyone finds it. */
export function namedCharacters(characters: readonly string[]): string {
  const named = characters.slice(0, most).map((character) => {
    const code = `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}`;
    if (/[\p{C}\p{Z}]/u.test(character)) return code;
    // A mark needs something to stand on, and a letter from right to left must not turn the code beside it.
    return `\u2068${/\p{M}/u.test(character) ? "\u25cc" : ""}${character}\u2069 (${code})`;
  });
  return named.join(", ") + (characters.length > most ? ", …" : "");
}

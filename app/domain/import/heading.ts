const kinds = "article|clause|section|art[íi]culo|cl[áa]usula|статья|пункт|المادة|البند|第";
const head = new RegExp(`^(?:(?:${kinds})\\s*)?(\\d{1,2})\\s*(?:条|條)?\\s*[.:)–—-]*\\s*(.*)$`, "iu");

/** "Article 5 – Duration" is 5 and "Duration"; digits of any script. */
export function splitHeading(text: string): { number: number | null; title: string } {
  const western = text.replace(/\p{Nd}/gu, (digit) => String(valueOfDigit(digit)));
  const found = head.exec(western.trim());
  if (!found) return { number: null, title: text };
  return { number: Number(found[1]), title: found[2] ?? "" };
}

/** Digits of a script stand in a row of ten. */
function valueOfDigit(digit: string): number {
  let value = 0;
  for (let code = digit.codePointAt(0)! - 1; value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code)); code--) value++;
  return value;
}

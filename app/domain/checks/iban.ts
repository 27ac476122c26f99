/** Lengths by country from the IBAN registry (ISO 13616); a number of another length is none. */
const lengths: Record<string, number> = Object.fromEntries(
  (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 " +
    "ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 " +
    "LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 " +
    "QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30"
  )
    .split(" ")
    .map((one) => [one.slice(0, 2), Number(one.slice(2))]),
);

/** True for an account number whose check digits are right (ISO 7064, 97-10). Spaces between groups do not count. */
export function isIban(text: string): boolean {
  const compact = text.replace(/[ \u00a0]/g, "");
  if (lengths[compact.slice(0, 2)] !== compact.length || !/^[A-Z]{2}\d\d[A-Z0-9]+$/.test(compact)) return false;
  let rest = 0;
  for (const letter of compact.slice(4) + compact.slice(0, 4)) {
    const value = Number.parseInt(letter, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

/** Where account numbers stand in a text. Words may follow without a gap of their own, so shorter ends are tried too. */
export function ibansIn(text: string): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (const match of text.matchAll(/(?<![A-Z0-9])[A-Z]{2}\d\d[ \u00a0]?[A-Z0-9]/g)) {
    const end = endOf(text, match.index);
    if (end !== null) found.push({ from: match.index, to: end });
  }
  return found;
}

function endOf(text: string, from: number): number | null {
  const length = lengths[text.slice(from, from + 2)];
  let end = from;
  for (let letters = 0; length !== undefined && letters < length; end++) {
    const letter = text[end] ?? "";
    if (/[A-Z0-9]/.test(letter)) letters++;
    else if (letter !== " " && letter !== "\u00a0") return null;
  }
  return /[A-Z0-9]/.test(text[end] ?? "") || !isIban(text.slice(from, end)) ? null : end;
}

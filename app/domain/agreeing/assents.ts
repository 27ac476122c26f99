/** A party's yes to a clause or, without one, to the whole text. */
export type Assent = {
  clauseId: string | null;
  /** SHA-256, hex, of what the party said yes to */
  digest: string;
  partyId: string;
  at: Date;
  name: string;
  latinName: string;
};

/** Where a party stands: agreed to these very words, to words that were changed since, or not at all. */
export type Stand = { party: AgreeingParty; assent: Assent | null; holds: boolean };

export type AgreeingParty = {
  id: string;
  state: string;
  /** somebody there may say yes */
  negotiates: boolean;
};

/** Where every party stands to what has this digest now; without a digest nothing holds. */
export function standsOn(
  parties: readonly AgreeingParty[],
  assents: readonly Assent[],
  subject: { clauseId: string | null; digest: string | undefined },
): Stand[] {
  return parties.map((party) => {
    const assent = assents.find((one) => one.partyId === party.id && one.clauseId === subject.clauseId) ?? null;
    return { party, assent, holds: assent !== null && assent.digest === subject.digest };
  });
}

export function isAgreedByAll(stands: readonly Stand[]): boolean {
  return stands.length > 0 && stands.every((stand) => stand.holds);
}

import "#app/i18n/english/agreeing.ts";
import type { i18n, TFunction } from "i18next";
import type { Stand } from "#app/domain/agreeing/assents.ts";
import { inReadersOrder, stateName } from "#app/domain/names/names.ts";

type Words = { t: TFunction; i18n: i18n };

/** As `inReadersOrder` has it: the reader's own State first, then by name. */
export function standsInOrder(stands: readonly Stand[], own: string | null, language: string) {
  return inReadersOrder(
    stands.map((stand) => ({ ...stand, code: stand.party.state, own: stand.party.id === own })),
    language,
  );
}

/** "Agreed by 3 of 4. Netherlands not yet. An edit cleared the agreement of Egypt." */
export function standsInWords(stands: readonly Stand[], { t, i18n }: Words): string {
  const list = (some: readonly Stand[]) =>
    new Intl.ListFormat(i18n.language).format(some.map((stand) => stateName(stand.party.state, i18n.language)));
  const agreed = stands.filter((stand) => stand.holds);
  const cleared = stands.filter((stand) => stand.assent && !stand.holds);
  const silent = stands.filter((stand) => !stand.assent);
  if (agreed.length === stands.length) return t("agreeing.all", { count: stands.length });
  const sentences = [
    agreed.length > 0 ? t("agreeing.some", { count: agreed.length, all: stands.length }) : t("agreeing.none"),
    agreed.length > 0 && silent.length > 0 && t("agreeing.missing", { states: list(silent) }),
    cleared.length > 0 && t("agreeing.cleared", { states: list(cleared), count: cleared.length }),
  ];
  return sentences.filter(Boolean).join(" ");
}

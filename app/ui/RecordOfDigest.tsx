import "#app/i18n/english/look-up.ts";
import type { Recorded } from "#app/domain/export/recorded.server.ts";
import { formatInstant, zoneName } from "#app/i18n/dates.ts";
import { problemSentence } from "#app/i18n/problem.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Banner } from "./Banner.tsx";
import { Digest } from "./Digest.tsx";
import { type Fact, FactList } from "./FactList.tsx";
import { Instant } from "./Instant.tsx";
import { Section } from "./Section.tsx";

/** What is recorded for a digest, for anyone. All instants are legal ones: with seconds, in UTC. */
export function RecordShown({ digest, recorded }: { digest: string; recorded: Recorded }) {
  const { t } = useTranslation();
  const facts = [...useDigest(digest), ...useFacts(recorded)];
  return (
    <>
      {recorded.exercise && <Banner tone="note">{t("lookUp.exercise")}</Banner>}
      <p className="vlead">{t(`lookUp.states.${recorded.state}`)}</p>
      <FactList facts={facts} />
      <Section title={t("lookUp.check")}>
        <p>{t("lookUp.weight")}</p>
      </Section>
    </>
  );
}

/** Nothing is recorded for it: what may have happened, and what to do. */
export function RecordUnknown({ digest }: { digest: string }) {
  const { t } = useTranslation();
  return (
    <>
      <p className="vlead">{t("lookUp.unknown.title")}</p>
      <p>{t("lookUp.unknown.why")}</p>
      <FactList facts={useDigest(digest)} />
    </>
  );
}

export function RecordRefused({ reason }: { reason: string }) {
  const { t } = useTranslation();
  return (
    <Banner tone="hold" title={t("lookUp.refused")} live>
      {problemSentence(t, reason)}
    </Banner>
  );
}

function useDigest(digest: string): Fact[] {
  const { t } = useTranslation();
  return [{ label: t("lookUp.digest"), value: <Digest value={digest.slice(0, 64)} />, hint: t("lookUp.digestHint") }];
}

function useFacts({ version, frozenAt, replacedAt, inForceAt, expiresAt, timeZone, slots }: Recorded): Fact[] {
  const { t, i18n } = useTranslation();
  const legal = (at: Date) => <Instant at={at} zone="UTC" form="legal" />;
  const zone = timeZone ?? "UTC";
  const facts: Fact[] = [
    { label: t("lookUp.version"), value: `${version}.0` },
    { label: t("lookUp.frozen"), value: legal(frozenAt) },
  ];
  if (replacedAt) facts.push({ label: t("lookUp.replaced"), value: legal(replacedAt) });
  if (inForceAt) facts.push({ label: t("lookUp.force"), value: legal(inForceAt) });
  if (expiresAt) {
    const day = formatInstant(new Date(expiresAt.getTime() - 1), { language: i18n.language, zone, form: "date" });
    facts.push({ label: t("lookUp.lastDay"), value: t("lookUp.lastDayValue", { day, zone: zoneName(zone) }) });
  }
  facts.push({ label: t("lookUp.slots"), value: <Signatures slots={slots} /> });
  return facts;
}

function Signatures({ slots }: Pick<Recorded, "slots">) {
  const { t } = useTranslation();
  const signed = slots.filter((at) => at !== null);
  if (slots.length === 0) return t("lookUp.noSlots");
  return (
    <>
      {t("lookUp.slotsValue", { signed: signed.length, all: slots.length })}
      <ul className="plain">
        {signed.map((at, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two can be signed in the same instant, and none moves
          <li key={index} className="sub">
            <Instant at={at} zone="UTC" form="legal" />
          </li>
        ))}
      </ul>
    </>
  );
}

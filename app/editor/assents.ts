import { useEffect, useMemo, useState } from "react";
import type * as Y from "yjs";
import { type AgreeingParty, type Assent, type Stand, standsOn } from "#app/domain/agreeing/assents.ts";
import type { Facts } from "#app/domain/checks/facts.ts";
import type { Override } from "#app/domain/checks/overrides.ts";
import { type ClosedAnnex, canonicalForm, clauseDigests, digestOfText } from "#app/domain/documents/content.ts";
import { fieldsOf, languagesOf, readText } from "#app/domain/documents/text.ts";
import type { Connection } from "./connection.ts";
import { whenQuiet } from "./when-quiet.ts";

/** What the parties have said yes to, as the server tells it. */
export type Agreed = {
  template: string;
  annexes: readonly ClosedAnnex[];
  own: string | null;
  mayAgree: boolean;
  parties: AgreeingParty[];
  assents: (Omit<Assent, "at"> & { at: string })[];
  checking: Checking;
};

/** What the checks know of the team, and the warnings that were overridden. */
export type Checking = { facts: Facts; overrides: readonly Override[] };

/** Where the parties stand to each clause and to the whole, for the words as they are in this tab. */
export type AgreedSoFar = {
  own: AgreeingParty | null;
  mayAgree: boolean;
  clauses: ReadonlyMap<string, { digest: string; stands: Stand[] }>;
  whole: Stand[];
};

/** What stands beside the text in this moment; `agreed` is null for a text that is not in negotiation. */
export type Beside = { agreed: AgreedSoFar | null; checking: Checking };

type Asked = { address: string; loaded: boolean; negotiates: boolean; checking: Checking };

/**
 * Follows who agrees to what, and what the checks know besides the words: asked anew when the server says that something
 * of it changed, and after a break of the connection; looked at anew when the words change. `checking` is what the page
 * came with, until the server says something else.
 */
export function useBeside(connection: Connection, { address, loaded, negotiates, checking }: Asked): Beside {
  const [data, setData] = useState<Agreed | null>(null);
  useEffect(() => {
    if (!loaded) return;
    let asked = 0;
    const ask = async () => {
      const own = ++asked;
      const told = await askAgreed(address);
      if (told && own === asked) setData(told);
    };
    void ask();
    const deaf = connection.onAssents(() => void ask());
    return () => {
      asked = -1;
      deaf();
    };
  }, [connection, address, loaded]);
  // As text, so that what is told again changes nothing.
  const around = data && JSON.stringify({ template: data.template, annexes: data.annexes });
  const digests = useDigests(connection.doc, negotiates && loaded ? around : null);
  const agreed = useMemo(() => (data && digests ? standingOf(data, digests) : null), [data, digests]);
  return { agreed: negotiates ? agreed : null, checking: data?.checking ?? checking };
}

/**
 * Null when there is no answer; the connection says when to ask again. Not asked through the router: without a network
 * that loads the page anew, and what is unsent would be gone.
 */
async function askAgreed(address: string): Promise<Agreed | null> {
  try {
    const answer = await fetch(address, { redirect: "manual" });
    return answer.ok ? ((await answer.json()) as Agreed) : null;
  } catch {
    return null;
  }
}

type Digests = { clauses: Map<string, string>; whole: string };

type Around = Pick<Agreed, "template" | "annexes">;

function useDigests(doc: Y.Doc, around: string | null): Digests | null {
  const [digests, setDigests] = useState<Digests | null>(null);
  useEffect(() => {
    if (around === null) return;
    return whenQuiet(doc, () => setDigests(digestsOf(doc, JSON.parse(around) as Around)));
  }, [doc, around]);
  return digests;
}

/** The digest of a clause as it stands in this tab in this moment; undefined when it is gone. */
export function clauseDigestNow(doc: Y.Doc, clause: string): string | undefined {
  const languages = Object.fromEntries(languagesOf(doc).map((language) => [language, readText(doc, language)]));
  return clauseDigests({ fields: fieldsOf(doc), languages }).get(clause);
}

function digestsOf(doc: Y.Doc, { template, annexes }: Around): Digests {
  const languages = Object.fromEntries(languagesOf(doc).map((language) => [language, readText(doc, language)]));
  const content = { template, fields: fieldsOf(doc), languages, ...(annexes.length > 0 ? { annexes } : {}) };
  return { clauses: clauseDigests(content), whole: digestOfText(canonicalForm(content)) };
}

function standingOf({ own, mayAgree, parties, assents: told }: Agreed, { clauses, whole }: Digests): AgreedSoFar {
  const assents = told.map((assent) => ({ ...assent, at: new Date(assent.at) }));
  return {
    own: parties.find((party) => party.id === own) ?? null,
    mayAgree,
    clauses: new Map(
      [...clauses].map(([id, digest]) => [
        id,
        { digest, stands: standsOn(parties, assents, { clauseId: id, digest }) },
      ]),
    ),
    whole: standsOn(parties, assents, { clauseId: null, digest: whole }),
  };
}

import { useEffect, useState } from "react";
import * as Y from "yjs";
import { comparedWith } from "#app/domain/checks/comparison.ts";
import { fieldsName, languagesOf, textName } from "#app/domain/documents/text.ts";
import type { Connection } from "./connection.ts";

/**
 * Languages of a text by BCP 47 tag: `offered` are those that are authentic or have a text, `begun` have one. `lacking`
 * counts the clauses that a language has not, of the one it is compared with.
 */
export type Languages = {
  offered: readonly string[];
  begun: readonly string[];
  lacking: Readonly<Record<string, number>>;
};

/** Follows which languages the text has and is to have; null until it has come from the server. */
export function useLanguages({ doc, subscribe, getStanding }: Connection): Languages | null {
  const [languages, setLanguages] = useState<Languages | null>(null);
  useEffect(() => {
    let known = "";
    const look = () => {
      const now = languagesIn(doc);
      if (JSON.stringify(now) !== known) setLanguages(now);
      known = JSON.stringify(now);
    };
    // Letters change something inside a clause: nothing to look for here.
    const changed = ({ changed: types }: Y.Transaction) => {
      if (known !== "" && [...types.keys()].some(({ _item }) => _item === null)) look();
    };
    const loaded = () => {
      if (known === "" && getStanding().loaded) look();
    };
    loaded();
    const deaf = subscribe(loaded);
    doc.on("afterTransaction", changed);
    return () => {
      deaf();
      doc.off("afterTransaction", changed);
    };
  }, [doc, subscribe, getStanding]);
  return languages;
}

function languagesIn(doc: Y.Doc): Languages {
  const begun = languagesOf(doc);
  const authentic: unknown = doc.getMap(fieldsName).get("authenticLanguages");
  const named = Array.isArray(authentic) ? authentic.filter((one): one is string => typeof one === "string") : [];
  const base = comparedWith(begun);
  const known = base === undefined ? [] : clausesIn(doc, base);
  const lacking = begun.map((language) => {
    const there = new Set(clausesIn(doc, language));
    return [language, known.filter((id) => !there.has(id)).length] as const;
  });
  return { offered: [...new Set([...named, ...begun])], begun, lacking: Object.fromEntries(lacking) };
}

function clausesIn(doc: Y.Doc, language: string): string[] {
  const clauses = doc.getXmlFragment(textName(language)).toArray();
  return clauses.flatMap((one) => (one instanceof Y.XmlElement ? String(one.getAttribute("clauseId")) : []));
}

import { useMemo, useSyncExternalStore } from "react";
import type * as Y from "yjs";
import { fieldsName, languagesOf } from "#app/domain/documents/text.ts";
import type { Connection } from "./connection.ts";

/** Languages of a text by BCP 47 tag: `offered` are those that are authentic or have a text, `begun` have one. */
export type Languages = { offered: readonly string[]; begun: readonly string[] };

/** Follows which languages the text has and is to have; null until it has come from the server. */
export function useLanguages(connection: Connection): Languages | null {
  const read = () => (connection.getStanding().loaded ? JSON.stringify(languagesIn(connection.doc)) : null);
  const now = useSyncExternalStore(
    (changed) => {
      const deaf = connection.subscribe(changed);
      connection.doc.on("update", changed);
      return () => {
        deaf();
        connection.doc.off("update", changed);
      };
    },
    read,
    read,
  );
  return useMemo(() => (now === null ? null : (JSON.parse(now) as Languages)), [now]);
}

function languagesIn(doc: Y.Doc): Languages {
  const begun = languagesOf(doc);
  const authentic: unknown = doc.getMap(fieldsName).get("authenticLanguages");
  const named = Array.isArray(authentic) ? authentic.filter((one): one is string => typeof one === "string") : [];
  return { offered: [...new Set([...named, ...begun])], begun };
}

import { useRevalidator } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import * as Y from "yjs";
import { Connection, type Copy } from "./connection.ts";
import { type Edition, keptHere, nameOf } from "./device-names.ts";
import { askDoor } from "./door.ts";
import { readOwnCaret } from "./own-caret.ts";

/** What a page says of the text that it opens. */
type Opening = Edition & {
  /** of the team */
  reference: string;
  /** the person wants this device to keep the text */
  keepsCopy: boolean;
  mayEdit: boolean;
};

/** Opens the connection once for the life of the page; in development React mounts twice. */
export function useConnection(props: Opening): Connection | null {
  const { document, person } = props;
  const [connection, setConnection] = useState<Connection | null>(null);
  const { revalidate } = useRevalidator();
  const roleChanged = useRef(revalidate);
  roleChanged.current = revalidate;
  // What the page said when it was opened: a text that was rebuilt since is another one, and says so by itself.
  const atOpening = useRef(props);
  atOpening.current = props;
  useEffect(() => {
    const { epoch, reference, keepsCopy, mayEdit } = atOpening.current;
    const address = `${window.location.origin.replace(/^http/, "ws")}/collab`;
    const edition = { person, document, epoch };
    const opened = new Connection(address, document, new Y.Doc(), {
      askDoor,
      roleChanged: () => roleChanged.current(),
      beforeOthers: readOwnCaret,
      holds: { person, epoch },
      openCopy: keepsCopy ? (doc, failed) => openCopyOf({ ...edition, reference }, mayEdit, doc, failed) : undefined,
    });
    void opened.open();
    setConnection(opened);
    return () => opened.close();
  }, [document, person]);
  return connection;
}

/** Whoever only reads gets no new copy; one from the time when they wrote may hold what is not stored. */
async function openCopyOf(
  edition: Edition & { reference: string },
  mayEdit: boolean,
  doc: Y.Doc,
  failed: () => void,
): Promise<Copy | null> {
  if (!mayEdit && !(await keptHere()).some(({ name }) => name === nameOf(edition))) return null;
  const { openCopy } = await import("./device-copy.ts");
  return await openCopy(edition, doc, failed);
}

/** A browser asks before it closes a tab that holds what nothing else has. */
export function useLeaveWarning(connection: Connection): void {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (connection.wouldLose()) event.preventDefault();
    };
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [connection]);
}

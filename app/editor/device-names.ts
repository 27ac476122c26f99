/** One text as one person had it; the epoch is raised when the text is rebuilt. */
export type Edition = { person: string; document: string; epoch: number };

const copyName = /^text (\S+) (\S+) (\d+)$/;
const leftName = /^left (\S+)$/;

/** The name of the database that holds the copy of an edition. */
export function nameOf({ person, document, epoch }: Edition): string {
  return `text ${person} ${document} ${epoch}`;
}

/** The name of the database that holds a person's words which cannot be stored any more. */
export function leftNameOf(person: string): string {
  return `left ${person}`;
}

export type Kept = { name: string; person: string; edition: Edition | null };

/** Everything of ours that this browser keeps; nothing when it does not keep anything. */
export async function keptHere(): Promise<Kept[]> {
  const found = await window.indexedDB?.databases().catch(() => []);
  return (found ?? []).flatMap(({ name = "" }): Kept[] => {
    const [, person = "", document = "", epoch] = copyName.exec(name) ?? [];
    if (document) return [{ name, person, edition: { person, document, epoch: Number(epoch) } }];
    const left = leftName.exec(name)?.[1];
    return left ? [{ name, person: left, edition: null }] : [];
  });
}

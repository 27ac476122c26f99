import { WebSocket } from "ws";
import * as Y from "yjs";
import { Connection } from "#app/editor/connection.ts";
import { type Draw, pick } from "./draw.ts";
import { origin } from "./origin.ts";
import { paragraphsOf, placeOf, wordEnds } from "./words.ts";

type Typed = { word: string; there: boolean };

/**
 * Someone with the product's own connection of the editor, who types numbered words and erases some again. The journal
 * holds what the person was shown as saved: everything done so far, each time the line says "saved".
 */
export class Editor {
  doc = new Y.Doc();
  private connection: Connection;
  /** by word: whether it stood in the text when it was last shown as saved */
  readonly journal = new Map<string, boolean>();
  private unsaved: Typed[] = [];
  savedOperations = 0;
  reloads = 0;
  /** why the server sent this honest person away for good; never, if all is well */
  readonly sentAway: string[] = [];
  /** types no more, and closes the tab when the line next breaks, if everything was shown as saved */
  trusting = false;
  private number = 0;

  constructor(
    readonly name: string,
    private readonly address: string,
    readonly document: string,
    readonly person: string,
    private readonly cookie: string,
    private readonly draw: Draw,
  ) {
    this.connection = this.open();
  }

  private open(): Connection {
    const { cookie } = this;
    // The connection takes the browser's socket as it is when it is made; a browser would add the cookie itself.
    globalThis.WebSocket = class extends WebSocket {
      constructor(url: string) {
        super(url, { headers: { Origin: origin, Cookie: cookie }, perMessageDeflate: false });
      }
    } as unknown as typeof globalThis.WebSocket;
    const connection = new Connection(`${this.address}/collab`, this.document, this.doc);
    connection.subscribe(() => this.look(connection));
    connection.open();
    return connection;
  }

  private look(connection: Connection): void {
    if (connection !== this.connection) return;
    const { unsaved, phase, ended } = connection.getState();
    if (phase === "ended") {
      this.sentAway.push(`${this.name}: ${ended}`);
      // Comes back as a person would, with an empty page; of what was not saved nobody knows whether it is stored.
      for (const { word } of this.unsaved) this.journal.delete(word);
      this.unsaved = [];
      this.reloadSoon();
      return;
    }
    if (!unsaved && this.unsaved.length > 0) this.noteSaved();
    if (phase === "offline" && this.trusting && !unsaved) this.reloadSoon();
  }

  private noteSaved(): void {
    for (const { word, there } of this.unsaved) this.journal.set(word, there);
    this.savedOperations += this.unsaved.length;
    this.unsaved = [];
  }

  private reloadSoon(): void {
    this.trusting = false;
    setTimeout(() => this.reload());
  }

  /** Closes the tab and opens the text anew, with nothing in memory. Only what the server has can come back. */
  private reload(): void {
    if (this.unsaved.length > 0) return;
    this.reloads++;
    this.connection.close();
    this.doc.destroy();
    this.doc = new Y.Doc();
    this.connection = this.open();
  }

  /** The journal without words that are just being erased: of those the person knows nothing yet. */
  certain(): [word: string, there: boolean][] {
    const waiting = new Set(this.unsaved.map(({ word }) => word));
    return [...this.journal].filter(([word]) => !waiting.has(word));
  }

  get loaded(): boolean {
    return this.connection.getState().loaded;
  }

  /** All that was typed is shown as saved, over a line that stands. */
  get settled(): boolean {
    const { phase, unsaved, loaded } = this.connection.getState();
    return phase === "open" && loaded && !unsaved && this.unsaved.length === 0;
  }

  /** ids of those who have the text open, as far as this person is shown */
  get people(): Set<string> {
    return new Set(this.connection.getState().people.map(({ id }) => id));
  }

  get state(): string {
    const { people, ...rest } = this.connection.getState();
    return `${this.name} ${JSON.stringify({ ...rest, people: people.length, waiting: this.unsaved.length })}`;
  }

  /** One stroke: a word more or, now and then, a saved one less. Whoever waits too long stops typing. */
  type(): void {
    if (!this.loaded || this.trusting || this.unsaved.length > 200) return;
    const kept = this.draw() < 0.15 ? [...this.journal].filter(([, there]) => there).map(([word]) => word) : [];
    if (kept.length > 0 && this.erase(pick(this.draw, kept))) return;
    const word = `${this.name}n${++this.number}. `;
    const paragraph = pick(this.draw, paragraphsOf(this.doc));
    const at = pick(this.draw, [0, paragraph.length, pick(this.draw, wordEnds(paragraph))]);
    this.unsaved.push({ word, there: true });
    paragraph.insert(at, word);
    if (this.draw() < 0.1) paragraph.format(at, word.length - 1, { bold: {} });
  }

  private erase(word: string): boolean {
    const found = placeOf(this.doc, word);
    if (!found || this.unsaved.some((typed) => typed.word === word)) return false;
    this.unsaved.push({ word, there: false });
    found.paragraph.delete(found.at, word.length);
    return true;
  }

  leave(): void {
    this.connection.close();
  }
}

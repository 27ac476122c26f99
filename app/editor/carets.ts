import { CollaborationCaret } from "@tiptap/extension-collaboration-caret";
import type { WebsocketProvider } from "y-websocket";

type User = { name?: unknown; state?: unknown; ink?: unknown };

/** Other people's carets: the code of the party beside a line in its ink. Who it is was written by the server. */
export function carets(provider: WebsocketProvider) {
  return CollaborationCaret.configure({
    provider,
    user: {},
    render: (user: User) => {
      const caret = document.createElement("span");
      caret.className = `caret ${inkOf(user)}`;
      caret.setAttribute("aria-hidden", "true");
      const flag = document.createElement("span");
      flag.textContent = typeof user.state === "string" ? user.state : "·";
      if (typeof user.name === "string") caret.title = user.name;
      caret.append(flag);
      // It is not in the text yet; only there it can see whether words follow that the flag would cover.
      requestAnimationFrame(() => caret.classList.toggle("above", wordsFollow(caret)));
      return caret;
    },
    selectionRender: (user: User) => ({ class: `caret-selection ${inkOf(user)}` }),
  });
}

function wordsFollow(caret: HTMLElement): boolean {
  for (let next = caret.nextSibling; next; next = next.nextSibling) if (next.textContent) return true;
  return false;
}

function inkOf({ ink }: User): string {
  return typeof ink === "number" && ink >= 1 && ink <= 6 ? `p${ink}` : "p6";
}

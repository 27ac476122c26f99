/**
 * The browser says a little later that the caret moved. What is drawn in between, a letter or a caret of someone else's,
 * would put it back to where it was, and the person's next letters would go there: so the editor is made to look where
 * it is before what others did comes in, and when the mouse is let go (where ProseMirror may set it by a timer).
 */
export function readOwnCaret(): void {
  window.document.dispatchEvent(new Event("selectionchange"));
}

import { Editor } from "@tiptap/core";
import { checkArrangement } from "#app/domain/checks/check.ts";
import { textExtensions } from "#app/domain/documents/extensions.ts";

/*
 * The page beside which the editor is measured: TipTap with the same schema and the same text, and nothing else: no
 * connection, no colleagues, no values, no findings, no panel.
 */
const { text, input } = (
  window as unknown as { given: { text: object; input: Parameters<typeof checkArrangement>[0] } }
).given;
const element = document.querySelector("#text") as HTMLElement;
new Editor({ element, extensions: textExtensions(), content: text as never, injectCSS: false });

/** How long all rules take over the same text, in ms: the median of the runs. */
Object.assign(window, {
  timeChecks: (runs: number) => {
    const times = Array.from({ length: runs }, () => {
      const began = performance.now();
      checkArrangement(input);
      return performance.now() - began;
    });
    return { first: times[0], median: times.sort((a, b) => a - b)[Math.floor(runs / 2)] };
  },
});

import { PassThrough } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { EntryContext } from "@remix-run/node";
import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import { renderToPipeableStream } from "react-dom/server";
import { log } from "./platform/log.server.ts";
import { NonceContext } from "./ui/nonce.ts";

export const streamTimeout = 10_000;

/**
 * Renders a page. `context.nonce` was made for this response and stands in its Content-Security-Policy. Loaders defer
 * nothing, so the page is sent in one piece: in React's pieces of two kilobytes each would be compressed and written
 * by itself, which costs more than the rendering.
 */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  context: { nonce?: string },
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext.Provider value={context.nonce}>
        <RemixServer context={remixContext} url={request.url} nonce={context.nonce} abortDelay={streamTimeout} />
      </NonceContext.Provider>,
      {
        nonce: context.nonce,
        async onAllReady() {
          const body = withoutZeros(await buffer(pipe(new PassThrough())));
          clearTimeout(late);
          headers.set("Content-Type", "text/html; charset=utf-8");
          resolve(new Response(body, { headers, status }));
        },
        onShellError(error) {
          clearTimeout(late);
          reject(error);
        },
        onError: (error: unknown) => log().error({ err: error }, "rendering failed"),
      },
    );
    const late = setTimeout(abort, streamTimeout + 1000).unref();
  });
}

/**
 * React 18 leaves zero bytes where a letter of several bytes does not fit into the rest of one of its pieces
 * (facebook/react#24985): a name would be cut in two, depending on where in the page it stands. Nothing else of a page
 * is ever a zero byte.
 */
function withoutZeros(page: Buffer): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(page.includes(0) ? page.filter((byte) => byte !== 0) : page);
}

/** What a loader threw and nobody expected: kept in the log, with the number that the page shows. */
export function handleError(error: unknown, { request }: { request: Request }) {
  if (isRouteErrorResponse(error) && error.status < 500) return;
  if (!request.signal.aborted) log().error({ err: error }, "request failed");
}

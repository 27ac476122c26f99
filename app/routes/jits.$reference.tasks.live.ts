import { pulse, startOf, watchBoard } from "#app/domain/tasks/live.server.ts";
import { inJit } from "#app/http.server.ts";

const pulseMs = 15_000;
/** A reader that stops reading is cut before it costs memory; its browser connects again. */
const mostWaiting = 256;

// What others do on the board, as server-sent events. The browser goes on after a break by Last-Event-ID.
export const loader = inJit("board.read", async ({ actor, jit, request }) => {
  const after = new URL(request.url).searchParams.get("after");
  const seq = startOf(request.headers.get("Last-Event-ID"), after) ?? Number.MAX_SAFE_INTEGER;
  const encoder = new TextEncoder();
  let stop = () => {};
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const close = () => {
          stop();
          try {
            controller.close();
          } catch {
            // It is closed already.
          }
        };
        const send = (text: string) => {
          if ((controller.desiredSize ?? 0) <= 0) close();
          else controller.enqueue(encoder.encode(text));
        };
        send("retry: 1000\n\n");
        const beat = setInterval(() => send(pulse()), pulseMs).unref();
        const unwatch = watchBoard({
          jit: jit.id,
          personId: actor.personId,
          memberId: jit.memberId,
          cookie: request.headers.get("Cookie"),
          seq,
          tell: (news) => send(`id: ${news.seq}\nevent: board\ndata: ${JSON.stringify(news)}\n\n`),
          end: () => {
            send("event: ended\ndata: \n\n");
            close();
          },
        });
        stop = () => {
          clearInterval(beat);
          unwatch();
        };
        request.signal.addEventListener("abort", close);
      },
      cancel: () => stop(),
    },
    new CountQueuingStrategy({ highWaterMark: mostWaiting }),
  );
  // Without "no-transform" the events would wait in the compression until enough of them are there.
  return new Response(body, {
    headers: { "Content-Type": "text/event-stream", "Cache-Control": "no-transform", "X-Accel-Buffering": "no" },
  });
});

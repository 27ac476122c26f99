import { Agent, get, type IncomingMessage } from "node:http";

/** An event of a stream, as a browser takes it apart. */
export type StreamEvent = { id: string | null; event: string; data: string };
export type Stream = {
  status: number;
  events: StreamEvent[];
  /** the server ended it, or it was cut */
  ended: Promise<void>;
  /** breaks the connection off */
  cut(): void;
};

const agent = new Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY });

/** Opens server-sent events as a browser does; `lastEventId` is what it sends after a break. `hear` is told of each event. */
export function openStream(
  address: string,
  { cookie, lastEventId, hear }: { cookie: string; lastEventId?: string; hear?: (event: StreamEvent) => void },
): Promise<Stream> {
  return new Promise((resolve, reject) => {
    const headers = {
      Cookie: cookie,
      Accept: "text/event-stream",
      ...(lastEventId && { "Last-Event-ID": lastEventId }),
    };
    const request = get(address, { agent, headers }, (response) => {
      const events: StreamEvent[] = [];
      const ended = new Promise<void>((end) => response.on("close", end));
      read(response, (event) => {
        events.push(event);
        hear?.(event);
      });
      resolve({ status: response.statusCode ?? 0, events, ended, cut: () => request.destroy() });
    });
    request.on("error", reject);
  });
}

function read(response: IncomingMessage, hear: (event: StreamEvent) => void): void {
  let left = "";
  response.setEncoding("utf8");
  response.on("error", () => {});
  response.on("data", (chunk: string) => {
    const blocks = (left + chunk).split("\n\n");
    left = blocks.pop() ?? "";
    for (const block of blocks) {
      const field = (name: string) =>
        block
          .split("\n")
          .find((line) => line.startsWith(`${name}: `))
          ?.slice(name.length + 2);
      const event = field("event");
      if (event) hear({ id: field("id") ?? null, event, data: field("data") ?? "" });
    }
  });
}

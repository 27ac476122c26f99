import type { IncomingMessage, Server } from "node:http";
import { connect } from "node:net";
import type { Duplex } from "node:stream";

/** How long an opened socket may be silent at both ends before it is taken for dead; the servers beat every 30 s. */
const silence = 120_000;

/**
 * Passes sockets under /collab/ to the collaboration server, byte for byte: that one looks at cookie and origin. Other
 * upgrades are refused. `proxies`: how many in front may name the client's address. Returns what cuts all of them.
 */
export function passSockets(server: Server, collabPort: number, proxies: number, development: boolean): () => void {
  const open = new Set<Duplex>();
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (!request.url?.startsWith("/collab/")) {
      // In development Vite opens a socket of its own.
      if (!development) refuse(socket, "404 Not Found");
      return;
    }
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    pass(request, socket, head, collabPort, clientAddress(request, proxies));
  });
  return () => {
    for (const socket of open) socket.destroy();
  };
}

function pass(request: IncomingMessage, socket: Duplex, head: Buffer, port: number, address: string): void {
  let reached = false;
  const upstream = connect({ port, host: "127.0.0.1", noDelay: true }, () => {
    reached = true;
    upstream.write(`${headOf(request, address)}\r\n\r\n`);
    if (head.length > 0) upstream.write(head);
    socket.pipe(upstream).pipe(socket);
  });
  upstream.setTimeout(silence, () => upstream.destroy());
  upstream.on("error", () => {
    // The browser comes back by itself: the collaboration server is being started again.
    if (reached) socket.destroy();
    else refuse(socket, "503 Service Unavailable");
  });
  upstream.on("close", () => reached && socket.destroy());
  socket.on("error", () => upstream.destroy());
  socket.on("close", () => upstream.destroy());
}

function headOf(request: IncomingMessage, address: string): string {
  const lines = [`${request.method} ${request.url} HTTP/1.1`];
  for (let index = 0; index < request.rawHeaders.length; index += 2) {
    const name = request.rawHeaders[index] ?? "";
    // Ours alone: a client that sends it would choose the address under which it is counted.
    if (name.toLowerCase() !== "x-client-address") lines.push(`${name}: ${request.rawHeaders[index + 1]}`);
  }
  lines.push(`X-Client-Address: ${address}`);
  return lines.join("\r\n");
}

/** The client's address: what the trusted proxies in front say, or the socket's own. */
function clientAddress(request: IncomingMessage, proxies: number): string {
  const hops = String(request.headers["x-forwarded-for"] ?? "")
    .split(",")
    .map((hop) => hop.trim());
  const named = proxies > 0 ? hops.at(-proxies) : undefined;
  return named || request.socket.remoteAddress || "unknown";
}

function refuse(socket: Duplex, status: string): void {
  socket.on("error", () => {});
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

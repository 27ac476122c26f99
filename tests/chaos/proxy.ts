import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { clear, Link, type Weather } from "./link.ts";
import type { NetworkFault } from "./plan.ts";

/** A small TCP proxy on the loopback address: passes bytes on, and does to them what a bad network does. */
export class Way {
  private readonly server: Server;
  private readonly links = new Set<Link>();
  private weather: Weather = clear;
  private turned: NodeJS.Timeout | undefined;
  /** what the newest connection that has ended had said */
  private lastSaid: Buffer | null = null;
  private replaying = false;
  /** how often recorded bytes were sent once more */
  replayed = 0;

  constructor(private readonly target: () => number) {
    this.server = createServer({ noDelay: true }, (near) => this.accept(near));
  }

  async listen(): Promise<this> {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    return this;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  private accept(near: Socket): void {
    near.on("error", () => {});
    near.pause();
    const far = connect({ port: this.target(), host: "127.0.0.1", noDelay: true });
    far.once("error", () => near.destroy());
    far.once("connect", () => {
      this.links.add(
        new Link(
          near,
          far,
          () => this.weather,
          (link) => this.forget(link),
        ),
      );
      near.resume();
      if (this.replaying) this.replayNow();
    });
  }

  private forget(link: Link): void {
    if (!this.links.delete(link)) return;
    if (link.said) this.lastSaid = Buffer.concat(link.said);
  }

  suffer(fault: NetworkFault): void {
    switch (fault.kind) {
      case "cut":
        for (const link of this.links) link.cut(fault.down, fault.share);
        return;
      case "half-open":
        for (const link of this.links) link.swallow(fault.ms);
        return;
      case "delay":
        this.turn({ ...clear, latency: fault.latency, jitter: fault.jitter }, fault.ms);
        return;
      case "throttle":
        this.turn({ ...clear, bytesPerSecond: fault.bytesPerSecond }, fault.ms);
        return;
      case "replay":
        // After the next connection; the one of now ends for it.
        this.replaying = true;
        for (const link of this.links) link.destroy();
    }
  }

  /**
   * The recorded bytes of the connection before, every frame as it was, over a connection of their own: a network may
   * repeat a connection, but inside one that lives TCP and TLS allow no frame to be added.
   */
  private replayNow(): void {
    const said = this.lastSaid;
    this.replaying = false;
    if (!said) return;
    this.replayed++;
    const again = connect({ port: this.target(), host: "127.0.0.1" }, () => again.write(said));
    again.on("error", () => {});
    again.resume();
    setTimeout(() => again.destroy(), 1_500).unref();
  }

  private turn(weather: Weather, ms: number): void {
    clearTimeout(this.turned);
    this.weather = weather;
    this.turned = setTimeout(() => {
      this.weather = clear;
    }, ms);
  }

  /** The network is well again; connections that hang end now. */
  heal(): void {
    clearTimeout(this.turned);
    this.weather = clear;
    this.replaying = false;
    for (const link of this.links) link.destroy();
  }

  close(): void {
    this.heal();
    this.server.close();
  }
}

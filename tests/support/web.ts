import { spawn } from "node:child_process";
import { once } from "node:events";
import { freePort } from "#app/platform/embedded.server.ts";
import type { FreshDatabase } from "./database.ts";

/** The web process on a port of its own, over the database of the test. Needs the pages built. */
export async function startWeb({ url, dataDir }: FreshDatabase): Promise<{ origin: string; stop(): Promise<void> }> {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const child = spawn(process.execPath, ["--import", "tsx", "app/web.ts"], {
    stdio: ["ignore", "inherit", "inherit"],
    env: {
      ...process.env,
      NODE_ENV: "production",
      PORT: String(port),
      PUBLIC_ORIGIN: origin,
      DATABASE_URL: "",
      DATABASE_APP_URL: url,
      DATA_DIR: dataDir,
      LOG_LEVEL: "error",
    },
  });
  const ended = once(child, "exit");
  while (!(await fetch(`${origin}/healthz`).catch(() => null))?.ok) {
    if (child.exitCode !== null) throw new Error("The web process did not start. What stands above says why.");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    origin,
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

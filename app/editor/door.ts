import type { EndReason } from "./connection-state.ts";

/**
 * Why no connection comes about: a browser sees the same whether the network is cut or the person is not let in. The
 * page of the team is asked, because asking for the text itself would stand in the trail as opening it.
 */
export async function askDoor(): Promise<EndReason | null> {
  try {
    const answer = await fetch(new URL(".", window.location.href), { method: "HEAD", redirect: "manual" });
    if (answer.type === "opaqueredirect" || answer.status === 401) return "session";
    return answer.status === 403 || answer.status === 404 ? "access" : null;
  } catch {
    return null;
  }
}

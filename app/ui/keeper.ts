import { useRouteLoaderData } from "@remix-run/react";

/** The person who asked this device to keep texts, or null. It need not be the one who is signed in. */
export function useKeeper(): string | null {
  const root = useRouteLoaderData("root") as { keeper?: string | null } | undefined;
  return root?.keeper ?? null;
}

import { useLocation } from "@remix-run/react";
import { useEffect } from "react";
import { keptHere } from "./device-names.ts";

let tidying: Promise<void> | null = null;

/**
 * Looks with every page whether this device keeps what it must not. `keeper`: the person who asked this device to keep
 * texts, null when nobody did or they signed out. Costs nothing where nothing is kept.
 */
export function useTidyDevice(keeper: string | null): void {
  const { key } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew with every page
  useEffect(() => {
    const before = tidying ?? Promise.resolve();
    tidying = before.then(() => tidy(keeper)).catch(() => {});
  }, [keeper, key]);
}

async function tidy(keeper: string | null): Promise<void> {
  if ((await keptHere()).length === 0) return;
  const { tidyDevice } = await import("./device-texts.ts");
  await tidyDevice(keeper);
}

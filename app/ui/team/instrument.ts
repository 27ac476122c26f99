import { useRouteLoaderData } from "@remix-run/react";
import { useTranslation } from "#app/i18n/translation.ts";

type Loaded = { instrument?: "agreement" | "arrangement" | "memorandum" } | undefined;

/** The word that the parties chose for their text, on every page of the team. */
export function useInstrumentWord(): string {
  const { t } = useTranslation();
  const team = useRouteLoaderData("routes/jits.$reference") as Loaded;
  return t(`documents.kinds.${team?.instrument ?? "arrangement"}`);
}

import type { MetaDescriptor } from "@remix-run/react";
import type { TFunction } from "i18next";
import { i18nIn } from "#app/i18n/i18n.ts";

type Matched = { id: string; data?: unknown } | undefined;
type RootData = { language?: string; installation?: string };

/**
 * The title of a page for its `meta`: "Invite a member – SAIGA – Joint Investigation Teams". Language and the name of
 * the installation come from the root's data, so that a page needs to name its own parts only.
 */
export function pageTitle(
  matches: readonly Matched[],
  partsIn: (t: TFunction) => readonly (string | null | undefined)[],
): MetaDescriptor[] {
  const root = matches.find((match) => match?.id === "root")?.data as RootData | undefined;
  const { t } = i18nIn(root?.language ?? "en");
  const parts = [...partsIn(t), root?.installation ?? t("shell.productName")];
  return [{ title: parts.filter(Boolean).join(" – ") }];
}

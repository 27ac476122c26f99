import type { ComponentType } from "react";
import { ActivitySheet } from "./ActivitySheet.tsx";
import { FormSheet } from "./FormSheet.tsx";
import { HomeSheet } from "./HomeSheet.tsx";
import { KitSheet } from "./KitSheet.tsx";
import { OverviewSheet } from "./OverviewSheet.tsx";
import { PeopleSheet } from "./PeopleSheet.tsx";
import { RefusedSheet } from "./RefusedSheet.tsx";
import { SignInSheet } from "./SignInSheet.tsx";

/** What the contact sheet can show: the kit by itself, and pages as the mock-ups show them. */
export const sheets: Record<string, ComponentType> = {
  kit: KitSheet,
  home: HomeSheet,
  overview: OverviewSheet,
  people: PeopleSheet,
  form: FormSheet,
  activity: ActivitySheet,
  signin: SignInSheet,
  refused: RefusedSheet,
};

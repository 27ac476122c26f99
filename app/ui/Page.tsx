import type { ReactNode } from "react";

type Props = {
  children: ReactNode;
  /** fills the width: lists of people, the trail */
  wide?: boolean;
  /** a page that is one form */
  form?: boolean;
};

/** The paper: padding and width of everything in the middle. */
export function Page({ children, wide, form }: Props) {
  return <div className={["page", wide && "wide", form && "form-page"].filter(Boolean).join(" ")}>{children}</div>;
}

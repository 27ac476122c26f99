import type { ReactNode } from "react";
import { Plate } from "./Plate.tsx";

type Props = {
  parties: readonly { code: string; name: string; own?: boolean; agreed: boolean }[];
  children?: ReactNode;
};

/** Who has agreed and who has not, and the same as a sentence that names the missing. */
export function Tally({ parties, children }: Props) {
  return (
    <>
      <span className="tally" aria-hidden={children ? true : undefined}>
        {parties.map(({ agreed, name, ...party }) => (
          <Plate key={party.code} {...party} name={children ? undefined : name} mark={agreed ? "agreed" : "open"} />
        ))}
      </span>{" "}
      {children && <span className="hint">{children}</span>}
    </>
  );
}

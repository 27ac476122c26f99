import { Plate } from "./Plate.tsx";

type Props = { code: string; name: string; own?: boolean; strong?: boolean };

/** Plate and name of a party, as it stands in lists. */
export function PartyName({ code, name, own, strong }: Props) {
  return (
    <span className="party">
      <span aria-hidden="true" className="contents">
        <Plate code={code} own={own} />
      </span>
      {strong ? <b>{name}</b> : <span>{name}</span>}
    </span>
  );
}

import { Check } from "lucide-react";
import { useTranslation } from "#app/i18n/translation.ts";
import { Icon } from "./Icon.tsx";

export type PlateProps = {
  /** ISO code of the State, or the short name of an organisation */
  code: string;
  /** read out where no name stands beside the plate */
  name?: string;
  own?: boolean;
  /** agreed: with a check; open: dashed */
  mark?: "agreed" | "open";
  /** the ink of the party in a text, 1 to 6 */
  ink?: number;
};

/** The sign of a party: its code in an outline, the reader's own filled. Says who, never how things stand. */
export function Plate({ code, name, own, mark, ink }: PlateProps) {
  const { t } = useTranslation();
  const classes = [
    "plate",
    own && "own",
    mark === "agreed" && "yes",
    mark === "open" && "notyet",
    ink && `ink p${ink}`,
  ];
  const read = [name, mark && t(mark === "agreed" ? "shell.agreed" : "shell.notYet")].filter(Boolean).join(", ");
  return (
    <>
      <span className={classes.filter(Boolean).join(" ")} aria-hidden={name ? true : undefined} title={name}>
        {mark === "agreed" && <Icon of={Check} />}
        <bdi>{code}</bdi>
      </span>
      {name && <span className="vh">{read}</span>}
    </>
  );
}

import "#app/i18n/english/agreeing.ts";
import { useFetcher } from "@remix-run/react";
import { Check, Eraser } from "lucide-react";
import { type FormEvent, useState } from "react";
import { isAgreedByAll, type Stand } from "#app/domain/agreeing/assents.ts";
import { stateName } from "#app/domain/names/names.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { standsInOrder, standsInWords } from "#app/ui/agreement/assent-words.ts";
import { Button } from "#app/ui/Button.tsx";
import { FormProblems } from "#app/ui/FormProblems.tsx";
import type { Refusal } from "#app/ui/form-context.ts";
import { Instant } from "#app/ui/Instant.tsx";
import { PersonName } from "#app/ui/PersonName.tsx";
import { Plate } from "#app/ui/Plate.tsx";
import { Status } from "#app/ui/Status.tsx";
import type { AgreedSoFar } from "./assents.ts";
import type { OutlineEntry } from "./outline.ts";

type Props = {
  clause: OutlineEntry;
  agreed: AgreedSoFar;
  address: string;
  zone: string;
  connected: boolean;
  /** the digest of the clause on the screen, once the person's own letters in it are stored; undefined when they cannot be */
  wordsOnceSaved: () => Promise<string | undefined>;
};

/** Who agrees to the clause at the caret, and the own party's say in it. */
export function ClauseAssent({ clause, agreed, address, zone, connected, wordsOnceSaved }: Props) {
  const translation = useTranslation();
  const { t } = translation;
  const { own, mayAgree } = agreed;
  const at = agreed.clauses.get(clause.id);
  if (!at) return null;
  return (
    <div className="p-clause p-assent">
      <section>
        <h3>{t("agreeing.clause.title")}</h3>
        <p>{standsInWords(at.stands, translation)}</p>
        <Stands stands={at.stands} party={own?.id ?? null} zone={zone} />
        {mayAgree && own && (
          <Say {...{ clause, own: own.id, address, stands: at.stands, digest: at.digest, connected, wordsOnceSaved }} />
        )}
      </section>
    </div>
  );
}

function Stands({ stands, party: reader, zone }: { stands: readonly Stand[]; party: string | null; zone: string }) {
  const { t, i18n } = useTranslation();
  const given = standsInOrder(stands, reader, i18n.language).filter((stand) => stand.assent);
  if (given.length === 0) return null;
  return (
    <ul className="assents">
      {given.map(({ party, assent, holds, own }) => (
        <li key={party.id}>
          <Plate code={party.state} name={stateName(party.state, i18n.language)} own={own} />
          <span>
            <Status tone={holds ? "good" : "hold"} icon={holds ? Check : Eraser}>
              {t(holds ? "agreeing.agreed" : "agreeing.clearedOne")}
            </Status>
            {assent && (
              <span className="sub">
                <PersonName name={assent.name} latinName={assent.latinName} />
                {", "}
                <Instant at={assent.at} zone={zone} form="short" />
              </span>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

type SayProps = {
  clause: OutlineEntry;
  own: string;
  address: string;
  stands: readonly Stand[];
  digest: string;
  connected: boolean;
  wordsOnceSaved: Props["wordsOnceSaved"];
};

function Say({ clause, own, address, stands, digest, connected, wordsOnceSaved }: SayProps) {
  const { t } = useTranslation();
  const { Form, data, state, submit } = useFetcher<Refusal | null>();
  const [waits, setWaits] = useState(false);
  const mine = stands.find((stand) => stand.party.id === own);
  const problems = data && "problems" in data ? data.problems : null;
  const busy = state !== "idle" || waits;
  /** The words on the screen are those the person says yes to: the server must have them first. */
  const agree = async (event: FormEvent) => {
    event.preventDefault();
    setWaits(true);
    const words = await wordsOnceSaved();
    setWaits(false);
    submit({ act: "agree", clause: clause.id, digest: words ?? digest }, { method: "post", action: address });
  };
  const notPossible = connected ? null : t("agreeing.clause.notConnected");
  return (
    <Form method="post" action={address} onSubmit={mine?.holds ? undefined : agree}>
      {problems && <FormProblems problems={problems} />}
      <input type="hidden" name="clause" value={clause.id} />
      <input type="hidden" name="digest" value={digest} />
      {mine?.holds ? (
        <Button type="submit" small name="act" value="takeBack" {...{ busy, notPossible }}>
          {t("agreeing.clause.takeBack")}
        </Button>
      ) : (
        <Button type="submit" small name="act" value="agree" {...{ busy, notPossible }}>
          {t("agreeing.clause.agree", { number: clause.number })}
        </Button>
      )}
      {isAgreedByAll(stands) && <p className="hint">{t("agreeing.clause.editClears")}</p>}
    </Form>
  );
}

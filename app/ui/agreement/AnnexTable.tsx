import "#app/i18n/english/editor.ts";
import { useSearchParams } from "@remix-run/react";
import type { AnnexLine } from "#app/domain/documents/annexes.server.ts";
import type { DocumentState } from "#app/domain/documents/states.ts";
import { type AnnexId, type AnnexKind, annexIdOf } from "#app/domain/templates/annex.ts";
import { formatInstant } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "../Button.tsx";
import { Digest } from "../Digest.tsx";
import { DocumentStatus } from "../DocumentStatus.tsx";
import { Form } from "../Form.tsx";
import type { Refusal } from "../form-context.ts";
import { LinkButton } from "../LinkButton.tsx";
import { Sub } from "../Sub.tsx";
import { Table } from "../Table.tsx";
import { TextField } from "../TextField.tsx";
import { textPath } from "./text-path.ts";

type Props = {
  label: string;
  kinds: readonly AnnexKind[];
  annexes: readonly AnnexLine[];
  /** of the arrangement */
  state: DocumentState;
  /** numbers of the annexes that the signed arrangement lets the leaders change */
  byLeaders: readonly string[];
  mayStart: boolean;
  reference: string;
  zone: string;
  refusal?: Refusal;
};

/** Every annex that the template knows: those that are there with where they stand, the others with how they begin. */
export function AnnexTable({ label, kinds, annexes, ...rest }: Props) {
  const { t } = useTranslation();
  const words = "documents.annexes.columns" as const;
  const columns = [t(`${words}.annex`), t(`${words}.state`), t(`${words}.act`)];
  return (
    <Table label={label} columns={columns} kind="slots">
      {kinds.map((kind) => {
        const there = annexes.filter(({ annex }) => annexIdOf(annex) === kind.id);
        return [
          ...there.map((annex) => <StartedRow key={annex.id} annex={annex} {...rest} />),
          (kind.several || there.length === 0) && (
            <OpenRow key={kind.id} kind={kind} another={there.length > 0} {...rest} />
          ),
        ];
      })}
    </Table>
  );
}

type Around = Omit<Props, "label" | "kinds" | "annexes">;

function StartedRow({ annex: line, byLeaders, reference, zone }: Around & { annex: AnnexLine }) {
  const { t, i18n } = useTranslation();
  const { annex, about, state, version, frozen } = line;
  const id = annexIdOf(annex);
  const day = frozen && formatInstant(frozen.frozenAt, { language: i18n.language, zone, form: "date" });
  return (
    <tr>
      <th scope="row">
        {t("documents.annexes.name", { annex, name: t(`documents.annexNames.${id}`) })}
        {about && (
          <Sub>
            <bdi>{about}</bdi>
          </Sub>
        )}
        {byLeaders.includes(id) && <Sub>{t("documents.annexes.byLeaders")}</Sub>}
      </th>
      <td>
        <DocumentStatus state={state} /> {t("editor.version", { version })}
        {frozen && (
          <Sub>
            {t("documents.annexes.closedNote", { version: frozen.version, day: day ?? "" })}{" "}
            <Digest value={frozen.digest} short />
          </Sub>
        )}
      </td>
      <td>
        <LinkButton to={textPath(reference, annex)} small>
          {t("documents.annexes.open", { annex })}
        </LinkButton>
      </td>
    </tr>
  );
}

function OpenRow({
  kind,
  another,
  state,
  byLeaders,
  mayStart,
  refusal,
}: Around & { kind: AnnexKind; another: boolean }) {
  const { t } = useTranslation();
  const id = kind.id as AnnexId;
  const may = kind.begins.includes(state) || (state === "in_force" && byLeaders.includes(id));
  const mine = refusal?.typed?.annex === id;
  return (
    <tr id={id}>
      <th scope="row">
        {t("documents.annexes.name", { annex: id, name: t(`documents.annexNames.${id}`) })}
        <Sub>{t(`documents.annexNotes.${id}`)}</Sub>
      </th>
      <td>{!another && <Sub>{t("documents.annexes.notStarted")}</Sub>}</td>
      <td>
        {may && mayStart && <Start kind={kind} another={another} refusal={mine ? refusal : undefined} />}
        {!may && !another && <Sub>{t(whyNot(kind))}</Sub>}
      </td>
    </tr>
  );
}

function whyNot(kind: AnnexKind) {
  if (kind.begins.includes("draft")) return "documents.annexes.tooLate" as const;
  return kind.begins.includes("expired")
    ? ("documents.annexes.notNowEnd" as const)
    : ("documents.annexes.notNow" as const);
}

/** A button; for what there can be several of, first a name that tells them apart, at an address of its own. */
function Start({ kind, another, refusal }: { kind: AnnexKind; another: boolean; refusal?: Refusal }) {
  const { t } = useTranslation();
  const [asked] = useSearchParams();
  const asks = refusal !== undefined || asked.get("start") === kind.id;
  const label = t(another ? "documents.annexes.startAnother" : "documents.annexes.start", { annex: kind.id });
  const body = kind.id === "A2";
  if (kind.several && !asks)
    return (
      <LinkButton to={`?start=${kind.id}#${kind.id}`} small>
        {`${label}…`}
      </LinkButton>
    );
  const about = t(body ? "documents.annexes.aboutBody" : "documents.annexes.about");
  return (
    <Form apart refusal={refusal} labels={{ about }}>
      <input type="hidden" name="annex" value={kind.id} />
      {kind.several && (
        <TextField
          name="about"
          label={about}
          hint={t(body ? "documents.annexes.aboutBodyHint" : "documents.annexes.aboutHint")}
          required={body}
          autoFocus
        />
      )}
      <Button small type="submit" working={t("documents.annexes.starting")}>
        {label}
      </Button>
    </Form>
  );
}

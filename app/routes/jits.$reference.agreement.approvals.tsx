import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { can } from "#app/domain/access.ts";
import { getAgreement } from "#app/domain/documents/document.server.ts";
import { stateName } from "#app/domain/names/names.ts";
import { listApprovals, RecordApproval, recordApproval } from "#app/domain/signing/approvals.server.ts";
import { approvalStatuses, isSettled } from "#app/domain/signing/approvals.ts";
import { form, inJit, type Refusal } from "#app/http.server.ts";
import { formatDay } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { DateField } from "#app/ui/DateField.tsx";
import { FieldPair } from "#app/ui/FieldPair.tsx";
import { Form } from "#app/ui/Form.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { PartyName } from "#app/ui/PartyName.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Section } from "#app/ui/Section.tsx";
import { Select } from "#app/ui/Select.tsx";
import { Status } from "#app/ui/Status.tsx";
import { Sub } from "#app/ui/Sub.tsx";
import { Table } from "#app/ui/Table.tsx";
import { TextField } from "#app/ui/TextField.tsx";
import { useInstrumentWord } from "#app/ui/team/instrument.ts";

export const loader = inJit("document.read", async ({ actor, jit, access }) => {
  const { id, state } = await getAgreement(actor, jit.id);
  const { approvals, parties } = await listApprovals(actor, { jit: jit.id, document: id });
  const subject = { documentId: id, documentState: state };
  const own = parties.filter((party) => can(access, "approval.record", { ...subject, partyId: party.id }) === "yes");
  return { approvals, parties: own, ownParty: access.partyId, all: parties, reference: jit.reference };
});

export const action = inJit("approval.record", async ({ actor, jit, request, params }) => {
  const input = await form(request, RecordApproval);
  const { id } = await getAgreement(actor, jit.id);
  await recordApproval(actor, { ...input, jit: jit.id, document: id });
  return redirect(`/jits/${params.reference}/agreement/approvals`);
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("signing.approvals.title")]);

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function ApprovalsPage() {
  const { t } = useTranslation();
  const loaded = useLoaderData<typeof loader>();
  const crumbs = [
    { label: useInstrumentWord(), to: `/jits/${loaded.reference}/agreement` },
    { label: t("signing.approvals.title") },
  ];
  return (
    <Page form>
      <Masthead title={t("signing.approvals.title")} sub={t("signing.approvals.lead")} crumbs={crumbs} />
      {loaded.approvals.length === 0 ? <p>{t("signing.approvals.none")}</p> : <ApprovalTable {...loaded} />}
      {loaded.parties.length > 0 && <RecordForm parties={loaded.parties} approvals={loaded.approvals} />}
    </Page>
  );
}

const tones = { asked: "hold", given: "good", refused: "stop" } as const;

function ApprovalTable({ approvals, all, ownParty }: Loaded) {
  const { t, i18n } = useTranslation();
  const words = ["party", "body", "status", "reference"] as const;
  return (
    <Table label={t("signing.approvals.title")} columns={words.map((word) => t(`signing.approvals.${word}`))}>
      {approvals.map(({ state, body, words: inText, recorded }) => (
        <tr key={`${state} ${body}`}>
          <td>
            <PartyName
              code={state}
              name={stateName(state, i18n.language)}
              own={all.some((party) => party.id === ownParty && party.state === state)}
            />
          </td>
          <td dir="auto">{body || "–"}</td>
          <td>
            {recorded ? (
              <Status tone={tones[recorded.status]}>{t(`signing.approvals.states.${recorded.status}`)}</Status>
            ) : isSettled({ words: inText, recorded }) ? (
              <Status tone="good">{t("signing.approvals.states.settled")}</Status>
            ) : (
              <Status tone="hold">{t("signing.approvals.states.open")}</Status>
            )}
            {inText && (
              <Sub>
                <bdi>{t("signing.approvals.inText", { words: inText })}</bdi>
              </Sub>
            )}
          </td>
          <td>
            <bdi>{recorded?.reference}</bdi>
            {recorded && <Sub>{formatDay(recorded.day, i18n.language, "full")}</Sub>}
          </td>
        </tr>
      ))}
    </Table>
  );
}

function RecordForm({ parties, approvals }: Pick<Loaded, "parties" | "approvals">) {
  const { t, i18n } = useTranslation();
  const words = (name: "party" | "body" | "status" | "reference" | "day") => t(`signing.approvals.${name}`);
  const labels = {
    party: words("party"),
    body: words("body"),
    status: words("status"),
    reference: words("reference"),
    day: words("day"),
  };
  const first = approvals.find(
    (one) => !isSettled(one) && one.body && parties.some((party) => party.state === one.state),
  );
  const own = parties.find((party) => party.state === first?.state) ?? parties[0];
  return (
    <Section title={t("signing.approvals.record")}>
      <p className="hint">{t("signing.approvals.recordHint")}</p>
      <Form refusal={useActionData<Refusal>()} labels={labels}>
        <Select
          name="party"
          label={labels.party}
          defaultValue={own?.id}
          options={parties.map(({ id, state }) => ({ value: id, label: stateName(state, i18n.language) }))}
        />
        <TextField name="body" label={labels.body} defaultValue={first?.body} />
        <FieldPair>
          <Select
            name="status"
            label={labels.status}
            emptyLabel={t("signing.approvals.choose")}
            options={approvalStatuses.map((value) => ({ value, label: t(`signing.approvals.states.${value}`) }))}
          />
          <DateField name="day" label={labels.day} hint={t("signing.approvals.dayHint")} />
        </FieldPair>
        <TextField name="reference" label={labels.reference} />
        <ButtonRow>
          <Button tone="primary" type="submit" working={t("signing.approvals.acting")}>
            {t("signing.approvals.act")}
          </Button>
        </ButtonRow>
      </Form>
    </Section>
  );
}

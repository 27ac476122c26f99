import "#app/i18n/english/outside.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { can } from "#app/domain/access.ts";
import { getAgreement } from "#app/domain/documents/document.server.ts";
import { NotFound } from "#app/domain/errors.ts";
import { stateName } from "#app/domain/names/names.ts";
import {
  approveAnchor,
  listAnchors,
  RegisterAnchor,
  RevokeAnchor,
  registerAnchor,
  revokeAnchor,
} from "#app/domain/signing/anchors.server.ts";
import { mostAnchorBytes } from "#app/domain/signing/anchors.ts";
import { form, inJit, type Refusal } from "#app/http.server.ts";
import { formatDay } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { Digest } from "#app/ui/Digest.tsx";
import { FileField } from "#app/ui/FileField.tsx";
import { Form } from "#app/ui/Form.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { PartyName } from "#app/ui/PartyName.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Section } from "#app/ui/Section.tsx";
import { Status } from "#app/ui/Status.tsx";
import { Sub } from "#app/ui/Sub.tsx";
import { Table } from "#app/ui/Table.tsx";
import { TextField } from "#app/ui/TextField.tsx";

const id = z.string("required").min(1, "required");
const Act = z.discriminatedUnion("act", [
  RegisterAnchor.omit({ party: true }).extend({
    act: z.literal("register"),
    file: z
      .instanceof(File, { message: "required" })
      .refine(({ size }) => size > 0, "required")
      .refine(({ size }) => size <= mostAnchorBytes, "anchor-too-large"),
  }),
  z.object({ act: z.literal("approve"), anchor: id }),
  RevokeAnchor.extend({ act: z.literal("revoke"), anchor: id }),
]);

export const loader = inJit("anchor.list", async ({ actor, jit, access, request }) => {
  const { id: document } = await getAgreement(actor, jit.id);
  const anchors = await listAnchors(actor, { jit: jit.id, document });
  const may = (action: "anchor.approve" | "anchor.revoke", partyId: string) =>
    can(access, action, { partyId }) === "yes";
  const revoking = new URL(request.url).searchParams.get("revoke");
  const rows = anchors.map((anchor) => ({
    ...anchor,
    mayApprove:
      anchor.state === "waiting" &&
      anchor.registered.by.personId !== actor.personId &&
      may("anchor.approve", anchor.partyId),
    mayRevoke: anchor.state !== "revoked" && may("anchor.revoke", anchor.partyId),
  }));
  return {
    anchors: rows,
    revoking: rows.find((one) => one.id === revoking && one.mayRevoke) ?? null,
    mayRegister: can(access, "anchor.register", { partyId: access.partyId }) === "yes",
    ownParty: access.partyId,
    reference: jit.reference,
  };
});

export const action = inJit("anchor.list", async ({ actor, jit, access, request, params }) => {
  const input = await form(request, Act);
  if (input.act === "register") {
    const bytes = new Uint8Array(await input.file.arrayBuffer());
    await registerAnchor(actor, { jit: jit.id, party: access.partyId ?? "", source: input.source }, bytes);
  } else {
    const { id: document } = await getAgreement(actor, jit.id);
    const anchors = await listAnchors(actor, { jit: jit.id, document });
    const anchor = anchors.find((one) => one.id === input.anchor);
    if (!anchor) throw new NotFound();
    const place = { jit: jit.id, party: anchor.partyId, anchor: anchor.id };
    if (input.act === "approve") await approveAnchor(actor, place);
    else await revokeAnchor(actor, { ...place, reason: input.reason });
  }
  return redirect(`/jits/${params.reference}/agreement/sign/authorities`);
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("outside.authorities.title")]);

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;
type Row = Loaded["anchors"][number];

export default function AuthoritiesPage() {
  const { t } = useTranslation();
  const { anchors, revoking, mayRegister, ownParty, reference } = useLoaderData<typeof loader>();
  const back = `/jits/${reference}/agreement/sign`;
  const columns = (["party", "subject", "fingerprint", "state"] as const).map((word) =>
    t(`outside.authorities.${word}`),
  );
  return (
    <Page form>
      <Masthead
        title={t("outside.authorities.title")}
        sub={t("outside.authorities.lead")}
        crumbs={[{ label: t("signing.titleOthers"), to: back }, { label: t("outside.authorities.title") }]}
      />
      {revoking && <Revoke anchor={revoking} />}
      {anchors.length === 0 ? (
        <p>{t("outside.authorities.none")}</p>
      ) : (
        <Table label={t("outside.authorities.title")} columns={columns}>
          {anchors.map((anchor) => (
            <AnchorRow key={anchor.id} anchor={anchor} own={anchor.partyId === ownParty} />
          ))}
        </Table>
      )}
      {mayRegister && <Register />}
      <ButtonRow>
        <LinkButton to={back} tone="quiet">
          {t("outside.handIn.back")}
        </LinkButton>
      </ButtonRow>
    </Page>
  );
}

const tones = { waiting: "hold", approved: "good", revoked: "stop", "run-out": "plain" } as const;

function AnchorRow({ anchor, own }: { anchor: Row; own: boolean }) {
  const { t, i18n } = useTranslation();
  const refusal = useActionData<Refusal>();
  const day = (at: string | Date) => formatDay(new Date(at).toISOString().slice(0, 10), i18n.language, "full");
  const by = ({ by, at }: { by: { name: string; latinName: string }; at: string | Date }) => ({
    name: by.latinName || by.name,
    day: day(at),
  });
  const { subject, keyKind, notAfter, source, registered, approved, revoked } = anchor;
  return (
    <tr>
      <td>
        <PartyName code={anchor.partyState} name={stateName(anchor.partyState, i18n.language)} own={own} />
      </td>
      <td>
        <bdi>{subject}</bdi>
        <Sub>{t("outside.authorities.key", { key: keyKind, day: day(notAfter) })}</Sub>
        <Sub>
          <bdi>{t("outside.authorities.source", { source })}</bdi>
        </Sub>
      </td>
      <td>
        <Digest value={anchor.fingerprint} />
      </td>
      <td>
        <Status tone={tones[anchor.state]}>{t(`outside.authorities.states.${anchor.state}`)}</Status>
        <Sub>{t("outside.authorities.registered", by(registered))}</Sub>
        {approved && <Sub>{t("outside.authorities.approved", by(approved))}</Sub>}
        {revoked && <Sub>{t("outside.authorities.revoked", { ...by(revoked), reason: revoked.reason })}</Sub>}
        {anchor.mayApprove && (
          <>
            <Sub>{t("outside.authorities.approveHint")}</Sub>
            <Form refusal={refusal?.typed.anchor === anchor.id ? refusal : undefined} labels={{}}>
              <input type="hidden" name="act" value="approve" />
              <input type="hidden" name="anchor" value={anchor.id} />
              <Button type="submit" working={t("outside.authorities.approving")}>
                {t("outside.authorities.approve", { subject: subject.slice(0, 60) })}
              </Button>
            </Form>
          </>
        )}
        {anchor.mayRevoke && (
          <Sub>
            <Link to={`?revoke=${anchor.id}`}>{t("outside.authorities.revoke")}</Link>
          </Sub>
        )}
      </td>
    </tr>
  );
}

function Revoke({ anchor }: { anchor: Row }) {
  const { t } = useTranslation();
  const refusal = useActionData<Refusal>();
  const labels = { reason: t("outside.authorities.reason") };
  return (
    <Section title={t("outside.authorities.revokeTitle", { subject: anchor.subject })} first>
      <p className="hint">{t("outside.authorities.revokeHint")}</p>
      <Form refusal={refusal?.typed.act === "revoke" ? refusal : undefined} labels={labels}>
        <input type="hidden" name="act" value="revoke" />
        <input type="hidden" name="anchor" value={anchor.id} />
        <TextField name="reason" label={labels.reason} />
        <ButtonRow>
          <Button tone="danger" type="submit" working={t("outside.authorities.revoking")}>
            {t("outside.authorities.revokeAct")}
          </Button>
        </ButtonRow>
      </Form>
    </Section>
  );
}

function Register() {
  const { t } = useTranslation();
  const refusal = useActionData<Refusal>();
  const labels = { file: t("outside.authorities.file"), source: t("outside.authorities.from") };
  return (
    <Section title={t("outside.authorities.register")}>
      <p className="hint">{t("outside.authorities.registerHint")}</p>
      <Form
        refusal={refusal?.typed.act === "register" ? refusal : undefined}
        labels={labels}
        encType="multipart/form-data"
      >
        <input type="hidden" name="act" value="register" />
        <FileField
          name="file"
          label={labels.file}
          hint={t("outside.authorities.fileHint")}
          accept=".pem,.crt,.cer,.der,application/x-x509-ca-cert,application/pkix-cert"
        />
        <TextField name="source" label={labels.source} hint={t("outside.authorities.fromHint")} />
        <ButtonRow>
          <Button tone="primary" type="submit" working={t("outside.authorities.acting")}>
            {t("outside.authorities.act")}
          </Button>
        </ButtonRow>
      </Form>
    </Section>
  );
}

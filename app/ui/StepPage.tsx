import type { ReactNode } from "react";
import { Button } from "./Button.tsx";
import { ButtonRow } from "./ButtonRow.tsx";
import { Form } from "./Form.tsx";
import type { Refusal } from "./form-context.ts";
import { LinkButton } from "./LinkButton.tsx";
import { Masthead } from "./Masthead.tsx";
import { Page } from "./Page.tsx";
import { TextArea } from "./TextArea.tsx";

type Props = {
  title: string;
  /** what will happen, and what then cannot be undone */
  lead: string;
  consequence?: string;
  /** label of the reason, when the record needs one */
  reason?: string;
  children?: ReactNode;
  refusal?: Refusal | { problems?: undefined } | null;
  act: string;
  /** why the act cannot be done now */
  notPossible?: string | null;
  acting: string;
  danger?: boolean;
  back: { to: string; label: string };
};

/** A page for an act that cannot be undone: it has an address, states the consequence in full, and offers the way back. */
export function StepPage({
  title,
  lead,
  consequence,
  reason,
  children,
  refusal,
  act,
  notPossible,
  acting,
  danger,
  back,
}: Props) {
  return (
    <Page form>
      <Masthead title={title} sub={lead} crumbs={[{ label: back.label, to: back.to }, { label: act }]} />
      <Form refusal={refusal} labels={reason ? { reason } : undefined}>
        {consequence && <p className="consequence">{consequence}</p>}
        {children}
        {reason && <TextArea name="reason" label={reason} rows={4} />}
        <ButtonRow>
          <Button tone={danger ? "danger" : "primary"} type="submit" working={acting} notPossible={notPossible}>
            {act}
          </Button>
          <LinkButton to={back.to} tone="quiet">
            {back.label}
          </LinkButton>
        </ButtonRow>
      </Form>
    </Page>
  );
}

import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { Checkbox } from "#app/ui/Checkbox.tsx";
import { CheckboxGroup } from "#app/ui/CheckboxGroup.tsx";
import { DateField } from "#app/ui/DateField.tsx";
import { FieldPair } from "#app/ui/FieldPair.tsx";
import { Form } from "#app/ui/Form.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { PasswordField } from "#app/ui/PasswordField.tsx";
import { RadioGroup } from "#app/ui/RadioGroup.tsx";
import { Select } from "#app/ui/Select.tsx";
import { TextArea } from "#app/ui/TextArea.tsx";
import { TextField } from "#app/ui/TextField.tsx";
import { WhoSees } from "#app/ui/WhoSees.tsx";
import { TeamFrame } from "./TeamFrame.tsx";

const refusal = {
  problems: { email: "email-invalid", until: "until-after-team", role: "leader-there", place: "required" },
  typed: { email: "olga.kim@", until: "2027-12-31", role: "leader", latinName: "Olga Kim", name: "Ольга Ким" },
};

/** 15: a form that was refused. */
export function FormSheet() {
  return (
    <TeamFrame>
      <Page form>
        <Masthead
          crumbs={[{ label: "People", to: "/jits/JIT-2026-001/people" }, { label: "Invite a member" }]}
          title="Invite a member of Kazakhstan"
          sub="The person gets a link by e-mail that works once, for 7 days. The mail names the team, not the case."
        />
        <Form refusal={refusal} labels={{ place: "Place" }}>
          <FieldPair>
            <TextField name="latinName" label="Name in Latin letters" />
            <TextField name="name" label="Name in the person’s own writing" required={false} />
          </FieldPair>
          <TextField
            name="email"
            type="email"
            label="E-mail address"
            hint="The person must be able to read it at work."
          />
          <FieldPair>
            <DateField
              name="from"
              label="Member from"
              defaultValue="2026-12-18"
              hintAfter="Start of the team, if all sign on time"
            />
            <DateField name="until" label="Member until" />
          </FieldPair>
          <RadioGroup
            name="role"
            label="Role"
            options={[
              {
                value: "leader",
                label: "Leader",
                hint: "Directs the team in Kazakhstan. One at a time for each State.",
              },
              { value: "deputy_leader", label: "Deputy leader", hint: "Acts when the leader is absent." },
              { value: "member", label: "Member", hint: "Reads the draft, suggests and comments, works on tasks." },
            ]}
          />
          <FieldPair uneven>
            <Select
              name="capacity"
              label="You sign as"
              emptyLabel="Choose"
              options={[{ value: "1", label: "Chief Public Prosecutor" }]}
            />
            <TextField name="place" label="Place" />
          </FieldPair>
          <TextArea name="reason" label="Reason" hint="The members read it in the trail." defaultValue="سبب الدعوة" />
          <PasswordField
            name="password"
            label="Password"
            autoComplete="current-password"
            defaultValue="fourteen words"
          />
          <CheckboxGroup
            name="tell"
            label="Tell"
            options={[
              { value: "a", label: "All parties" },
              { value: "m", label: "Also by e-mail" },
            ]}
            defaultValue={["a"]}
          />
          <Checkbox
            name="sure"
            weighty
            defaultChecked
            label="I sign for the Netherlands, and I mean to bind the authority I act for."
            hint="Your name, capacity, place and the time are signed together with the digest."
          />
          <WhoSees>
            This person will see: the draft arrangement with its comments. Not: notes of other delegations.
          </WhoSees>
          <ButtonRow>
            <Button type="submit" tone="primary">
              Send invitation
            </Button>
            <LinkButton to="/x" tone="quiet">
              Cancel
            </LinkButton>
          </ButtonRow>
        </Form>
      </Page>
    </TeamFrame>
  );
}

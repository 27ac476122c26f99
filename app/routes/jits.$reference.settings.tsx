import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { describeJit } from "#app/domain/jits/founding.server.ts";
import { DescribeJit, OtherName, withOtherName } from "#app/domain/jits/founding.ts";
import { form, inJit, type Refusal } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { Form } from "#app/ui/Form.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { NamesFields } from "#app/ui/NamesFields.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { TextArea } from "#app/ui/TextArea.tsx";

export const loader = inJit("jit.describe", async ({ jit }) => ({ jit }));

export const action = inJit("jit.describe", async ({ actor, jit, request }) => {
  const input = withOtherName(await form(request, DescribeJit.extend(OtherName)));
  await describeJit(actor, { ...input, jit: jit.id });
  return redirect(`/jits/${jit.reference}`);
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => [t("jits.settings.title"), data?.jit.names.en]);

export default function SettingsPage() {
  const { t } = useTranslation();
  const { jit } = useLoaderData<typeof loader>();
  const base = `/jits/${jit.reference}`;
  return (
    <Page form>
      <Masthead
        title={t("jits.settings.title")}
        sub={t("jits.settings.sub")}
        crumbs={[{ label: t("shell.nav.overview"), to: base }, { label: t("jits.settings.title") }]}
      />
      <Form refusal={useActionData<Refusal>()}>
        <NamesFields names={jit.names} />
        <TextArea
          name="summary"
          label={t("jits.new.summary")}
          hint={t("jits.new.summaryHint")}
          defaultValue={jit.summary}
          required={false}
          rows={3}
        />
        <ButtonRow>
          <Button type="submit" tone="primary" working={t("jits.settings.acting")}>
            {t("jits.settings.act")}
          </Button>
          <LinkButton to={base} tone="quiet">
            {t("shell.cancel")}
          </LinkButton>
        </ButtonRow>
      </Form>
    </Page>
  );
}

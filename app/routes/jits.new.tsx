import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { foundJit } from "#app/domain/jits/founding.server.ts";
import { FoundJit, OtherName, withOtherName } from "#app/domain/jits/founding.ts";
import { form, type Refusal, signedIn } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { readerOf } from "#app/reader.server.ts";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { Checkbox } from "#app/ui/Checkbox.tsx";
import { Form } from "#app/ui/Form.tsx";
import { HomeFrame } from "#app/ui/HomeFrame.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { NamesFields } from "#app/ui/NamesFields.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { TextArea } from "#app/ui/TextArea.tsx";
import { WhoSees } from "#app/ui/WhoSees.tsx";

export const loader = signedIn("jit.found", async ({ me }) => ({ reader: readerOf(me) }));

export const action = signedIn("jit.found", async ({ actor, request }) => {
  const { reference } = await foundJit(actor, withOtherName(await form(request, FoundJit.extend(OtherName))));
  return redirect(`/jits/${reference}`);
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("jits.new.title")]);

export default function FoundPage() {
  const { t } = useTranslation();
  const { reader } = useLoaderData<typeof loader>();
  const refusal = useActionData<Refusal>();
  return (
    <HomeFrame reader={reader}>
      <Page form>
        <Masthead
          title={t("jits.new.title")}
          sub={t("jits.new.sub")}
          crumbs={[{ label: t("jits.list.title"), to: "/jits" }, { label: t("jits.new.title") }]}
        />
        <Form refusal={refusal}>
          <NamesFields />
          <TextArea
            name="summary"
            label={t("jits.new.summary")}
            hint={t("jits.new.summaryHint")}
            required={false}
            rows={3}
          />
          <Checkbox name="exercise" label={t("jits.new.exercise")} hint={t("jits.new.exerciseHint")} />
          <WhoSees>{t("jits.new.sees")}</WhoSees>
          <ButtonRow>
            <Button type="submit" tone="primary" working={t("jits.new.acting")}>
              {t("jits.new.act")}
            </Button>
            <LinkButton to="/jits" tone="quiet">
              {t("shell.cancel")}
            </LinkButton>
          </ButtonRow>
        </Form>
      </Page>
    </HomeFrame>
  );
}

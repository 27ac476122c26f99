import { Button } from "#app/ui/Button.tsx";
import { Form } from "#app/ui/Form.tsx";
import { LanguageTerms } from "#app/ui/LanguageTerms.tsx";
import { PasswordField } from "#app/ui/PasswordField.tsx";
import { SplitPage } from "#app/ui/SplitPage.tsx";
import { TextField } from "#app/ui/TextField.tsx";

/** 01: sign-in. */
export function SignInSheet() {
  return (
    <SplitPage
      installation="Joint Investigation Teams"
      foot={<a href="#v">Verify a document</a>}
      aside={
        <>
          <LanguageTerms current="en" toOf={(code) => `?lang=${code}`} />
          <p className="six-note">Exercise server. Persons, cases and numbers are invented.</p>
        </>
      }
    >
      <h1>Sign in</h1>
      <Form>
        <TextField name="email" type="email" label="E-mail address" autoComplete="username" />
        <PasswordField name="password" label="Password" autoComplete="current-password" />
        <div className="field-row">
          <Button type="submit" tone="primary" wide>
            Sign in
          </Button>
        </div>
      </Form>
      <p className="signin-help hint">
        Accounts are opened by the national coordinator of your State. <a href="#c">You cannot sign in?</a>
      </p>
    </SplitPage>
  );
}

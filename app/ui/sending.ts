import { useNavigation } from "@remix-run/react";
import { useContext } from "react";
import { FormContext } from "./form-context.ts";

/** True for the submit button whose form is on its way, or, in a form with several, for the one that was pressed. */
export function useSending({ type, name, value }: { type: string; name?: string; value?: string }): boolean {
  const navigation = useNavigation();
  const form = useContext(FormContext);
  if (type !== "submit" || !form || navigation.state === "idle" || navigation.formMethod === undefined) return false;
  if (form.action !== undefined && !sameAddress(form.action, navigation.formAction)) return false;
  if (navigation.formMethod.toLowerCase() === "get") return false;
  return name === undefined || navigation.formData?.get(name) === (value ?? "");
}

function sameAddress(asked: string, sent: string | undefined): boolean {
  return sent !== undefined && sent.split("?")[0]?.endsWith(asked.split("?")[0] ?? asked) === true;
}

import { ChoiceGroup, type ChoiceGroupProps } from "./ChoiceGroup.tsx";

/** Any number of answers; each chosen one is sent under the same name. */
export function CheckboxGroup({
  defaultValue = [],
  ...group
}: ChoiceGroupProps & { defaultValue?: readonly string[] }) {
  return <ChoiceGroup kind="checkbox" chosen={defaultValue} {...group} />;
}

import { ChoiceGroup, type ChoiceGroupProps } from "./ChoiceGroup.tsx";

/** One answer of a few, all in sight. */
export function RadioGroup({ defaultValue, ...group }: ChoiceGroupProps & { defaultValue?: string }) {
  return <ChoiceGroup kind="radio" chosen={defaultValue === undefined ? [] : [defaultValue]} {...group} />;
}

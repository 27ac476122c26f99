export const jits = {} as const;

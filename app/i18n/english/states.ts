/** Where an arrangement stands, and what follows. */
export const states = {
  draft: "Draft",
  negotiation: "Negotiation",
  finalised: "Finalised",
  signing: "Signing",
  in_force: "In force",
  suspended: "Suspended",
  expired: "Ended",
  terminated: "Terminated",
  closing: "Closing",
  archived: "Archived",
  withdrawn: "Withdrawn",
  none: "Not started",
} as const;

import type { ReactNode } from "react";

type Props = {
  /** heads of the columns that will be here */
  heads?: readonly string[];
  lead: ReactNode;
  /** why it is empty, and what follows */
  children?: ReactNode;
  action?: ReactNode;
};

/** Nothing here yet: the lines that will be, one sentence, the reason, one act. */
export function EmptyState({ heads, lead, children, action }: Props) {
  return (
    <div>
      {heads && (
        <div aria-hidden="true">
          <div className="ledger">
            {heads.map((head) => (
              <span key={head}>{head}</span>
            ))}
          </div>
          <div className="ledger-lines">
            <i />
            <i />
            <i />
          </div>
        </div>
      )}
      <div className="blank">
        <p className="blank-lead">{lead}</p>
        {children && <div className="blank-why">{children}</div>}
        {action && <div className="btn-row">{action}</div>}
      </div>
    </div>
  );
}

import type { ReactElement, ReactNode } from "react";
import { Dialog as AriaDialog, DialogTrigger, Heading } from "react-aria-components/Dialog";
import { Modal, ModalOverlay } from "react-aria-components/Modal";

type Props = {
  /** the Button that opens it; without one, `isOpen` decides */
  trigger?: ReactElement;
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
  title: ReactNode;
  children: ReactNode | ((close: () => void) => ReactNode);
};

/** For a choice or the end of the session. What cannot be undone gets a page, not a dialog. */
export function Dialog({ trigger, isOpen, onOpenChange, title, children }: Props) {
  const overlay = (
    <ModalOverlay className="scrim" isDismissable isOpen={trigger ? undefined : isOpen} onOpenChange={onOpenChange}>
      <Modal className="dialog-box">
        <AriaDialog className="dialog">
          {({ close }) => (
            <>
              <Heading slot="title">{title}</Heading>
              {typeof children === "function" ? children(close) : children}
            </>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
  if (!trigger) return overlay;
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
      {trigger}
      {overlay}
    </DialogTrigger>
  );
}

import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Button as AriaButton } from "react-aria-components/Button";
import { Dialog as AriaDialog, Heading } from "react-aria-components/Dialog";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { useTranslation } from "#app/i18n/translation.ts";
import { Icon } from "./Icon.tsx";

type Props = {
  title: ReactNode;
  side?: "start" | "end";
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  children: ReactNode | ((close: () => void) => ReactNode);
};

/** A panel that has no room beside the page: it lies over it and closes with Escape. */
export function Drawer({ title, side = "end", isOpen, onOpenChange, children }: Props) {
  const { t } = useTranslation();
  return (
    <ModalOverlay className={`scrim at-${side}`} isDismissable isOpen={isOpen} onOpenChange={onOpenChange}>
      <Modal className="drawer-box">
        <AriaDialog className="drawer">
          {({ close }) => (
            <>
              <div className="drawer-head">
                <Heading slot="title">{title}</Heading>
                <AriaButton className="bar-link" onPress={close}>
                  <Icon of={X} />
                  <span>{t("shell.close")}</span>
                </AriaButton>
              </div>
              {typeof children === "function" ? children(close) : children}
            </>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

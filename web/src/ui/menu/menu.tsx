import { type ReactElement, type ReactNode, useMemo } from 'react';
import { Header } from 'react-aria-components/Header';
import { Menu as AriaMenu, MenuItem, MenuSection, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { classes } from '../classes.ts';
import { Arm } from '../popover/arm.tsx';
import styles from '../popover/popover.module.css';

export type MenuEntry = {
  key: string;
  label: string;
  icon?: ReactNode;
  // At the far end: the keys that do the same.
  tail?: ReactNode;
  tone?: 'plain' | 'bad';
  isDisabled?: boolean;
  onAction: () => void;
};
// `selected`: the entries of this group are one choice.
export type MenuGroup = { key: string; label?: string; entries: MenuEntry[]; selected?: string[] };

type Props = { label: string; trigger: ReactElement; groups: MenuGroup[]; selected?: string[]; onOpen?: () => void };

export function Menu({ label, trigger, groups, selected, onOpen }: Props) {
  return (
    <MenuTrigger onOpenChange={(open) => open && onOpen?.()}>
      {trigger}
      <Popover className={classes(styles.popover, styles.list, styles.sheet)} placement="bottom end">
        <Entries label={label} groups={groups} selected={selected} />
      </Popover>
    </MenuTrigger>
  );
}

type AtProps = { label: string; anchor: HTMLElement; groups: MenuGroup[]; onClose: () => void };

// A menu that is there while it is rendered, beside any element: one for many buttons.
export function MenuAt({ label, anchor, groups, onClose }: AtProps) {
  const at = useMemo(() => ({ current: anchor }), [anchor]);
  return (
    <Popover
      triggerRef={at}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      className={classes(styles.popover, styles.list, styles.sheet)}
      placement="bottom end"
    >
      <Entries label={label} groups={groups} onClose={onClose} />
    </Popover>
  );
}

function Entries({ label, groups, selected, onClose }: Omit<Props, 'trigger' | 'onOpen'> & { onClose?: () => void }) {
  return (
    <>
      <Arm />
      <AriaMenu
        aria-label={label}
        autoFocus={onClose ? 'first' : undefined}
        onClose={onClose}
        className={styles.listbox}
        selectionMode={selected ? 'single' : 'none'}
        selectedKeys={selected ?? []}
      >
        {groups.map((group) => (
          <MenuSection
            key={group.key}
            aria-label={group.label ?? label}
            selectionMode={group.selected ? 'single' : undefined}
            selectedKeys={group.selected}
          >
            {group.label ? <Header className={styles.header}>{group.label}</Header> : null}
            {group.entries.map((entry) => (
              <MenuItem
                key={entry.key}
                id={entry.key}
                textValue={entry.label}
                isDisabled={entry.isDisabled}
                onAction={entry.onAction}
                className={classes(styles.item, entry.tone === 'bad' && styles.bad)}
              >
                {entry.icon}
                {entry.label}
                {entry.tail}
              </MenuItem>
            ))}
          </MenuSection>
        ))}
      </AriaMenu>
    </>
  );
}

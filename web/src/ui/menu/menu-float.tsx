import type { RefObject } from 'react';
import { Header } from 'react-aria-components/Header';
import { Menu as AriaMenu, MenuItem, MenuSection } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { classes } from '../classes.ts';
import { Arm } from '../popover/arm.tsx';
import styles from '../popover/popover.module.css';
import type { MenuGroup } from './menu-entries.ts';

type Props = {
  id?: string;
  label: string;
  groups: MenuGroup[];
  selected?: string[];
  triggerRef: RefObject<HTMLElement | null>;
  focus: 'first' | 'last' | true;
  onClose: () => void;
};

export function MenuFloat({ id, label, groups, selected, triggerRef, focus, onClose }: Props) {
  return (
    <Popover
      triggerRef={triggerRef}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      className={classes(styles.popover, styles.list, styles.sheet)}
      placement="bottom end"
    >
      <Arm />
      <AriaMenu
        id={id}
        aria-label={label}
        autoFocus={focus}
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
    </Popover>
  );
}

import type { ReactElement, ReactNode } from 'react';
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
export type MenuGroup = { key: string; label?: string; entries: MenuEntry[] };

type Props = { label: string; trigger: ReactElement; groups: MenuGroup[]; selected?: string[] };

export function Menu({ label, trigger, groups, selected }: Props) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className={classes(styles.popover, styles.list, styles.sheet)} placement="bottom end">
        <Arm />
        <AriaMenu
          aria-label={label}
          className={styles.listbox}
          selectionMode={selected ? 'single' : 'none'}
          selectedKeys={selected ?? []}
        >
          {groups.map((group) => (
            <MenuSection key={group.key} aria-label={group.label ?? label}>
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
    </MenuTrigger>
  );
}

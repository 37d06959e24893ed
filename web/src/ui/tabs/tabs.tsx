import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components/Tabs';
import styles from './tabs.module.css';

export type TabEntry = { key: string; label: string };

// Tabs over one panel whose content the caller draws for the chosen key.
export function Tabs(props: {
  label: string;
  tabs: TabEntry[];
  value: string;
  onChange: (key: string) => void;
  children: ReactNode;
}) {
  return (
    <AriaTabs
      selectedKey={props.value}
      onSelectionChange={(key) => props.onChange(String(key))}
      className={styles.tabs}
    >
      <TabList aria-label={props.label} className={styles.list} items={props.tabs}>
        {(tab) => (
          <Tab id={tab.key} key={tab.key} className={styles.tab}>
            {tab.label}
          </Tab>
        )}
      </TabList>
      <TabPanel id={props.value} className={styles.panel}>
        {props.children}
      </TabPanel>
    </AriaTabs>
  );
}

// What this member is told of in the inbox, kind by kind.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { preferencesQuery, setPreferences } from '../../api/preferences.ts';
import { sentence } from '../../api/problem.ts';
import { useSession } from '../../api/session.ts';
import type { Preferences } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { Notice, Skeleton } from '../../ui/empty/empty.tsx';
import { Checkbox } from '../../ui/field/checkbox.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import styles from './settings.module.css';

const kinds = [
  'assigned',
  'mentioned',
  'shared',
  'approval',
  'followed',
  'due',
  'overdue',
  'stalled',
  'job',
  'mail',
] as const;

export function ToldOf() {
  const client = useQueryClient();
  const asked = useQuery(preferencesQuery);
  const { rights } = useSession();
  if (asked.isError) return <Notice tone="bad">{sentence(asked.error)}</Notice>;
  if (!asked.data) return <Skeleton lines={6} />;
  const set = (change: Partial<Preferences>) =>
    setPreferences(client, change).catch((error: unknown) => toast(sentence(error), 'bad'));
  return (
    <>
      <p className={styles.about}>{t('settings.told_help')}</p>
      <ul className={styles.choices}>
        {kinds
          .filter((kind) => kind !== 'mail' || rights.admin)
          .map((kind) => (
            <li key={kind}>
              <Checkbox
                isSelected={asked.data[`notify.${kind}`] === 'on'}
                onChange={(on) => void set({ [`notify.${kind}`]: on ? 'on' : 'off' })}
              >
                <span>
                  {t(`settings.told.${kind}`)}
                  <small className={styles.small}>{t(`settings.told_about.${kind}`)}</small>
                </span>
              </Checkbox>
            </li>
          ))}
      </ul>
    </>
  );
}

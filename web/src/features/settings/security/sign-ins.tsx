// What happened lately at a member's door: where it was opened, and where somebody tried in vain.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Knock, knocksQuery } from '../../../api/access.ts';
import { sentence } from '../../../api/problem.ts';
import { when } from '../../../i18n/format.ts';
import { t } from '../../../i18n/i18n.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Notice, Skeleton } from '../../../ui/empty/empty.tsx';
import { Table, type TableColumn } from '../../../ui/table/table.tsx';
import { Tag } from '../../../ui/tag/tag.tsx';
import { nameText } from './devices.tsx';
import { deviceName } from './device-name.ts';
import { Part } from './part.tsx';
import styles from './security.module.css';

const first = 5;
const tones = {
  signed_in: 'plain',
  signed_out: 'plain',
  proved: 'plain',
  sign_in_refused: 'warn',
  code_refused: 'warn',
} as const;

export function SignInsPart({ query, help }: { query: typeof knocksQuery; help: string }) {
  const { data, error } = useQuery(query);
  const [isWhole, setWhole] = useState(false);
  const columns: TableColumn<Knock>[] = [
    { key: 'verb', head: t('settings.sign_ins.what'), names: true, cell: verbCell },
    { key: 'at', head: t('settings.sign_ins.at'), cell: (knock) => when(knock.at) },
    {
      key: 'device',
      head: t('settings.sign_ins.device'),
      cell: (knock) => (knock.agent ? nameText(deviceName(knock.agent)) : '–'),
    },
    { key: 'network', head: t('settings.sign_ins.network'), cell: (knock) => knock.network || '–' },
  ];
  const shown = isWhole ? data : data?.slice(0, first);
  return (
    <Part
      title={t('settings.sign_ins')}
      help={help}
      deed={
        data && data.length > first && !isWhole ? (
          <Button onPress={() => setWhole(true)}>{t('settings.sign_ins.all')}</Button>
        ) : null
      }
    >
      {error ? <Notice tone="bad">{sentence(error)}</Notice> : null}
      {data || error ? null : <Skeleton lines={3} />}
      {data?.length === 0 ? <p className={styles.quiet}>{t('settings.sign_ins.none')}</p> : null}
      {shown?.length ? (
        <Table label={t('settings.sign_ins')} rows={shown} rowKey={(knock) => knock.seq} columns={columns} />
      ) : null}
    </Part>
  );
}

const verbCell = (knock: Knock) => (
  <Tag tone={tones[knock.verb] ?? 'plain'}>{t(`settings.sign_ins.${knock.verb}`)}</Tag>
);

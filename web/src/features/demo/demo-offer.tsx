// 用演示数据看看: offered to administrators wherever nothing is yet.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { demoJobQuery, demoQuery } from '../../api/demo.ts';
import { useSession } from '../../api/session.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { DemoDialog } from './demo-dialog.tsx';

export function DemoOffer() {
  const { rights } = useSession();
  const [open, setOpen] = useState(false);
  const demo = useQuery({ ...demoQuery, enabled: rights.admin });
  const job = useQuery({ ...demoJobQuery, enabled: rights.admin });
  if (!demo.data || demo.data.present || job.data !== null) return null;
  return (
    <>
      <Button onPress={() => setOpen(true)}>{t('demo.offer')}</Button>
      {open ? <DemoDialog deed="fill" onClose={() => setOpen(false)} /> : null}
    </>
  );
}

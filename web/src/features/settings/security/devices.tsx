// Where one is signed in. One that nobody knows is signed out here, and is out within a second.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Laptop, Smartphone } from 'lucide-react';
import { useState } from 'react';
import { type Device, devicesQuery, endDevice, endOtherDevices } from '../../../api/access.ts';
import { sentence } from '../../../api/problem.ts';
import { when } from '../../../i18n/format.ts';
import { t } from '../../../i18n/i18n.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Notice, Skeleton } from '../../../ui/empty/empty.tsx';
import { Tag } from '../../../ui/tag/tag.tsx';
import { toast } from '../../../ui/toast/toast.tsx';
import { type DeviceName, deviceName } from './device-name.ts';
import { Part } from './part.tsx';
import styles from './security.module.css';

export function DevicesPart() {
  const client = useQueryClient();
  const { data, error } = useQuery(devicesQuery);
  const [busy, setBusy] = useState(false);
  const end = async (work: () => Promise<void>, said: string) => {
    setBusy(true);
    try {
      await work();
      toast(said, 'good');
    } catch (refusal) {
      toast(sentence(refusal), 'bad');
    } finally {
      setBusy(false);
    }
  };
  const hasOthers = data?.some((device) => !device.current);
  return (
    <Part
      title={t('settings.devices')}
      help={t('settings.devices_help')}
      deed={
        hasOthers ? (
          <Button
            isDisabled={busy}
            onPress={() => void end(() => endOtherDevices(client), t('settings.devices.others_ended'))}
          >
            {t('settings.devices.end_others')}
          </Button>
        ) : null
      }
    >
      {error ? <Notice tone="bad">{sentence(error)}</Notice> : null}
      {data || error ? null : <Skeleton lines={3} />}
      <ul className={styles.devices}>
        {data?.map((device) => (
          <DeviceLine
            key={device.id}
            device={device}
            busy={busy}
            onEnd={(name) => void end(() => endDevice(client, device.id), t('settings.devices.ended', { name }))}
          />
        ))}
      </ul>
    </Part>
  );
}

type LineProps = { device: Device; busy: boolean; onEnd: (name: string) => void };

function DeviceLine({ device, busy, onEnd }: LineProps) {
  const named = deviceName(device.agent);
  const name = nameText(named);
  const Picture = named.isHandheld ? Smartphone : Laptop;
  return (
    <li className={styles.device}>
      <Picture size={18} strokeWidth={1.75} aria-hidden="true" />
      <div className={styles.what}>
        <span className={styles.name} title={device.agent}>
          {name}
          {device.current ? <Tag tone="info">{t('settings.devices.this')}</Tag> : null}
        </span>
        <span className={styles.quiet}>{t('settings.devices.since', { at: when(device.since) })}</span>
      </div>
      {device.current ? null : (
        <Button aria-label={t('settings.devices.end_of', { name })} isDisabled={busy} onPress={() => onEnd(name)}>
          {t('settings.devices.end')}
        </Button>
      )}
    </li>
  );
}

export function nameText({ program, called, system }: DeviceName): string {
  const what = program ? t(`settings.program.${program}`) : called;
  return [what, system].filter(Boolean).join(' · ') || t('settings.devices.unknown');
}

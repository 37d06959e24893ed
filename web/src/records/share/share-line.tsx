// One who was given it: at what level, until when, by whom – changed where it stands.
import { useQueryClient } from '@tanstack/react-query';
import { Users, X } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { useCatalogue } from '../../api/describe.ts';
import { useSession } from '../../api/session.ts';
import { endShare, setShare, type Share, type Terms } from '../../api/shares.ts';
import type { ObjectDef, RecordData } from '../../api/types.ts';
import { when } from '../../i18n/format.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { Avatar } from '../../ui/avatar/avatar.tsx';
import { Button, IconButton } from '../../ui/button/button.tsx';
import { classes } from '../../ui/classes.ts';
import { DateInput } from '../../ui/date/date-input.tsx';
import { Notice } from '../../ui/empty/empty.tsx';
import { Select } from '../../ui/field/select.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import { LeaveLine } from './leave-line.tsx';
import { levels } from './levels.ts';
import { endText, isOver, lastDayOf, refusalOf, sameTerms, untilOf } from './share-model.ts';
import styles from './share.module.css';
import { undoing } from './undoing.ts';

type Props = { object: ObjectDef; record: RecordData; share: Share; may: boolean; onLeft: () => void };

export function ShareLine({ object, record, share, may, onLeft }: Props) {
  const me = useSession().member.id === share.grantee.id;
  const group = useCatalogue().object('member_group');
  const change = useChange(object, record, share);
  const { at, rest } = refusalOf(change.refusal);
  const name = share.grantee.name;
  const isDated = change.isDated || !!at.until;
  return (
    <li className={classes(styles.line, isOver(share) && styles.over)}>
      <Who share={share} me={me} />
      {may ? (
        <span className={styles.level}>
          <span className={styles.choice}>
            <Select
              aria-label={t('share.level_of', { name })}
              value={share.level}
              options={levels()}
              isDisabled={change.busy}
              error={at.level}
              onChange={(level) => void change.put({ level: level === 'edit' ? 'edit' : 'read', until: share.until })}
            />
          </span>
          <IconButton label={t('share.remove', { name })} isDisabled={change.busy} onPress={() => void change.end()}>
            <X size={16} aria-hidden="true" />
          </IconButton>
        </span>
      ) : (
        <span className={styles.level}>{t(`share.level.${share.level}`)}</span>
      )}
      <p className={styles.meta}>
        {share.grantee.object === 'member_group' ? <Tag>{pick(group?.label)}</Tag> : null}
        <span>
          {share.by
            ? t('share.by', { name: share.by.name, at: when(share.since) })
            : t('share.since', { at: when(share.since) })}
        </span>
        {may ? (
          <Button
            compact
            look="quiet"
            className={styles.end}
            aria-expanded={isDated}
            aria-label={t('share.end_of', { name, end: endText(share) })}
            onPress={() => change.setDated(!isDated)}
          >
            {endText(share)}
          </Button>
        ) : (
          <span>{endText(share)}</span>
        )}
      </p>
      {rest.length > 0 ? (
        <div className={styles.whole}>
          <Notice tone="bad">{rest.join(' ')}</Notice>
        </div>
      ) : null}
      {may && isDated ? (
        <EndForm share={share} error={at.until} busy={change.busy} onSave={change.endOn} onClose={change.forget} />
      ) : null}
      {me && !may ? <LeaveLine object={object} record={record} share={share} onLeft={onLeft} /> : null}
    </li>
  );
}

function Who({ share: { grantee }, me }: { share: Share; me: boolean }) {
  return (
    <span className={styles.who}>
      {grantee.object === 'member_group' ? (
        <span className={styles.group}>
          <Users size={12} aria-hidden="true" />
        </span>
      ) : (
        <span aria-hidden="true">
          <Avatar name={grantee.name} />
        </span>
      )}
      <span className={styles.name} title={grantee.name}>
        {grantee.name}
      </span>
      {me ? <Tag tone="info">{t('share.me')}</Tag> : null}
    </span>
  );
}

function useChange(object: ObjectDef, record: RecordData, share: Share) {
  const client = useQueryClient();
  const zone = useSession().organisation.time_zone;
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [isDated, setDated] = useState(false);
  const { id, name } = share.grantee;
  const set = (terms: Terms) => setShare(client, object.plural, record.id, id, terms);
  // What is over cannot begin again as it was.
  const back = isOver(share)
    ? undefined
    : { label: t('common.undo'), run: undoing(() => set({ level: share.level, until: share.until })) };
  const run = async (work: () => Promise<void>, say: string) => {
    setBusy(true);
    setRefusal(null);
    try {
      await work();
      setDated(false);
      toast(say, 'good', back);
    } catch (error) {
      setRefusal(error);
    } finally {
      setBusy(false);
    }
  };
  const forget = () => {
    setDated(false);
    setRefusal(null);
  };
  const put = async (terms: Terms) => {
    if (sameTerms(share, terms)) return forget();
    const said = { name, level: t(`share.level.${terms.level}`), end: endText(terms) };
    await run(() => set(terms), t('share.changed', said));
  };
  return {
    put,
    end: () => run(() => endShare(client, object.plural, record.id, id), t('share.removed', { name })),
    endOn: (day: string | null) => void put({ level: share.level, until: untilOf(day, zone) }),
    forget,
    setDated: (dated: boolean) => (dated ? setDated(true) : forget()),
    isDated,
    refusal,
    busy,
  };
}

type EndProps = {
  share: Share;
  error?: string;
  busy: boolean;
  onSave: (day: string | null) => void;
  onClose: () => void;
};

function EndForm({ share, error, busy, onSave, onClose }: EndProps) {
  const [day, setDay] = useState(share.until === null ? null : lastDayOf(share.until));
  // Leaves the day, not the dialog.
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    event.stopPropagation();
    onClose();
  };
  return (
    <div className={styles.endForm} onKeyDown={onKey}>
      <DateInput label={t('share.until_short')} value={day} onChange={setDay} error={error} autoFocus />
      <span className={styles.deeds}>
        <Button onPress={onClose}>{t('common.cancel')}</Button>
        {share.until === null ? null : (
          <Button isDisabled={busy} onPress={() => onSave(null)}>
            {t('share.no_end')}
          </Button>
        )}
        <Button look="primary" isDisabled={busy || day === null} onPress={() => onSave(day)}>
          {t('common.save')}
        </Button>
      </span>
    </div>
  );
}

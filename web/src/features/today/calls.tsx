// Whom to call first. A card says who, what it is worth and why it stands here; one tap begins the log of what came of it.
import { Ellipsis, Phone } from 'lucide-react';
import { useState } from 'react';
import { fieldOf, useCatalogue } from '../../api/describe.ts';
import { count, moneyShort, phone, share } from '../../i18n/format.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { PlainLink } from '../../records/plain-link.tsx';
import { RecordLink } from '../../records/record-link.tsx';
import { Button, IconButton } from '../../ui/button/button.tsx';
import { Menu } from '../../ui/menu/menu.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import type { Ask } from './log-dialog.tsx';
import { Nothing, Panel } from './panel.tsx';
import { sayReason, toneOf } from './reason-text.ts';
import { type Call, calls_shown, points, type ReasonKey } from './today-model.ts';
import styles from './today.module.css';

const reasons_shown = 3;

export function CallsPanel({ calls, ask }: { calls: Call[]; ask: Ask }) {
  const [all, setAll] = useState(false);
  const shown = all ? calls : calls.slice(0, calls_shown);
  return (
    <Panel title={t('today.calls')} count={count(calls.length)} help={<HowOrdered />}>
      {calls.length === 0 ? <Nothing>{t('today.calls_none')}</Nothing> : null}
      <ol className={styles.cards}>
        {shown.map((call) => (
          <CallCard key={`${call.object}${call.id.id}`} call={call} ask={ask} />
        ))}
      </ol>
      {calls.length > shown.length ? (
        <Button look="quiet" compact onPress={() => setAll(true)} className={styles.moreButton}>
          {t('today.calls_more', { count: calls.length - shown.length })}
        </Button>
      ) : null}
    </Panel>
  );
}

function HowOrdered() {
  return (
    <>
      <p>{t('today.order.help')}</p>
      <ul className={styles.points}>
        {(Object.keys(points) as ReasonKey[]).map((key) => (
          <li key={key}>
            <span>{t(`today.order.${key}`)}</span>
            <span className={styles.point}>+{points[key]}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function CallCard({ call, ask }: { call: Call; ask: Ask }) {
  const catalogue = useCatalogue();
  const object = catalogue.object(call.object);
  const stage = object && fieldOf(object, 'stage')?.choices?.find((one) => one.key === call.stage);
  const about = { object: call.object, id: call.id, step: call.step };
  return (
    <li className={styles.card}>
      <div className={styles.cardHead}>
        <RecordLink plural={object?.plural ?? ''} id={call.id.id} name={call.id.name} className={styles.cardName} />
        {call.amount ? (
          <span className={styles.amount}>
            {moneyShort(call.amount)}
            {call.win_share !== null ? <small> × {share(call.win_share)}</small> : null}
          </span>
        ) : (
          <Tag>{pick(object?.label)}</Tag>
        )}
      </div>
      <p className={styles.cardLine}>
        {call.who ? <PlainLink to={`/accounts/${call.who.id}`}>{call.who.name}</PlainLink> : null}
        {call.person ? <span>{call.person}</span> : null}
        {call.mobile ? <a href={`tel:${call.mobile}`}>{phone(call.mobile)}</a> : null}
        {stage ? <span>{pick(stage.label)}</span> : null}
        {call.also > 0 ? <span>{t('today.also', { count: call.also })}</span> : null}
      </p>
      <div className={styles.cardFoot}>
        <ul className={styles.reasons} aria-label={t('today.why', { name: call.id.name })}>
          {call.reasons.map((reason, at) => (
            <li key={reason.key} hidden={at >= reasons_shown}>
              <Tag tone={toneOf[reason.key]}>{sayReason(reason)}</Tag>
            </li>
          ))}
          {call.reasons.length > reasons_shown ? (
            <li className={styles.rest} title={call.reasons.slice(reasons_shown).map(sayReason).join(' · ')}>
              +{call.reasons.length - reasons_shown}
            </li>
          ) : null}
        </ul>
        <LogButtons name={call.id.name} onLog={(kind) => ask({ about, kind })} />
      </div>
    </li>
  );
}

// The first tap: a call by the button, the other kinds beside it.
export function LogButtons({ name, onLog }: { name: string; onLog: (kind: string) => void }) {
  const activity = useCatalogue().object('activity');
  if (!activity?.rights.create) return null;
  const kinds = (fieldOf(activity, 'kind')?.choices ?? []).filter((one) => one.active && one.key !== 'task');
  const others = kinds.filter((one) => one.key !== 'call');
  return (
    <span className={styles.buttons}>
      <Button compact onPress={() => onLog('call')} aria-label={t('today.log_call_of', { name })}>
        <Phone size={14} aria-hidden="true" />
        {t('today.log_call')}
      </Button>
      <Menu
        label={t('today.log_other_of', { name })}
        trigger={
          <IconButton label={t('today.log_other_of', { name })} compact>
            <Ellipsis size={16} aria-hidden="true" />
          </IconButton>
        }
        groups={[
          {
            key: 'kinds',
            entries: others.map((kind) => ({
              key: kind.key,
              label: t('today.log_kind', { kind: pick(kind.label) }),
              onAction: () => onLog(kind.key),
            })),
          },
        ]}
      />
    </span>
  );
}

// Customers of worth with whom nobody has spoken for longer than the rhythm of their tier.
import { fieldOf, useCatalogue } from '../../api/describe.ts';
import type { Money, Reference } from '../../api/types.ts';
import { daysBetween, dayOf, moneyShort } from '../../i18n/format.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { RecordLink } from '../../records/record-link.tsx';
import { LogButtons } from './calls.tsx';
import { cooling_mine } from './formulas.ts';
import type { Ask } from './log-dialog.tsx';
import { Nothing, Panel } from './panel.tsx';
import { rhythm, rhythm_else, rhythmOf } from './today-model.ts';
import styles from './today.module.css';

export type CoolingFacts = {
  id: Reference;
  tier?: string | null;
  created_at: string;
  last: string | null;
  worth: Money | null;
};

type Props = { accounts: CoolingFacts[]; more: boolean; today: string; ask: Ask };

export function CoolingPanel({ accounts, more, today, ask }: Props) {
  const tiers = fieldOf(useCatalogue().object('account') ?? noFields, 'tier')?.choices;
  const help = t('today.cooling_help', { a: rhythm.A, b: rhythm.B, rest: rhythm_else });
  return (
    <Panel
      title={t('today.cooling')}
      count={more ? `${accounts.length}+` : String(accounts.length)}
      rows={{ to: '/accounts', filter: cooling_mine }}
      help={<p>{help}</p>}
    >
      {accounts.length === 0 ? <Nothing>{t('today.cooling_none')}</Nothing> : null}
      <ul className={styles.cards}>
        {accounts.map((account) => {
          const tier = tiers?.find((one) => one.key === account.tier);
          const days = daysBetween(dayOf(account.last ?? account.created_at), today);
          return (
            <li key={account.id.id} className={styles.card}>
              <div className={styles.cardHead}>
                <RecordLink plural="accounts" id={account.id.id} name={account.id.name} className={styles.cardName} />
                <span className={styles.amount}>{moneyShort(account.worth)}</span>
              </div>
              <div className={styles.cardFoot}>
                <p className={styles.cardLine}>
                  {tier ? <span>{pick(tier.label)}</span> : null}
                  <span className={styles.warn}>
                    {account.last ? t('today.cooling_for', { days }) : t('today.cooling_never')}
                  </span>
                  <span>{t('today.cooling_rhythm', { days: rhythmOf(account.tier) })}</span>
                </p>
                <LogButtons
                  name={account.id.name}
                  onLog={(kind) => ask({ about: { object: 'account', id: account.id }, kind })}
                />
              </div>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

const noFields = { fields: [] } as never;

import { useState } from 'react';
import { count, daysBetween, moneyShort } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Tag, type TagTone } from '../../ui/tag/tag.tsx';
import { Nothing, Panel, RowsLink } from './panel.tsx';
import { type Concern, type ConcernKey, concernPoints, type Person, quiet_days } from './team-model.ts';
import type { Days } from './today-model.ts';
import team from './team.module.css';
import styles from './today.module.css';

const people_shown = 8;
const tones: { [key in ConcernKey]: TagTone } = {
  quiet: 'bad',
  stalled: 'warn',
  overdue: 'bad',
  step_late: 'warn',
  empty: 'warn',
  no_step: 'plain',
};

export function PeoplePanel({ people, days }: { people: Person[]; days: Days }) {
  const [all, setAll] = useState(false);
  const needing = people.filter((one) => one.concerns.length > 0);
  const shown = all ? needing : needing.slice(0, people_shown);
  const fine = people.length - needing.length;
  return (
    <Panel title={t('today.people')} count={count(needing.length)} help={<HowOrdered />}>
      {needing.length === 0 ? <Nothing>{t('today.people_none')}</Nothing> : null}
      <ol className={styles.cards}>
        {shown.map((person) => (
          <PersonCard key={person.member.id} person={person} days={days} />
        ))}
      </ol>
      {needing.length > shown.length ? (
        <Button look="quiet" compact onPress={() => setAll(true)} className={styles.moreButton}>
          {t('today.people_more', { count: needing.length - shown.length })}
        </Button>
      ) : null}
      {fine > 0 && needing.length > 0 ? <Nothing>{t('today.people_fine', { count: fine })}</Nothing> : null}
    </Panel>
  );
}

function HowOrdered() {
  return (
    <>
      <p>{t('today.people_help')}</p>
      <ul className={styles.points}>
        {(Object.keys(concernPoints) as ConcernKey[]).map((key) => (
          <li key={key}>
            <span>{t(`today.concern_help.${key}`, { days: quiet_days })}</span>
            <span className={styles.point}>+{concernPoints[key]}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function say(concern: Concern, days: Days): string {
  const { key, n, value, first } = concern;
  if (key === 'quiet') return t('today.concern.quiet', { days: quiet_days });
  if (key === 'empty') return t('today.concern.empty');
  if (key === 'overdue') return t('today.concern.overdue', { n, days: daysBetween(first ?? days.today, days.today) });
  const said = t(`today.concern.${key}`, { n });
  return value > 0 ? `${said} · ${moneyShort(value)}` : said;
}

function PersonCard({ person, days }: { person: Person; days: Days }) {
  const { member, open, value, concerns } = person;
  return (
    <li className={team.person}>
      <span className={team.avatar} aria-hidden="true">
        {member.name.slice(-2)}
      </span>
      <div className={team.personText}>
        <div className={styles.cardHead}>
          <h3 className={team.personName}>{member.name}</h3>
          <RowsLink
            rows={{ to: '/deals', filter: `owner = "${member.id}" and outcome = "open"`, sort: '-amount' }}
            className={team.personOpen}
          >
            {t('today.person_open', { n: open })}
            {value > 0 ? ` · ${moneyShort(value)}` : ''}
          </RowsLink>
        </div>
        <ul className={styles.reasons} aria-label={t('today.why_person', { name: member.name })}>
          {concerns.map((concern) => (
            <li key={concern.key}>
              <RowsLink rows={concern.rows} className={styles.reasonLink}>
                <Tag tone={tones[concern.key]}>{say(concern, days)}</Tag>
              </RowsLink>
            </li>
          ))}
        </ul>
      </div>
    </li>
  );
}

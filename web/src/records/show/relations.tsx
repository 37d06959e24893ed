// What belongs to this record: the first three of each kind, the count, and the way to all of them and to a new one.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { Fragment, lazy, Suspense, useState } from 'react';
import { fieldOf, useCatalogue } from '../../api/describe.ts';
import { keys } from '../../api/query-keys.ts';
import { fewQuery } from '../../api/records.ts';
import type { ObjectDef, RecordData, Relation } from '../../api/types.ts';
import { pick, t, within } from '../../i18n/i18n.ts';
import { IconButton } from '../../ui/button/button.tsx';
import { RecordLink } from '../record-link.tsx';
import { FieldValue } from '../fields/field-value.tsx';
import { nameOf } from '../fields/record-name.ts';
import { valueText } from '../fields/value-text.ts';
import { Attachment } from './attachment.tsx';
import styles from './relations.module.css';
import show from './show.module.css';

const CreateDialog = lazy(() => import('../form/create-dialog.tsx').then((room) => ({ default: room.CreateDialog })));

export function Relations({ object, record }: { object: ObjectDef; record: RecordData }) {
  const catalogue = useCatalogue();
  return object.relations.map((relation) => {
    const child = catalogue.object(relation.object);
    // Notes stand in the timeline, what was written for analysis in the path.
    if (!child?.rights.read || child.name === 'note' || child.group === 'analysis') return null;
    return (
      <RelationList
        key={relation.name + relation.field}
        object={object}
        record={record}
        relation={relation}
        child={child}
      />
    );
  });
}

type Props = { object: ObjectDef; record: RecordData; relation: Relation; child: ObjectDef };

function RelationList({ object, record, relation, child }: Props) {
  const client = useQueryClient();
  const [creating, setCreating] = useState(false);
  const filter = `${relation.field} = "${record.id}"`;
  const { data } = useQuery(fewQuery(child.plural, filter));
  const rows = data?.data ?? [];
  // Two ways from one child: the field says which.
  const twins = object.relations.filter((one) => one.object === relation.object).length > 1;
  const plain = pick(relation.label) || pick(child.plural_label);
  const label = titleOf(
    plain,
    relation.object === object.name,
    twins ? pick(fieldOf(child, relation.field)?.label) : '',
  );
  const count = data?.count ?? rows.length;
  const creatable =
    child.rights.create && fieldOf(child, relation.field)?.written_by !== 'system' && child.name !== 'attachment';
  // Nothing to show and nothing to do.
  if (!creatable && count === 0) return null;
  return (
    <section className={show.panel} aria-label={label}>
      <div className={styles.head}>
        <h2>
          {label} <span className={styles.count}>{data ? count : ''}</span>
        </h2>
        {creatable ? (
          <IconButton
            label={t('records.new', { object: within(child.label) })}
            compact
            onPress={() => setCreating(true)}
          >
            <Plus size={14} aria-hidden="true" />
          </IconButton>
        ) : null}
      </div>
      <ul>
        {rows.map((row) => (
          <li key={row.id} className={child.name === 'attachment' ? styles.file : styles.row}>
            {child.name === 'attachment' ? (
              <Attachment row={row} />
            ) : (
              <>
                <RecordLink plural={child.plural} id={row.id} name={nameOf(child, row) || t('records.no_name')} />
                <Detail child={child} row={row} except={relation.field} />
              </>
            )}
          </li>
        ))}
      </ul>
      {count > rows.length ? (
        <Link to={`/${child.plural}`} search={{ f: filter }} className={styles.all}>
          {t('records.show_all', { count })}
        </Link>
      ) : null}
      {creating ? (
        <Suspense fallback={null}>
          <CreateDialog
            object={child}
            preset={{ [relation.field]: { id: record.id, name: nameOf(object, record) } }}
            onClose={() => setCreating(false)}
            onCreated={() => {
              setCreating(false);
              void client.invalidateQueries({ queryKey: keys.object(child.plural) });
              void client.invalidateQueries({ queryKey: keys.timeline(object.plural, record.id) });
            }}
          />
        </Suspense>
      ) : null}
    </section>
  );
}

function titleOf(plain: string, isOwnKind: boolean, way: string): string {
  if (way) return `${plain} · ${way}`;
  return isOwnKind ? t('records.below', { objects: plain }) : plain;
}

const details_max = 2;

// How far it is, or how it ended; then what its layout calls key. A number is there to be called.
function Detail({ child, row, except }: { child: ObjectDef; row: RecordData; except: string }) {
  const state = child.staged ? fieldOf(child, row.outcome === 'open' ? 'stage' : 'outcome') : undefined;
  const fields = child.layout.key
    .filter((name) => name !== except && name !== child.name_field)
    .flatMap((name) => fieldOf(child, name) ?? [])
    .filter((field) => valueText(field, row[field.name] ?? null) !== '')
    .slice(0, details_max);
  return (
    <span className={styles.detail}>
      {[...(state ? [state] : []), ...fields].map((field, at) => (
        <Fragment key={field.name}>
          {at > 0 ? ' · ' : null}
          <FieldValue field={field} value={row[field.name] ?? null} links={field.kind === 'phone'} />
        </Fragment>
      ))}
    </span>
  );
}

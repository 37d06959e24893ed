// What an import did, or would do: a line an object, the first problems, the file of refused rows.
import { Link } from '@tanstack/react-router';
import { fieldOf, useCatalogue } from '../../api/describe.ts';
import { count, list } from '../../i18n/format.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { Table } from '../../ui/table/table.tsx';
import { errorFile } from './import-api.ts';
import {
  type ColumnFlaw,
  type ImportResult,
  madeBy,
  type NewChoices,
  type ObjectCounts,
  type PastImport,
  type RowProblem,
} from './import-model.ts';
import styles from './import.module.css';

const words_max = 12;
type Column = 'created' | 'updated' | 'skipped' | 'refused';
type Props = { result: ImportResult; job: string; past?: PastImport };

function CountCell({ row, column, past }: { row: ObjectCounts; column: Column; past?: PastImport }) {
  const text = count(row[column]);
  const def = useCatalogue().object(row.object);
  const open =
    past && row[column] > 0 && !past.undo && column !== 'skipped' ? madeBy(past, column === 'updated') : null;
  if (def && open && column !== 'refused')
    return (
      <Link to={`/${def.plural}`} search={{ f: open }}>
        {text}
      </Link>
    );
  return column === 'refused' && row.refused > 0 ? <strong className={styles.bad}>{text}</strong> : text;
}

const counted = (key: Column, past?: PastImport) => ({
  key,
  head: t(`import.count.${key}`),
  number: true,
  cell: (row: ObjectCounts) => <CountCell row={row} column={key} past={past} />,
});

export function Outcome({ result, job, past }: Props) {
  const catalogue = useCatalogue();
  const total: ObjectCounts = { object: '', ...result.counts };
  const rows = result.objects.length > 1 ? [...result.objects, total] : result.objects;
  const name = ({ object }: ObjectCounts) => {
    const def = catalogue.object(object);
    if (!def) return object || t('import.total');
    return pick(def.label);
  };
  return (
    <div className={styles.outcome}>
      <Table
        label={past ? t('import.counts') : t('import.counts_trial')}
        rows={rows}
        rowKey={(row) => row.object}
        columns={[
          { key: 'object', head: t('import.object'), names: true, cell: name },
          counted('created', past),
          counted('updated', past),
          counted('skipped'),
          counted('refused'),
        ]}
      />
      {(result.new_choices ?? []).map((one) => (
        <Added key={`${one.object} ${one.field}`} one={one} isDone={!!past} />
      ))}
      {(result.columns ?? []).length > 0 ? <ByColumn flaws={result.columns ?? []} /> : null}
      {result.problems.length > 0 ? <Problems result={result} job={job} /> : null}
    </div>
  );
}

function Added({ one, isDone }: { one: NewChoices; isDone: boolean }) {
  const def = useCatalogue().object(one.object);
  const field = (def && pick(fieldOf(def, one.field)?.label)) || one.field;
  const said = { field, count: count(one.words.length), words: list(one.words.slice(0, words_max)) };
  return <p className={styles.about}>{isDone ? t('import.choices_added', said) : t('import.choices_to_add', said)}</p>;
}

// What there is to mend, the most frequent first; the rows come after.
function ByColumn({ flaws }: { flaws: ColumnFlaw[] }) {
  const rows = flaws.map((flaw, at) => ({ ...flaw, at })).sort((a, b) => b.rows - a.rows);
  type Row = ColumnFlaw & { at: number };
  return (
    <>
      <h3 className={styles.part}>{t('import.by_column')}</h3>
      <Table
        label={t('import.by_column')}
        rows={rows}
        rowKey={(row) => String(row.at)}
        columns={[
          { key: 'file', head: t('import.file'), onLine: 'bare', cell: (row: Row) => row.file },
          {
            key: 'column',
            head: t('import.column'),
            names: true,
            cell: (row: Row) => row.column || t('import.whole_row'),
          },
          { key: 'rows', head: t('import.rows'), number: true, cell: (row: Row) => count(row.rows) },
          { key: 'say', head: t('import.reason_first'), onLine: 'bare', cell: (row: Row) => reasonOf(row) },
        ]}
      />
    </>
  );
}

// The server begins with the field's name where the table has a column for it.
function reasonOf({ say, field, code }: RowProblem): string {
  if (!say) return code;
  return field && say.startsWith(field) ? say.slice(field.length).replace(/^[：:]\s*/, '') : say;
}

function Problems({ result, job }: { result: ImportResult; job: string }) {
  const shown = result.problems.map((problem, at) => ({ ...problem, at }));
  type Shown = RowProblem & { at: number };
  return (
    <>
      <div className={styles.line}>
        <h3>{t('import.problems', { shown: count(shown.length), refused: count(result.refused_rows) })}</h3>
        <span className={styles.push} />
        {result.refused_rows > 0 ? (
          <>
            <a href={errorFile(job)} download>
              {t('import.error_file')}
            </a>
            <a href={errorFile(job, 'xlsx')} download>
              {t('import.error_file_xlsx')}
            </a>
          </>
        ) : null}
      </div>
      <Table
        label={t('import.problems_table')}
        rows={shown}
        rowKey={(row) => String(row.at)}
        columns={[
          { key: 'file', head: t('import.file'), names: true, cell: (row: Shown) => row.file },
          { key: 'row', head: t('import.row'), number: true, cell: (row: Shown) => count(row.row) },
          { key: 'column', head: t('import.column'), cell: (row: Shown) => row.column },
          { key: 'say', head: t('import.reason'), onLine: 'bare', cell: (row: Shown) => reasonOf(row) },
        ]}
      />
    </>
  );
}

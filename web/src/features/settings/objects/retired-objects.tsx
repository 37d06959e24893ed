import { type Definition } from '../../../api/definitions.ts';
import { pick, t } from '../../../i18n/i18n.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Notice } from '../../../ui/empty/empty.tsx';
import { toast } from '../../../ui/toast/toast.tsx';
import { useDefine } from '../use-define.ts';
import { errorsOf } from './field-model.ts';
import styles from '../forms.module.css';

// Objects out of use keep their records and may come back.
export function RetiredObjects({ definitions }: { definitions: Definition[] }) {
  const { save, refusal, busy } = useDefine();
  const retired = definitions.filter((one) => one.overlay?.retired);
  if (retired.length === 0) return null;
  return (
    <section className={styles.uses}>
      <h3>{t('settings.objects.retired')}</h3>
      {refusal ? <Notice tone="bad">{errorsOf(refusal).rest.join(' ')}</Notice> : null}
      <dl>
        {retired.map((one) => (
          <div key={one.object}>
            <dt>{pick(one.overlay?.label)}</dt>
            <dd>
              <Button
                compact
                isDisabled={busy}
                onPress={() =>
                  void save({ object: one.object, custom: true }, one.version).then(
                    (good) => good && toast(t('settings.object.restored', { name: pick(one.overlay?.label) }), 'good'),
                  )
                }
              >
                {t('settings.restore')}
              </Button>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

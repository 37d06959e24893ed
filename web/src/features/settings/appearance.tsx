// How it looks: kept for the member, so that it is the same on every device.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { preferencesQuery, setPreferences } from '../../api/preferences.ts';
import { sentence } from '../../api/problem.ts';
import { t } from '../../i18n/i18n.ts';
import {
  chooseDensity,
  chooseTheme,
  type Density,
  densities,
  savedDensity,
  savedTheme,
  type Theme,
  themes,
} from '../../lib/theme.ts';
import { Segments } from '../../ui/field/segments.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import styles from './settings.module.css';

const refused = (error: unknown) => void toast(sentence(error), 'bad');

export function Appearance() {
  const client = useQueryClient();
  const { data } = useQuery(preferencesQuery);
  const setTheme = (theme: Theme) => {
    chooseTheme(theme);
    setPreferences(client, { theme }).catch(refused);
  };
  const setDensity = (density: Density) => {
    chooseDensity(density);
    setPreferences(client, { density }).catch(refused);
  };
  return (
    <div className={styles.looks}>
      <div>
        <h2 className={styles.look}>{t('shell.theme')}</h2>
        <Segments
          label={t('shell.theme')}
          options={themes.map((key) => ({ key, label: t(`shell.theme.${key}`) }))}
          value={data?.theme ?? savedTheme()}
          onChange={(key) => setTheme(key as Theme)}
        />
      </div>
      <div>
        <h2 className={styles.look}>{t('settings.density')}</h2>
        <Segments
          label={t('settings.density')}
          options={densities.map((key) => ({ key, label: t(`settings.density.${key}`) }))}
          value={data?.density ?? savedDensity()}
          onChange={(key) => setDensity(key as Density)}
        />
        <p className={styles.about}>{t('settings.density_help')}</p>
      </div>
    </div>
  );
}

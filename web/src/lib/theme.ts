// Light, dark or as the system says, and how close the lines stand. Remembered on this device, so that the first picture is right;
// the member's own choice, when it comes from the server, replaces it.
export const themes = ['light', 'dark', 'system'] as const;
export type Theme = (typeof themes)[number];
export const densities = ['compact', 'standard', 'comfortable'] as const;
export type Density = (typeof densities)[number];
const remembered = 'shangdao.theme';
const rememberedDensity = 'shangdao.density';
const dark = () => window.matchMedia('(prefers-color-scheme: dark)');

export function savedTheme(): Theme {
  const saved = localStorage.getItem(remembered);
  return themes.find((one) => one === saved) ?? 'system';
}

export function savedDensity(): Density {
  const saved = localStorage.getItem(rememberedDensity);
  return densities.find((one) => one === saved) ?? 'standard';
}

function paint(theme: Theme) {
  const isDark = theme === 'dark' || (theme === 'system' && dark().matches);
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
}

const listeners = new Set<() => void>();
export function onTheme(heard: () => void): () => void {
  listeners.add(heard);
  return () => listeners.delete(heard);
}

function space(density: Density) {
  document.documentElement.dataset.density = density;
}

export function chooseTheme(theme: Theme) {
  localStorage.setItem(remembered, theme);
  paint(theme);
  for (const heard of listeners) heard();
}

export function chooseDensity(density: Density) {
  localStorage.setItem(rememberedDensity, density);
  space(density);
}

export function startTheme() {
  paint(savedTheme());
  space(savedDensity());
  dark().addEventListener('change', () => paint(savedTheme()));
  // Paper is light.
  window.addEventListener('beforeprint', () => paint('light'));
  window.addEventListener('afterprint', () => paint(savedTheme()));
}

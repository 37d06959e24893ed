// app → actions → features → records → ui → lib; a feature never imports another; api and i18n stand below records; ui knows
// neither the server nor the words.
const only = (name, from, to, comment) => ({ name, severity: 'error', comment, from: { path: from }, to: { path: to } });
module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', comment: 'A circle cannot be read from either end.', from: {}, to: { circular: true } },
    only('ui-is-a-kit', '^src/ui/', '^src/(app|actions|features|records|api|i18n)/', 'ui/ knows no domain, no server and no message ids: hand words in as props.'),
    only('lib-is-pure', '^src/lib/', '^src/(app|actions|features|records|ui|api|i18n)/', 'lib/ stands on nothing.'),
    only('api-is-below', '^src/api/', '^src/(app|actions|features|records|ui|i18n)/', 'api/ knows the wire only.'),
    only('i18n-is-below', '^src/i18n/', '^src/(app|actions|features|records|ui)/', 'i18n/ knows words and formats only.'),
    only('records-are-generic', '^src/records/', '^src/(app|features)/', 'records/ is drawn from definitions; a feature plugs in through records/slots.ts.'),
    only('actions-are-below-app', '^src/actions/', '^src/(app|features)/', 'actions/ is told about pages, it does not know them.'),
    { name: 'screens-add-rows', severity: 'error', comment: 'A screen adds rows to the table of actions and draws menus of them; palette and sheet read them.', from: { path: '^src/(records|features)/' }, to: { path: '^src/actions/', pathNot: '^src/actions/(registry|keys|action-menu)\\.tsx?$' } },
    only('features-below-app', '^src/features/', '^src/app/', 'A feature does not know the shell.'),
    { name: 'features-are-apart', severity: 'error', comment: 'Features meet through routes and actions, never by import.', from: { path: '^src/features/([^/]+)/' }, to: { path: '^src/features/', pathNot: '^src/features/$1/' } },
    { name: 'charts-are-lazy', severity: 'error', comment: 'Only ui/chart may import ECharts, and only lazily: a route never waits for a chart.', from: { path: '^src/', pathNot: '^src/ui/chart/' }, to: { path: 'node_modules/echarts' } },
    { name: 'nothing-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '\\.(css|woff2)$' } },
  ],
  options: { tsPreCompilationDeps: true, tsConfig: { fileName: 'tsconfig.json' }, doNotFollow: { path: 'node_modules' }, exclude: { path: '\\.(css|json)$' }, enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'browser', 'default', 'types'] } },
};

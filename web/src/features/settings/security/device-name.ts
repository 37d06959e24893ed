// What a browser says of itself, as people call it. The order tells: WeCom also says WeChat, everybody says Safari.
const programs = [
  ['wecom', /wxwork/i],
  ['wechat', /MicroMessenger/i],
  ['dingtalk', /DingTalk/i],
  ['feishu', /Feishu|Lark/i],
  ['qq', /M?QQBrowser/i],
  ['uc', /UCBrowser/i],
  ['huawei', /HuaweiBrowser/i],
  ['xiaomi', /MiuiBrowser/i],
  ['edge', /Edg(e|A|iOS)?\//],
  ['opera', /OPR\/|Opera/],
  ['firefox', /Firefox\/|FxiOS\//],
  ['chrome', /Chrome\/|CriOS\//],
  ['safari', /Safari\//],
] as const;
const systems = [
  ['HarmonyOS', /OpenHarmony|HarmonyOS/i],
  ['Android', /Android/],
  ['iPhone', /iPhone/],
  ['iPad', /iPad/],
  ['ChromeOS', /CrOS/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X|Macintosh/],
  ['Linux', /Linux|X11/],
] as const;
const handhelds: readonly string[] = ['HarmonyOS', 'Android', 'iPhone', 'iPad'];

export type DeviceName = {
  // A key with a message of its own; null: a program that is no browser we know, or says nothing.
  program: (typeof programs)[number][0] | null;
  // What such a program calls itself.
  called: string;
  system: string;
  isHandheld: boolean;
};

export function deviceName(agent: string): DeviceName {
  const first = (table: readonly (readonly [string, RegExp])[]) => table.find(([, said]) => said.test(agent))?.[0];
  const system = first(systems) ?? '';
  return {
    program: (first(programs) as DeviceName['program']) ?? null,
    called: /^[^\s/;]{1,40}/.exec(agent)?.[0] ?? '',
    system,
    isHandheld: handhelds.includes(system),
  };
}

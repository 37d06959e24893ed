import { expect, test } from 'vitest';
import { deviceName } from './device-name.ts';

const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)';
const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
const iphone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const android = 'Mozilla/5.0 (Linux; Android 14; 23127PN0CC) AppleWebKit/537.36 (KHTML, like Gecko)';

test.each([
  [`${windows} Chrome/143.0.0.0 Safari/537.36`, 'chrome', 'Windows', false],
  [`${windows} HeadlessChrome/143.0.0.0 Safari/537.36`, 'chrome', 'Windows', false],
  [`${windows} Chrome/143.0.0.0 Safari/537.36 Edg/143.0.0.0`, 'edge', 'Windows', false],
  [`${windows} Chrome/122.0.0.0 Safari/537.36 QQBrowser/12.0`, 'qq', 'Windows', false],
  [
    `${windows} Chrome/107.0.0.0 Safari/537.36 wxwork/4.1.20 (MicroMessenger/6.2) WindowsWechat MailPlugin_Electron`,
    'wecom',
    'Windows',
    false,
  ],
  [`${mac} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15`, 'safari', 'macOS', false],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', 'firefox', 'Linux', false],
  ['Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/143.0.0.0', 'chrome', 'ChromeOS', false],
  [`${iphone} Mobile/15E148 MicroMessenger/8.0.49(0x18003137) NetType/WIFI Language/zh_CN`, 'wechat', 'iPhone', true],
  [`${iphone} CriOS/126.0.6478.35 Mobile/15E148 Safari/604.1`, 'chrome', 'iPhone', true],
  [`${iphone} FxiOS/127.0 Mobile/15E148 Safari/605.1.15`, 'firefox', 'iPhone', true],
  [`${android} Version/4.0 Chrome/122.0.0.0 Mobile Safari/537.36 DingTalk/7.5.20`, 'dingtalk', 'Android', true],
  [`${android} Chrome/121.0.0.0 Mobile Safari/537.36 Lark/7.20.6 LarkLocale/zh_CN`, 'feishu', 'Android', true],
  [
    'Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 Chrome/114.0.0.0 Safari/537.36',
    'chrome',
    'HarmonyOS',
    true,
  ],
])('%s', (agent, program, system, isHandheld) => {
  expect(deviceName(agent)).toMatchObject({ program, system, isHandheld });
});

test('a program that is no browser goes by its own name, and one that says nothing has none', () => {
  expect(deviceName('curl/7.88.1')).toEqual({ program: null, called: 'curl', system: '', isHandheld: false });
  expect(deviceName('')).toEqual({ program: null, called: '', system: '', isHandheld: false });
});

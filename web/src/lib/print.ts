// Printing, where it can be done: the browsers inside WeCom and WeChat cannot.
export const prints = () => !/wxwork|micromessenger/i.test(navigator.userAgent);
export const print = () => window.print();

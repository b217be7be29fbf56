/**
 * Keep other people's scripts from reporting home.
 *
 * `@mediapipe/tasks-vision` counts what it does and posts the counts to Google once a minute. The
 * app's content security policy would stop that in the browser; here the call is taken out, so that
 * there is nothing to stop.
 */
const POST = /[\w$.]+\.send\(\{url:"https:\/\/odml\.pa\.googleapis\.com\/v1\/log"/g;
const HOME = /https?:\/\/[\w.-]*\bgoogleapis\.com/;

/** Return a script whose reports are dropped where they would be sent; throws when some would still be. */
export function withoutReports(script) {
  const quiet = script.replace(POST, '((_report, done) => done())({url:""');
  const home = HOME.exec(quiet);
  if (home !== null) throw new Error(`A vendored script would report to ${home[0]}. Take that out in scripts/reports.mjs.`);
  return quiet;
}

/** The address from which zxing-wasm would fetch its WebAssembly if nobody said where it is. */
const FAR = /https:\/\/fastly\.jsdelivr\.net\/npm\/zxing-wasm@[^`"']*?\/(?=\$\{)/g;

/** Return a script that knows no address but those it is given; throws when one is left. */
export function withoutFarAway(script) {
  const near = script.replace(FAR, "");
  const left = /https?:\/\/[\w.-]*jsdelivr[\w.-]*/.exec(near);
  if (left !== null) throw new Error(`A bundled script would fetch from ${left[0]}. Take that out in scripts/reports.mjs.`);
  return near;
}

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

import { said, t } from './i18n/i18n.js';

// The server says why in English sentences; here they are said in the reader's language. One that
// is not known stays as it is.

const CODES = { role: /\b(LINE_OPERATOR|CAMERA_VENDOR|STREAM_OPERATOR|CONTROL_ROOM)\b/g, kind: /\b(LINE|CAMERA|STREAM_SERVER|DEGRADED)\b/g, severity: /\b(MINOR|MAJOR|CRITICAL)\b/g };

/** Codes within a list, such as [LINE, CAMERA], as words. */
const coded = (prefix) => (text) => text.replace(/^\[|]$/g, '').replace(CODES[prefix], (code) => said(prefix, code));
const same = (text) => text;
const channels = (text) => text.replace(/^\[|]$/g, '').replace(/\w+/g, (type) => said('channel', type));
/** A policy by its name, where it has one besides its id. */
const titled = (text) => text.replace(/^\S+ \((.+)\)$/, '$1');
const asRole = (text) => titled(text.replace(/, as \w+$/, '')) + (/, as (\w+)$/.exec(text)?.slice(1).map((role) => ` · ${said('role', role)}`) ?? '');

/** A sentence, the key of its words, and how each of its values is written. */
const WHY = [
  [/^no policy matches: who answers for it by default$/, 'why.standard'],
  [/^policy (.+) is the first that matches, and DEGRADED opens no issue$/, 'why.firstOpensNone', titled],
  [/^no policy matches: who answers for it by default, and DEGRADED opens no issue$/, 'why.standardOpensNone'],
  [/^policy (.+) is the first that matches$/, 'why.first', titled],
  [/^answers for line (.+)$/, 'why.line', same],
  [/^answers for vendor (.+)$/, 'why.vendor', same],
  [/^answers for stream server (.+)$/, 'why.server', same],
  [/^answers for quality$/, 'why.quality'],
  [/^nobody answers for (?:line|vendor|stream server|quality)(.*): control room$/, 'why.nobodyAnswers', (name) => name.trim()],
  [/^control room$/, 'why.controlRoom'],
  [/^no control room is registered: built-in inbox$/, 'why.builtIn'],
  [/^escalated by policy (.+)$/, 'why.escalated', asRole],
  [/^nobody whom policy (.+) (?:means|escalates to) can be told: control room$/, 'why.nobodyMeant', titled],
  [/^policy (.+)$/, 'why.policy', asRole],
  [/^is disabled$/, 'why.disabled'],
  [/^is not registered$/, 'why.unregistered'],
  [/^has no channel of \[(.*)]$/, 'why.noChannel', channels],
  [/^has no channel that is set up$/, 'why.noneSetUp'],
  [/^is not among the recipients of the policy$/, 'why.notNamed'],
  [/^is (\w+), and those told are (\[.*])$/, 'why.otherRole', coded('role'), coded('role')],
  [/^is not among those chosen$/, 'why.notChosen'],
  [/^does not answer for the camera's line, vendor or district$/, 'why.elsewhere'],
  [/^(?:line|vendor|district|camera) is not registered, not one of \[(.*)](.*)$/, 'why.mismatchNone', same, same],
  [/^kind is (\w+), not one of (\[.*])(.*)$/, 'why.mismatchKind', coded('kind'), coded('kind')],
  [/^severity is (\w+), not one of (\[.*])(.*)$/, 'why.mismatchSeverity', coded('severity'), coded('severity')],
  [/^(line|vendor|district|camera) is (.+), not one of \[(.*)](?: and (\d+) more)?$/, 'why.mismatch', (name) => (name === 'camera' ? t('list.camera') : t(`detail.${name}`)), same, same],
];

const REFUSED = [
  [/^(?:is )?required(?:, and not blank)?$/, 'refused.required'],
  [/^is required for more than one$/, 'refused.everyForMore'],
  [/^at least (\d+) characters$/, 'refused.atLeast', same],
  [/^at most (\d+) bytes$/, 'refused.bytes', same],
  [/^(?:at most|longer than) (\d+)(?: characters)?(?: \(.*\))?$/, 'refused.characters', same],
  [/^(?:no control characters|holds a NUL character)$/, 'refused.control'],
  [/^more than one line$/, 'refused.oneLine'],
  [/^no placeholder of \w+, which has (.+)$/, 'refused.placeholder', places],
  [/^ip or hlsUrl is required$/, 'refused.target'],
  [/^not a number$/, 'refused.number'],
  [/^one of true, false, .*$/, 'refused.flag'],
  [/^an IPv4 address is written .*$/, 'refused.ipv4'],
  [/^(?:has no host: )?not an IPv4 address, IPv6 address or host name$/, 'refused.host'],
  [/^(?:has no host|not an address)$/, 'refused.host'],
  [/^(?:must begin with http:.*|http or https only)$/, 'refused.scheme'],
  [/^(?:no user or password in the URL|holds a user name or password)$/, 'refused.credentials'],
  [/^not a URL(?:: .*)?$/, 'refused.url'],
  [/^not an e-mail address$/, 'refused.mail'],
  [/^not a telephone number$/, 'refused.telephone'],
  [/^(?:nothing|not Base64) after whsec_$/, 'refused.signature'],
  [/^port (?:is not )?between 1 and 65535$/, 'refused.port'],
  [/^address (?:\S+ is )?in a special range .*$/, 'refused.range'],
  [/^same id as row (\d+)$/, 'refused.twice', same],
  [/^1 to (\d+) characters(?:, no NUL|, none of them a control)?$/, 'refused.length', same],
  [/^1 to 64 letters, digits and \._@-, the first not a mark$/, 'refused.name'],
  [/^letters, digits and - _ \. :, 1 to 64 characters(?:, neither \. nor \.\.)?(?:; not try)?$/, 'refused.id'],
  [/^required for role RECIPIENT, and only then$/, 'refused.recipient'],
  [/^is more than the caller's own$/, 'refused.role'],
  [/^in the future, at most (\d+) days ahead$/, 'refused.expiry', same],
  [/^at most (\d+) days ago and (\d+) years ahead$/, 'refused.visit', same, same],
  [/^not the present password$/, 'refused.present'],
  [/^account (.+) exists$/, 'refused.exists', same],
  [/^[a-z ]+ (\S+) exists already$/, 'refused.exists', same],
  [/^camera \S+ is paused \(enabled is false\)$/, 'refused.paused'],
  [/^camera \S+ is not probed yet$/, 'refused.notProbed'],
  [/^(?:no|the) process that probes camera .*$/, 'refused.noProber'],
  [/^this process is stopping.*$/, 'refused.stopping'],
  [/^the database does not answer, try again$/, 'refused.database'],
  [/^notification \S+ cannot be sent again: it is CANCELLED$/, 'refused.resendCancelled'],
  [/^notification \S+ cannot be sent again: its fault is there again$/, 'refused.resendAgain'],
  [/^notification \S+ cannot be sent again: its fault is over, .*$/, 'refused.resendOver'],
  [/^status: issue \S+ is (\w+) and cannot become .*$/, 'refused.step', (status) => said('issue.status', status)],
  [/^issue \S+ has (\d+) comments, .*$/, 'refused.comments', same],
  [/^the account admin stays.*$/, 'refused.admin'],
  [/^is unknown$/, 'why.unregistered'],
  [/^between (\S+) and (\S+)$/, 'refused.between', lasts, lasts],
  [/^more than (\d+)(?: policies| recipients)?$/, 'refused.most', same],
  [/^no camera is on this line$/, 'refused.noLine'],
  [/^no camera is of this vendor$/, 'refused.noVendor'],
  [/^no camera is in this district$/, 'refused.noDistrict'],
  [/^no such camera is registered$/, 'refused.noCamera'],
  [/^no camera is in all that is named$/, 'refused.noneInAll'],
  [/^no fault of these kinds is of one of these severities$/, 'refused.noSeverity'],
  [/^recipients or roles are required$/, 'refused.noAudience'],
  [/^quiet hours of every day that never end$/, 'refused.alwaysQuiet'],
  [/^(\w+) is not set up: the setting (\S+) is missing$/, 'refused.notSetUp', channels, same],
  [/^this fault would reach nobody: (\w+) of camera (\S+) .*$/, 'refused.reachesNobody', coded('kind'), same],
  [/^not a duration, such as 15m or PT15M$/, 'refused.duration'],
  [/^names nothing: .*$/, 'refused.noScope'],
  [/^is not after startsAt, .*$/, 'refused.endBefore'],
  [/^is over already$/, 'refused.over'],
  [/^at least one of MONDAY to SUNDAY$/, 'refused.noDay'],
  [/^between 1 minute and 7 days$/, 'refused.week'],
  [/^more than (\d+) days$/, 'refused.days', same],
  [/^cctvout\.security\.enabled=false: there are no accounts$/, 'refused.noSecurity'],
  [/^cctvout\.security\.max-(?:tokens|accounts): (\d+).*$/, 'refused.most', same],
];

/** Why a table, or a list that is fetched, was not taken. */
const TABLE = [
  [/^this is an old XLS file: .*$/, 'refused.oldXls'],
  [/^(?:this is a ZIP file: .*|a ZIP file, but no XLSX spreadsheet)$/, 'refused.zip'],
  [/^not a readable XLSX file: .*$/, 'refused.xlsx'],
  [/^(?:a spreadsheet|a row|an XLSX file|unpacks to) ?(?:of )?more than .*$/, 'refused.tooLarge'],
  [/^(?:the body is larger than .*|more than \d+ bytes .*)$/, 'refused.tooLarge'],
  [/^no header: the table is empty$/, 'refused.emptyTable'],
  [/^row 1 has no column for (\w+)(?: or \w+)?; .*$/, 'refused.noColumn', column],
  [/^(?:row \d+, the header: )?a quote \("\) is opened and not closed$/, 'refused.quoteOpen'],
  [/^(?:row \d+, the header: )?text after a closing quote \("\)$/, 'refused.quoteAfter'],
  [/^(\d+) cells, where the header has (\d+)$/, 'refused.cells', same, same],
  [/^cannot be read as ([^,:]+).*$/, 'refused.charset', same],
  [/^map: (.+) cannot mean two fields$/, 'refused.twoFields', same],
  [/^one table at a time$/, 'refused.oneTable'],
  [/^answered with(?:out)? .*$/, 'refused.noList'],
  [/^answered HTTP (\d+).*$/, 'refused.http', same],
  [/^host name unknown$/, 'refused.unknownHost'],
  [/^(?:connect timeout|no route to host|connection refused|connection lost)$/, 'refused.unreachable'],
  [/^TLS failed$/, 'refused.tls'],
  [/^not whole within (\d+) ms .*$/, 'refused.slow', (millis) => String(millis / 1000)],
];

/** How the monitor is allowed to send echoes. */
const HELP = [
  [/^ICMP needs Linux .*$/, 'help.linux'],
  [/^The system gives no ICMP socket \(errno (\d+)\).*$/, 'help.errno', same],
  [/^This process may not open an ICMP socket; .*$/, 'help.allow'],
];

/** What the engine itself wrote into an issue's history. */
const STEPS = [
  [/^well again$/, 'step.well'],
  [/^became (\w+)$/, 'step.became', (verdict) => said('verdict', verdict)],
  [/^still bad: (\w+)$/, 'step.stillBad', (reason) => said('reason', reason)],
  [/^no probe looked in time$/, 'step.noProbe'],
  [/^no longer checked: (\w+)$/, 'step.unchecked', (reason) => said('reason', reason)],
];

/** Placeholders as they are written. */
function places(names) {
  return names.split(', ').map((name) => `{${name}}`).join(', ');
}

function column(name) {
  return name === 'id' ? t('camera.id') : t('refused.ipOrUrl');
}

function lasts(text) {
  const found = /^PT?(\d+)([SMHD])$/.exec(text);
  if (found) {
    const [, figure, unit] = found;
    return unit === 'H' && figure % 24 === 0 ? `${figure / 24}${t('form.unit.d')}` : `${figure}${t(`form.unit.${unit.toLowerCase()}`)}`;
  }
  return text;
}

const plainly = (rules) => (sentence) => {
  for (const [form, key, ...ways] of rules) {
    const found = form.exec(sentence ?? '');
    if (found) {
      return t(key, Object.fromEntries(ways.map((way, i) => ['abc'[i], way(found[i + 1] ?? '')])));
    }
  }
  return String(sentence ?? '');
};

/** Why somebody is told, or is not; why a policy decides, or does not. */
export const why = plainly(WHY);

const GONE = [
  [/^told as one of an outage$/, 'gone.outage'],
  [/^over before it was told$/, 'gone.over'],
  [/^over before its maintenance was$/, 'gone.work'],
  [/^somebody took it up$/, 'gone.taken'],
  [/^recipient removed$/, 'gone.removed'],
  [/^open again$/, 'gone.again'],
];

/** What came of a try to tell somebody. */
const TRIES = [
  [/^left alone: it failed again and again$/, 'gone.leftAlone'],
  [/^(?:no connection|no connection within \d+ ms|mail server not reached)$/, 'refused.unreachable'],
  [/^no answer within (\d+) ms$/, 'gone.noAnswer', (millis) => String(millis / 1000)],
  [/^HTTP (\d+), and its answer says no$/, 'gone.saysNo', same],
  [/^HTTP (\d+), and its answer does not say yes$/, 'gone.saysNothing', same],
  [/^HTTP (\d+)$/, 'refused.http', same],
  [/^mail server refused the mail (\d+)$/, 'gone.mail', same],
  [/^mail server refused the sender (\d+)$/, 'gone.sender', same],
  [/^mail server refused the user name or password$/, 'gone.mailUser'],
  [/^mail server hung up$/, 'gone.hungUp'],
  [/^internal$/, 'gone.internal'],
];

const ended = plainly(GONE);
const tried = plainly([...GONE, ...TRIES, ...TABLE, ...REFUSED]);

/** Why a notice did not arrive, or was not told any more: no channel's error is why one was called off. */
export const undelivered = ({ status, lastError }) =>
  status === 'CANCELLED' && lastError && ended(lastError) === lastError ? t('gone.lastTry', { why: tried(lastError) }) : tried(lastError);

/** What the server found wrong with a value. */
export const refusal = plainly([...REFUSED, ...TABLE, ...WHY.filter(([, key]) => /why\.(disabled|unregistered|noChannel|noneSetUp)$/.test(key))]);

export const help = plainly(HELP);

export const stepText = plainly(STEPS);

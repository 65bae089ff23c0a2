/** Seconds of `PT1H30M`, `90m` or nothing. */
export function secondsOf(text) {
  const found = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$/.exec(text ?? '');
  if (found) {
    const [d, h, m, s] = found.slice(1).map((figure) => Number(figure ?? 0));
    return d * 86_400 + h * 3600 + m * 60 + s;
  }
  const short = /^(\d+)([smhd])$/.exec(text ?? '');
  return short ? Number(short[1]) * { s: 1, m: 60, h: 3600, d: 86_400 }[short[2]] : null;
}

const LOOK_MILLIS = 10_000;
const REST_MILLIS = 50_000;

/**
 * A browser has six connections to a server for all its pages. One that nobody sees lets go of its
 * own, and looks in every minute.
 *
 * @param rest called with true where it lets go, with false where it looks in or is seen again
 * @returns what ends it
 */
export function unseen(rest) {
  let rests = false;
  let timer = 0;
  const turn = (to) => {
    rests = to;
    rest(to);
    look();
  };
  const look = () => {
    clearTimeout(timer);
    if (document.hidden) {
      timer = setTimeout(() => turn(!rests), rests ? REST_MILLIS : LOOK_MILLIS);
    } else if (rests) {
      turn(false);
    }
  };
  document.addEventListener('visibilitychange', look);
  look();
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', look);
  };
}

/** At once, then at most once in so many milliseconds, never without the last. */
export function calm(millis, action) {
  let timer = null;
  let again = false;
  let last = -Infinity;
  const run = () => {
    last = performance.now();
    action();
  };
  return () => {
    if (timer !== null) {
      again = true;
      return;
    }
    const wait = last + millis - performance.now();
    if (wait <= 0) {
      run();
      return;
    }
    again = true;
    timer = setTimeout(() => {
      timer = null;
      if (again) {
        again = false;
        run();
      }
    }, wait);
  };
}

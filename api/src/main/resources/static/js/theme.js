// Before the first paint, so that a dark control room sees no white flash.
(() => {
  let kept = null;
  try {
    kept = localStorage.getItem('cctvout.theme');
  } catch {
    // storage may be closed; the system's choice holds
  }
  const light = matchMedia('(prefers-color-scheme: light)').matches;
  document.documentElement.dataset.theme = kept || (light ? 'light' : 'dark');
})();

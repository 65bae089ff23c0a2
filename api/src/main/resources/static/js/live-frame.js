// In a frame without an origin: plays the stream that stands behind the #, and tells how it goes.
(() => {
  const video = document.querySelector('video');
  const tell = (live) => parent.postMessage({ live }, '*');
  const url = decodeURIComponent(location.hash.slice(1));
  if (!/^https?:\/\//.test(url)) {
    tell('failed');
    return;
  }
  video.addEventListener('playing', () => tell('playing'));
  video.addEventListener('waiting', () => tell('waiting'));
  if (window.Hls?.isSupported()) {
    const player = new window.Hls({ enableWorker: false, liveSyncDurationCount: 2, maxBufferLength: 10, backBufferLength: 10 });
    player.on(window.Hls.Events.ERROR, (_, error) => {
      if (error.fatal) {
        player.destroy();
        tell('failed');
      }
    });
    player.loadSource(url);
    player.attachMedia(video);
  } else if (video.canPlayType('application/vnd.apple.mpegurl')) {
    video.addEventListener('error', () => tell('failed'));
    video.src = url;
  } else {
    tell('failed');
  }
})();

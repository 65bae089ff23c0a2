package cctvout.dashboard;

import com.microsoft.playwright.Page;

/** What only the page's own modules and its window can say or do. */
final class Inside {

    /** Not where the whole city is in sight. */
    private static final String AT_THE_CAMERA =
            """
            () => {
              const { longitude, zoom } = document.querySelector('city-map')?.place ?? {};
              return Math.abs(longitude - 127.39) < 1e-4 && zoom > 16;
            }""";

    private static final String LATEST_WORD =
            """
            async () => {
              const { store } = await import('/js/store.js');
              const of = (id, status, version, openedAt) => (
                { id, status, openedAt, timeline: Array.from({ length: version }, () => ({ step: 'X' })) });
              const read = (status, more, ...items) => ({ status, more, items });
              store.loadIssues([read('OPEN', false, of('old', 'OPEN', 1, '2026-01-01'), of('gone', 'OPEN', 1, '2026-03-02T12'))]);
              store.loadIssues([
                read('OPEN', true, of('a', 'OPEN', 1, '2026-03-03'), of('b', 'OPEN', 1, '2026-03-02')),
                read('IN_PROGRESS', false, of('b', 'IN_PROGRESS', 2, '2026-03-02'), of('d', 'IN_PROGRESS', 3, '2026-02-01')),
              ], [of('a', 'RESOLVED', 2, '2026-03-03'), of('c', 'OPEN', 1, '2026-03-04'), of('d', 'OPEN', 2, '2026-02-01')]);
              const open = [...store.issues.values()].map(({ id, timeline }) => `${id} ${timeline.length}`).sort();
              return `${open.join(', ')}; ${[...store.issuesCut]}`;
            }""";

    private static final String FIGURES =
            """
            async () => {
              const { clock, moment, share } = await import('/js/i18n/i18n.js');
              const now = Date.now();
              const before = now - 86_400_000;
              return `${share(49_990, 50_000)} ${share(50_000, 50_000)} ${moment(now) === clock(now)} ${moment(before) !== clock(before)}`;
            }""";

    private Inside() {}

    /** Waits until the map is where the camera at 127.39 stands. */
    static void isAtTheCamera(Page page) {
        page.waitForFunction(AT_THE_CAMERA);
    }

    /** What is read, what was known before, and what is heard meanwhile. */
    static Object latestWord(Page page) {
        return page.evaluate(LATEST_WORD);
    }

    /** Never rounded up; and a time has its day where that is not today. */
    static Object figures(Page page) {
        return page.evaluate(FIGURES);
    }

    /** Whether the page is in front, or another one before it. */
    static void seen(Page page, boolean seen) {
        page.evaluate(
                """
                (hidden) => {
                  Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
                  document.dispatchEvent(new Event('visibilitychange'));
                }""",
                !seen);
    }

    /** From now on the window knows which stream was opened last. */
    static void watchStreams(Page page) {
        page.evaluate(
                """
                () => {
                  window.EventSource = class extends EventSource {
                    constructor(url) {
                      super(url);
                      window.opened = url;
                    }
                  };
                }""");
    }
}

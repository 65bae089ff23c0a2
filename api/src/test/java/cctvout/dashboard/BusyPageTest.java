package cctvout.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The page with 50,000 cameras and a thousand changes a second: how soon it paints, how long a key
 * waits for what it does to be seen, how many frames the map has, and whether memory stays bounded.
 * Prints its figures.
 */
@Tag("load")
class BusyPageTest {

    private static final int CAMERAS = Integer.getInteger("load.cameras", 50_000);
    private static final int CHANGES_A_SECOND = Integer.getInteger("load.changes", 1000);
    private static final int SECONDS = Integer.getInteger("load.seconds", 15);
    private static final int KEYS_A_SECOND = 10;

    private static final String WATCH =
            """
            () => {
              const kept = { long: [], keys: [], pressed: 0, frames: [] };
              window.busy = kept;
              new PerformanceObserver((list) => list.getEntries().forEach((e) => kept.long.push(e.duration)))
                .observe({ type: 'longtask' });
              new PerformanceObserver((list) => list.getEntries().forEach((e) => e.name === 'keydown' && kept.keys.push([e.processingStart - e.startTime, e.duration])))
                .observe({ type: 'event', durationThreshold: 16 });
              addEventListener('keydown', () => kept.pressed++, true);
              let before = performance.now();
              const frame = () => {
                const now = performance.now();
                kept.frames.push(now - before);
                before = now;
                requestAnimationFrame(frame);
              };
              requestAnimationFrame(frame);
            }
            """;

    private static final String BEGIN =
            "() => Object.assign(window.busy, { pressed: 0 }) && ['long', 'keys', 'frames'].forEach((name) => window.busy[name].splice(0))";

    /** Of keys that were answered within 16 ms the browser tells nothing. */
    private static final String FIGURES =
            """
            () => {
              const of = (values, share) => {
                const sorted = values.toSorted((a, b) => a - b);
                return sorted.length ? Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]) : 0;
              };
              const { long, keys, pressed, frames } = window.busy;
              const fast = new Array(Math.max(0, pressed - keys.length)).fill(16);
              return {
                pressed,
                keyDelayMax: of(keys.map(([delay]) => delay), 1),
                keyShownP50: of([...fast, ...keys.map(([, shown]) => shown)], 0.5),
                keyShownP99: of([...fast, ...keys.map(([, shown]) => shown)], 0.99),
                keyShownMax: of(keys.map(([, shown]) => shown), 1),
                frames: frames.length, frameP50: of(frames, 0.5), frameP99: of(frames, 0.99), frameMax: of(frames, 1),
                longTasks: long.length, longest: of(long, 1),
                nodes: document.querySelectorAll('*').length,
              };
            }
            """;

    private static final String PAINT =
            """
            () => ({
              firstPaint: Math.round(performance.getEntriesByName('first-contentful-paint')[0]?.startTime),
              statusesRead: Math.round(performance.getEntriesByType('resource').filter((e) => e.name.includes('/api/statuses')).at(-1)?.responseEnd),
              rowsShown: Math.round(performance.now()),
            })
            """;

    @Test
    @Timeout(600)
    void staysSmooth(@TempDir Path data) throws Exception {
        assumeTrue(Browser.installed().isPresent(), "no Chromium in /usr/bin");
        try (var city = City.start(data);
                var browser = Browser.open()) {
            city.cameras(CAMERAS);
            Page page = browser.page(1440, 900, "en-GB", ColorScheme.DARK);
            page.navigate(city.url() + "/cameras");
            Browser.signIn(page, "admin", City.PASSWORD);
            shown(page);
            for (int i = 0; i < 3; i++) {
                page.reload();
                shown(page);
                paint(page);
            }
            page.evaluate(WATCH);
            CDPSession inspector = page.context().newCDPSession(page);
            double heap = heapMb(inspector);
            System.out.printf("heap after a collection: %.1f MB%n", heap);
            try (var changes = new Changes(city, CAMERAS, CHANGES_A_SECOND)) {
                changes.start();
                busy(page, changes, "/cameras", List.of("ArrowDown", "PageDown", "End", "Home"));
                busy(page, changes, "/cameras?q=7", List.of("ArrowDown", "ArrowUp"));
                busy(page, changes, "/map", List.of("ArrowLeft", "ArrowRight"));
                busy(page, changes, "/wall", List.of("Tab"));
            }
            double after = heapMb(inspector);
            System.out.printf("heap after a collection: %.1f MB%n", after);
            assertThat(after).isLessThan(heap * 1.5 + 20);
        }
    }

    private static void shown(Page page) {
        page.locator(".row:visible")
                .first()
                .waitFor(new Locator.WaitForOptions().setTimeout(180_000));
    }

    private static void paint(Page page) {
        Map<?, ?> paint = (Map<?, ?>) page.evaluate(PAINT);
        System.out.println("ms: " + paint);
        assertThat(number(paint, "firstPaint")).isLessThan(2000);
    }

    private static void busy(Page page, Changes changes, String path, List<String> keys) {
        Browser.go(page, path);
        page.waitForTimeout(1000);
        String place = path.startsWith("/map") ? ".map-canvas" : ".rows";
        if (page.locator(place).count() > 0) {
            page.locator(place).focus();
        }
        page.evaluate(BEGIN);
        long told = changes.told();
        long begun = System.nanoTime();
        int pressed = 0;
        while (System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(SECONDS)) {
            page.keyboard().press(keys.get(pressed++ % keys.size()));
            long due = begun + TimeUnit.SECONDS.toNanos(1) / KEYS_A_SECOND * pressed;
            page.waitForTimeout(
                    Math.max(1, TimeUnit.NANOSECONDS.toMillis(due - System.nanoTime())));
        }
        double rate = (changes.told() - told) / ((System.nanoTime() - begun) / 1e9);
        Map<?, ?> figures = (Map<?, ?>) page.evaluate(FIGURES);
        System.out.printf("%s at %.0f changes/s, %d keys: %s%n", path, rate, pressed, figures);
        assertThat(number(figures, "pressed")).as("keys that arrived").isEqualTo(pressed);
        assertThat(number(figures, "nodes")).isLessThan(5000);
    }

    private static double heapMb(CDPSession inspector) {
        inspector.send("HeapProfiler.collectGarbage");
        JsonObject usage = inspector.send("Runtime.getHeapUsage");
        return usage.get("usedSize").getAsDouble() / 1e6;
    }

    private static double number(Map<?, ?> figures, String name) {
        return figures.get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
    }
}

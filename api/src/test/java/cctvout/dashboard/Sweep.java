package cctvout.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;

import java.util.LinkedHashMap;
import java.util.List;

/** What is wrong with a page whoever looks at it, whatever it shows. */
final class Sweep {

    /** An address, and the element that shows it. */
    private record Place(String path, String shown) {}

    private static final List<Place> PLACES =
            List.of(
                    new Place("/wall", "wall-page"),
                    new Place("/map", "map-page"),
                    new Place("/cameras", "cameras-page .row"),
                    new Place("/cameras?edit=new", "record-form .drawer"),
                    new Place("/cameras/c-01", "camera-page .facts dd"),
                    new Place("/issues", "issues-page"),
                    new Place("/outages", "outages-page"),
                    new Place("/notifications", "notifications-page"),
                    new Place("/recipients?edit=new", "record-form .drawer"),
                    new Place("/policies?edit=new", "record-form .drawer"),
                    new Place("/maintenance?edit=new", "record-form .drawer"),
                    new Place("/templates", "templates-page blockquote"),
                    new Place("/reports", "reports-page .table"),
                    new Place("/import", "import-page"),
                    new Place("/access?edit=new", "record-form .drawer"),
                    new Place("/users?edit=new", "record-form .drawer"),
                    new Place("/audit", "audit-page .table"),
                    new Place("/nowhere", "main > .message"));

    private static final int THUMB_PIXELS = 40;

    private static final String DEFECTS =
            """
            async (thumb) => {
              const found = [];
              const words = (await import('/js/i18n/en.js')).default;
              const prefixes = [...new Set(Object.keys(words).map((key) => key.split('.')[0]))];
              const key = new RegExp('(^|\\\\s)(' + prefixes.join('|') + ')\\\\.[A-Za-z][\\\\w.]*');
              const code = /\\b[A-Z]{2,}_[A-Z_]{2,}\\b/;
              const seen = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0;
              const like = (e) => `<${e.localName} class="${e.className?.baseVal ?? e.className}">${e.textContent.trim().slice(0, 30)}`;
              if (document.documentElement.scrollWidth > innerWidth) {
                const wide = [...document.querySelectorAll('main *')].filter((e) => seen(e) && e.getBoundingClientRect().right > innerWidth + 1);
                found.push(`wider than the screen: ${document.documentElement.scrollWidth} > ${innerWidth}, ${wide.slice(-3).map(like).join(', ')}`);
              }
              const named = (e) => [e.ariaLabel, e.title, e.textContent, ...[...(e.labels ?? [])].map((label) => label.textContent),
                document.getElementById(e.getAttribute('aria-labelledby'))?.textContent].some((text) => text?.trim());
              const asked = 'a[href], button, input:not([type=hidden]), select, textarea, summary, iframe, [tabindex="0"], [role=button], [role=img]';
              for (const e of document.querySelectorAll(asked)) {
                if (!seen(e) || e.closest('.unseen')) {
                  continue;
                }
                const label = e.matches('select, option') ? null : named(e);
                if (label === false || (e.matches('select') && !e.ariaLabel && !e.labels.length)) {
                  found.push(`nameless: ${like(e)}`);
                }
                const box = (e.matches('[type=checkbox], [type=radio]') ? e.closest('label') ?? e : e).getBoundingClientRect();
                const inText = e.matches('a') && getComputedStyle(e).display === 'inline';
                const small = Math.min(box.width, box.height) < thumb - 0.5 && !e.closest('.search') && !e.matches('iframe, [tabindex="0"]');
                if (thumb && small && !inText && !e.matches('.skip')) {
                  found.push(`small for a thumb: ${Math.round(box.width)} x ${Math.round(box.height)} ${like(e)}`);
                }
              }
              const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
              for (let node = walk.nextNode(); node; node = walk.nextNode()) {
                const said = node.nodeType === Node.TEXT_NODE ? [node.data] : ['aria-label', 'title', 'placeholder'].map((name) => node.getAttribute(name));
                const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
                for (const text of said.filter(Boolean)) {
                  if ((key.test(text) || code.test(text)) && !element.closest('.mono, script, style, datalist')) {
                    found.push(`no words for it: ${text.trim().slice(0, 60)}`);
                  }
                }
              }
              const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
              ids.filter((id, i) => ids.indexOf(id) !== i).forEach((id) => found.push(`twice the id ${id}`));
              document.querySelectorAll('h1').length === 1 || found.push(`${document.querySelectorAll('h1').length} main headings`);
              return [...new Set(found)];
            }""";

    private Sweep() {}

    /** Every page in turn, without a new document, so that all of them take a moment. */
    static void allPages(Page page, boolean phone) {
        var all = new LinkedHashMap<String, List<String>>();
        for (Place place : PLACES) {
            Browser.go(page, place.path);
            assertThat(page.locator(place.shown).first()).isVisible();
            List<String> found = defects(page, phone);
            if (!found.isEmpty()) {
                all.put(place.path, found);
            }
        }
        assertThat(all).isEmpty();
    }

    /**
     * Overflow, nameless controls, keys and codes for words; on a phone targets that are too small.
     */
    @SuppressWarnings("unchecked")
    static List<String> defects(Page page, boolean phone) {
        return (List<String>) page.evaluate(DEFECTS, phone ? THUMB_PIXELS : 0);
    }
}

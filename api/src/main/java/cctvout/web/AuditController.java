package cctvout.web;

import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;
import cctvout.security.AuditEntry;
import cctvout.security.AuditLog;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import reactor.core.publisher.Mono;

import java.util.List;

/** Who changed what. */
@RestController
@ConditionalOnRole(Role.API)
class AuditController {

    private final AuditLog audit;

    AuditController(AuditLog audit) {
        this.audit = audit;
    }

    /**
     * A page.
     *
     * @param next cursor of the next page, null at the last
     */
    record Page(List<AuditEntry> items, @Nullable Long next) {}

    /**
     * Newest first.
     *
     * @param account of one user alone
     * @param path what the path holds, such as {@code /api/users}
     */
    @GetMapping("/api/audit")
    Mono<Page> list(
            @RequestParam(required = false) @Nullable String account,
            @RequestParam(required = false) @Nullable String path,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable Long cursor) {
        int most = Paging.limit(limit);
        return audit.list(cursor, account, path, most + 1).map(found -> page(found, most));
    }

    private static Page page(List<AuditEntry> found, int most) {
        if (found.size() <= most) {
            return new Page(found, null);
        }
        List<AuditEntry> shown = List.copyOf(found.subList(0, most));
        return new Page(shown, shown.getLast().seq());
    }
}

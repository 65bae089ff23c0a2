package cctvout.its;

import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import reactor.core.publisher.Mono;

import java.util.List;

/** Lists of cameras that are fetched again and again, and how that goes. */
@RestController
@ConditionalOnRole(Role.API)
class SourcesController {

    private final ObjectProvider<ItsRecords> records;

    SourcesController(ObjectProvider<ItsRecords> records) {
        this.records = records;
    }

    /**
     * All of them.
     *
     * @param next null: there is no other page
     */
    record Sources(List<ItsStatus> items, @Nullable String next) {}

    /** Empty where none is set up. */
    @GetMapping("/api/sources")
    Mono<Sources> list() {
        return Mono.justOrEmpty(records.getIfAvailable())
                .flatMap(ItsRecords::status)
                .map(status -> new Sources(List.of(status), null))
                .defaultIfEmpty(new Sources(List.of(), null));
    }
}

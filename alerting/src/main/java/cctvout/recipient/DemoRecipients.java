package cctvout.recipient;

import cctvout.simulator.DemoCity;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;

import java.util.ArrayList;
import java.util.List;

/**
 * Who is told in the demo's city: two line operators, its vendors, a stream operator and the
 * control room, by inbox.
 */
@Component
@Profile("demo")
final class DemoRecipients implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DemoRecipients.class);

    private final Recipients recipients;
    private Disposable seeding = Disposables.disposed();

    DemoRecipients(Recipients recipients) {
        this.recipients = recipients;
    }

    /** Where there are recipients already, they stay as they are. */
    @Override
    public void start() {
        seeding =
                recipients
                        .all()
                        .filter(List::isEmpty)
                        .flatMapMany(_ -> Flux.fromIterable(city()))
                        .concatMap(recipients::create)
                        .subscribe(
                                _ -> {},
                                error ->
                                        log.warn(
                                                "The demo's recipients were not registered",
                                                error));
    }

    static List<Recipient> city() {
        List<String> lines = DemoCity.lines();
        int half = lines.size() / 2;
        List<Recipient> all = new ArrayList<>();
        all.add(
                recipient(
                        "line-garam",
                        "가람통신 회선운용팀",
                        RecipientRole.LINE_OPERATOR,
                        lines.subList(0, half),
                        List.of()));
        all.add(
                recipient(
                        "line-nuri",
                        "누리텔레콤 회선운용팀",
                        RecipientRole.LINE_OPERATOR,
                        lines.subList(half, lines.size()),
                        List.of()));
        for (String vendor : DemoCity.vendors()) {
            String id = "vendor-" + (all.size() - 1);
            all.add(
                    recipient(
                            id,
                            vendor + " 유지보수팀",
                            RecipientRole.CAMERA_VENDOR,
                            List.of(),
                            List.of(vendor)));
        }
        all.add(
                recipient(
                        "stream",
                        "영상 서버 운용팀",
                        RecipientRole.STREAM_OPERATOR,
                        List.of(),
                        List.of()));
        all.add(
                recipient(
                        "control",
                        DemoCity.NAME + " 관제실",
                        RecipientRole.CONTROL_ROOM,
                        List.of(),
                        List.of()));
        return all;
    }

    private static Recipient recipient(
            String id, String name, RecipientRole role, List<String> lines, List<String> vendors) {
        return new Recipient(
                id,
                name,
                role,
                Language.KO,
                lines,
                vendors,
                List.of(),
                List.of(new RecipientChannel.Inbox()),
                true,
                0);
    }

    @Override
    public void stop() {
        seeding.dispose();
    }

    @Override
    public boolean isRunning() {
        return !seeding.isDisposed();
    }

    /** Before the first camera is probed. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 200;
    }
}

package cctvout.kill;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Kills the process from outside and starts it again, and keeps what it was sending then. */
final class Killer {

    private final Stage stage;
    private final List<Collection<String>> inDoubt = new ArrayList<>();

    Killer(Stage stage) {
        this.stage = stage;
    }

    /** At this step, which {@code cause} leads to. */
    void kill(Step step, Runnable cause) {
        if (step == Step.SENT) {
            CountDownLatch came = stage.holdAnswers();
            cause.run();
            Stage.await(came, "notice");
        } else {
            stage.victim.arm(step);
            cause.run();
            stage.victim.awaitStep(step);
        }
        killNow();
    }

    void killNow() {
        inDoubt.add(stage.kill());
        stage.victim.start();
    }

    /** For each kill, the notices that were taken and not marked. */
    List<Collection<String>> inDoubt() {
        return List.copyOf(inDoubt);
    }
}

package cctvout.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cctvout.problem.ProblemException;

import org.junit.jupiter.api.Test;

class VersionsTest {

    @Test
    void readsWhatItWrites() {
        assertThat(Versions.demanded(Versions.tag(7))).hasValue(7);
    }

    @Test
    void demandsNothingWithoutATagOrWithAStar() {
        assertThat(Versions.demanded(null)).isEmpty();
        assertThat(Versions.demanded(" * ")).isEmpty();
    }

    @Test
    void aWeakOrForeignTagNeverMatches() {
        for (String tag : new String[] {"W/\"7\"", "7", "\"x\"", ""}) {
            assertThatThrownBy(() -> Versions.demanded(tag))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            problem -> assertThat(problem.status().value()).isEqualTo(412));
        }
    }
}

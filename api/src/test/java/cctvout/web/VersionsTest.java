package cctvout.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cctvout.problem.ProblemException;
import cctvout.record.Violation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionsTest {

    @Test
    void readsWhatItWrites() {
        assertThat(Versions.demanded(Versions.tag(7)).of(3)).hasValue(7);
    }

    @Test
    void demandsNothingWithoutATagOrWithAStar() {
        assertThat(Versions.demanded(null).any()).isTrue();
        assertThat(Versions.demanded(" * ").any()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"6\", \"7\"",
                "\"7\",\"6\"",
                ",\"7\" ,, W/\"8\",",
                "\"x,\\\"\t,\t\"7\"",
                "W/\"7\", \"7\"",
            })
    void ofSeveralTagsAnyMayMatch(String list) {
        assertThat(Versions.demanded(list).of(7)).hasValue(7);
        assertThat(Versions.demanded(list).of(8).orElseThrow()).isNotEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"W/\"7\"", "\"x\"", "\"\"", "\"07\"", "\"7a\", W/\"7\"", "\"*\""})
    void aWeakOrForeignTagNeverMatches(String tag) {
        assertThat(refused(tag).status().value()).isEqualTo(412);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                " , ",
                "7",
                "\"7",
                "7\"",
                "w/\"7\"",
                "W/7",
                "W/ \"7\"",
                "\"7\" \"8\"",
                "\"7\", 8",
                "*, \"7\"",
                "\"7\", *",
                "**",
                "\"7 8\"",
                "\"7\";",
            })
    void whatIsNoListOfTagsIsNamed(String field) {
        ProblemException refused = refused(field);
        assertThat(refused.status().value()).isEqualTo(400);
        assertThat(refused.errors()).extracting(Violation::field).containsExactly("If-Match");
    }

    private static ProblemException refused(String ifMatch) {
        return catchThrowableOfType(ProblemException.class, () -> Versions.demanded(ifMatch));
    }
}

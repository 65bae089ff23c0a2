package cctvout.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

class ArchitectureTest {

    private static final String ROOT = "cctvout";
    private static final String BROKEN = "broken";

    private static JavaClasses main;
    private static JavaClasses tests;
    private static JavaClasses broken;

    @BeforeAll
    static void read() {
        main =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages(ROOT);
        tests = new ClassFileImporter().importPaths(testClasses());
        broken = new ClassFileImporter().importPackages(BROKEN);
    }

    /** Of every module that has been built beside this one. */
    private static List<Path> testClasses() {
        return Stream.of("probe-engine", "alerting", "api")
                .map(module -> Path.of("..", module, "target", "test-classes", ROOT))
                .filter(Files::isDirectory)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"probe-engine", "alerting", "api"})
    void seesEveryModule(String module) {
        assertThat(main.stream().filter(type -> Rules.isIn(module, type)).count()).isPositive();
    }

    @Test
    void packagesAreFreeOfCycles() {
        Rules.packagesAreFreeOfCycles(ROOT).check(main);
        failsOnBroken(Rules.packagesAreFreeOfCycles(BROKEN + ".cycle"), "Cycle detected");
    }

    @Test
    void modulesDependDownTheFlowOnly() {
        Rules.moduleKnowsNothingOf("probe-engine", "alerting", "api").check(main);
        Rules.moduleKnowsNothingOf("alerting", "api").check(main);
        // the other way round there is plenty: the rule sees it
        assertThatThrownBy(() -> Rules.moduleKnowsNothingOf("api", "probe-engine").check(main))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void theCoreIsPure() {
        Rules.coreIsPure(ROOT).check(main);
        failsOnBroken(Rules.coreIsPure(BROKEN), "ReactiveRecord");
        failsOnBroken(Rules.coreIsPure(BROKEN), "TimedRule");
        failsOnBroken(Rules.coreIsPure(BROKEN), "SpringSealed");
    }

    @Test
    void nothingBlocks() {
        Rules.nothingBlocks(ROOT).check(main);
        Rules.nothingBlocks(ROOT).check(tests);
        failsOnBroken(Rules.nothingBlocks(BROKEN), "Mono.block()");
        failsOnBroken(Rules.nothingBlocks(BROKEN), "Flux.toIterable()");
        failsOnBroken(Rules.nothingBlocks(BROKEN), "Thread.sleep(long)");
    }

    @Test
    void namesSayWhatThingsAre() {
        Rules.namesSayWhatThingsAre(ROOT).check(main);
        Rules.namesSayWhatThingsAre(ROOT).check(tests);
        failsOnBroken(Rules.namesSayWhatThingsAre(BROKEN), "CameraImpl");
    }

    private static void failsOnBroken(ArchRule rule, String about) {
        assertThatThrownBy(() -> rule.check(broken))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(about);
    }
}
